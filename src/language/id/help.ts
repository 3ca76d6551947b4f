import { accountChannels, approvalChannels, channelNames } from "../../channels/registry.js";
import { placeholders } from "./placeholders.js";

/** Messages of `--help`, by command. Examples are written without the leading `kominfo`. */
export const help = {
  description: "Dari kegiatan di kecamatan sampai berita di ruang redaksi kabupaten.",
  titles: {
    "Usage:": "Cara pakai:",
    "Arguments:": "Argumen:",
    "Options:": "Pilihan:",
    "Global Options:": "Pilihan umum:",
    "Commands:": "Perintah:",
    "Examples:": "Contoh:",
  } as Record<string, string>,
  placeholders,
  flags: {
    version: "tampilkan versi",
    help: "tampilkan bantuan",
    workspace: "bekerja seakan-akan dimulai di folder itu",
    json: "hasilnya satu dokumen JSON, tanpa pertanyaan",
    input: "jangan bertanya; yang kurang menjadi kesalahan",
    lang: "bahasa pesan",
    color: "tanpa warna",
    quiet: "diam bila berhasil",
    verbose: "lebih rinci: setiap permintaan ke server",
  },
  groups: {
    config: "pengaturan ruang kerja",
    template: "templat naskah",
    post: "naskah: buat, periksa, kirim, ikuti",
    photo: "foto kegiatan",
    auth: "akun dan brankasnya",
    newsroom: "menjalankan ruang redaksi",
    user: "orang-orang di ruang redaksi",
    review: "meninjau naskah (untuk editor)",
  },
  verbs: {
    setup: {
      summary: "siapkan laptop baru, dari awal sampai naskah pertama",
      examples: ["setup", "setup -C berita"],
    },
    init: {
      summary: "buat ruang kerja untuk satu kecamatan",
      kecamatan: "kode Kemendagri atau nama kecamatan",
      newsroom: "alamat ruang redaksi",
      examples: [
        "init --kecamatan Cibitung",
        "init berita --kecamatan 32.16.07 --newsroom https://redaksi.example.go.id",
      ],
    },
    doctor: { summary: "periksa apa yang siap dan apa yang belum", examples: ["doctor", "doctor --json"] },
    configShow: { summary: "tampilkan pengaturan ruang kerja", examples: ["config show"] },
    configGet: {
      summary: "tampilkan satu pengaturan: newsroom, kecamatan, credit, lang",
      examples: ["config get newsroom"],
    },
    configSet: {
      summary: "ubah satu pengaturan: newsroom, kecamatan, credit, lang",
      examples: [
        "config set newsroom https://redaksi.example.go.id",
        "config set kecamatan Muara Gembong",
        'config set credit "Foto: Kecamatan Cibitung"',
        "config set lang en",
      ],
    },
    templateList: { summary: "daftar templat", examples: ["template list"] },
    templateShow: {
      summary: "pertanyaan dan isi satu templat",
      examples: ["template show berita-kegiatan"],
    },
    postNew: {
      summary: "buat naskah baru dari templat",
      title: "judul",
      set: "jawaban satu pertanyaan; boleh berulang",
      from: "berkas jawaban (YAML atau JSON); - untuk masukan standar",
      photo: "foto yang disertakan; boleh berulang",
      again: "buat juga bila naskah dengan hari dan judul itu sudah ada",
      copy: "salin naskah lain, dengan foto-fotonya, menjadi naskah baru",
      edit: "buka isi naskah di penyunting setelah dibuat",
      examples: [
        "post new",
        'post new berita-kegiatan --title "Camat Cibitung Buka Musrenbang" --photo foto/',
        "post new pengumuman --from jawaban.yaml",
        "post new berita-kegiatan --set kutipan.0.nama=… --set kutipan.0.isi=…",
      ],
    },
    postList: { summary: "daftar naskah", state: "hanya yang berstatus ini", examples: ["post list"] },
    postShow: { summary: "tampilkan satu naskah", examples: ["post show musrenbang"] },
    postAttach: {
      summary: "tambahkan foto ke naskah",
      caption: "keterangan foto",
      alt: "isi foto bagi pembaca tunanetra",
      credit: "kredit foto",
      examples: [
        'post attach musrenbang IMG_0001.jpg --caption "Camat membuka Musrenbang" --alt "Camat berdiri di podium" --credit "Foto: Kecamatan Cibitung"',
      ],
    },
    postPhotos: {
      summary: "ubah foto naskah: keterangan, urutan, titik fokus, keluarkan",
      photo: "foto yang diubah: nomornya di daftar, atau namanya",
      moveTo: "jadikan foto ke berapa",
      focus: "bagian yang tidak boleh terpotong: atas, tengah, kiri-atas …, 30%,40%, atau otomatis",
      children: "anak di foto: belum-diperiksa, tidak-ada, ada-berizin, ada-disamarkan, ada-tak-dikenali",
      lead: "jadikan foto utama",
      remove: "keluarkan dari naskah; berkasnya tetap ada",
      examples: [
        "post photos musrenbang",
        'post photos musrenbang --photo 2 --caption "Warga mengisi daftar hadir" --move-to 1',
        "post photos musrenbang --photo IMG_0002.jpg --remove",
      ],
    },
    postDelete: {
      summary: "pindahkan draf ke sampah ruang kerja, atau kembalikan dari sana",
      restore: "kembalikan naskah dari sampah",
      yes: "jangan bertanya",
      examples: ["post delete musrenbang", "post delete musrenbang --restore"],
    },
    postEdit: {
      summary: "ubah jawaban dan isi naskah",
      examples: ["post edit musrenbang"],
    },
    postCheck: { summary: "apakah naskah siap dikirim?", examples: ["post check musrenbang"] },
    postPreview: {
      summary: "lihat naskah seperti pembaca melihatnya di tiap kanal",
      out: "berkas HTML yang ditulis; bawaannya pratinjau.html di folder naskah",
      open: "buka langsung di peramban",
      revision: "revisi di ruang redaksi, bukan naskah di komputer ini",
      whatsapp: "buat juga teks dan kartu gambar untuk minta persetujuan lewat WhatsApp",
      examples: ["post preview musrenbang --open", "post preview musrenbang --whatsapp"],
    },
    postSubmit: {
      summary: "kirim naskah ke ruang redaksi, juga perbaikannya",
      dryRun: "tunjukkan apa yang akan dikirim, tanpa mengirim",
      message: "pesan singkat untuk editor",
      examples: ["post submit musrenbang", 'post submit musrenbang --message "Kutipan sudah dilengkapi"'],
    },
    postStatus: {
      summary: "status, catatan editor, dan langkah berikutnya",
      examples: [
        "post status",
        "post status musrenbang --json",
        "post status 019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11",
      ],
    },
    postPull: {
      summary: "ambil revisi dari ruang redaksi; di laptop baru, dengan nomor naskahnya",
      dryRun: "perlihatkan bedanya saja, tidak menulis apa pun",
      examples: ["post pull musrenbang", "post pull 019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11"],
    },
    postWithdraw: {
      summary: "batalkan naskah yang dikirim; setelah disetujui, minta kepada editor",
      reason: "alasannya",
      examples: ['post withdraw musrenbang --reason "Kegiatan ditunda"'],
    },
    postPublish: {
      summary: "terbitkan naskah yang sudah disetujui di akun-akun komputer ini",
      to: "hanya kanal ini, misalnya web,x; bawaannya semua yang disetujui",
      account: "akun yang dipakai bila ada beberapa, misalnya instagram=humas",
      at: "jadwalkan; dikirim pada waktunya oleh kominfo publisher",
      link: "sertakan tautan berita di X (lebih mahal)",
      maxCost: "biaya paling banyak, dalam dolar AS",
      again: "kirim walau kanal ini sudah punya tautan tercatat",
      dryRun: "tampilkan apa yang akan dikirim ke mana, panjang, ukuran dan biayanya",
      yes: "jangan bertanya",
      examples: [
        "post publish musrenbang --dry-run",
        "post publish musrenbang --to web,instagram",
        'post publish musrenbang --at "30 November 2026 07.00 WIB"',
      ],
    },
    postUnpublish: {
      summary: "turunkan naskah yang sudah terbit, segera",
      from: "hanya dari kanal ini, misalnya web,x; bawaannya semua",
      reason: "alasan, diawali data-pribadi, anak, keliru, atau akun-diretas",
      maxCost: "biaya paling banyak, dalam dolar AS; X menagih penghapusan",
      dryRun: "tampilkan apa yang akan diturunkan, bagaimana, dan biayanya",
      yes: "jangan bertanya",
      examples: [
        'post unpublish musrenbang --reason "anak: orang tuanya meminta"',
        "post unpublish musrenbang --from web --reason keliru --dry-run",
      ],
    },
    postRecord: {
      summary: "catat bahwa naskah sudah tayang; dihitung dalam laporan",
      url: "alamat tayangannya",
      channel: `${alternatives(channelNames)}; hanya perlu bila tidak terlihat dari alamatnya`,
      examples: [
        "post record musrenbang --url https://www.instagram.com/p/Cx1…/",
        "post record musrenbang --url https://cibitung.example.go.id/musrenbang --channel web",
      ],
    },
    publisher: {
      summary: "terbitkan yang dijadwalkan pada waktunya, dari komputer kantor",
      once: "satu putaran saja, misalnya dari penjadwal",
      examples: ["publisher", "publisher --once --json"],
    },
    photoResize: {
      summary: "siapkan foto untuk setiap kanal",
      preset:
        "ukuran, dipisah koma tanpa spasi: web, web-small, instagram, instagram-square, instagram-story, facebook, x",
      out: "folder hasil",
      quality: "mutu JPEG, 1 sampai 100 (bawaan 80)",
      effort: "small: berkas seperlima lebih kecil, tetapi lebih lama",
      position:
        "bagian yang dipertahankan saat dipotong: menarik (bawaan), ramai, tengah, atas, bawah, kiri, kanan, kiri-atas, …",
      watermark: "logo yang dibubuhkan, sebaiknya PNG transparan",
      noWatermark: "tanpa logo, apa pun isi kominfo.yaml",
      watermarkCorner: "letak logo: kanan-bawah (bawaan), kiri-bawah, kanan-atas, kiri-atas",
      watermarkOpacity: "kepekatan logo (bawaan 80)",
      watermarkWidth: "bagian dari lebar gambar (bawaan 18, paling besar 40)",
      keepDate: "sertakan tanggal pengambilan di hasilnya",
      sheet: "buat juga lembar kontak: setiap foto di samping hasilnya",
      jobs: "berapa foto sekaligus (bawaan 3)",
      rehash: "baca ulang semua foto, juga yang tampak tidak berubah",
      recursive: "ikutkan juga isi subfolder",
      dryRun: "tunjukkan apa yang akan dibuat",
      examples: [
        "photo resize foto/ --preset web,instagram",
        'photo resize "foto/*.jpg" kiriman.zip --out siap --sheet siap/lembar.html',
      ],
    },
    photoInspect: {
      summary: "lihat apa yang dibocorkan foto: lokasi, nomor seri, nama pemilik",
      sheet: "buat juga lembar kontak",
      examples: ["photo inspect foto/", "photo inspect IMG_0001.HEIC --json"],
    },
    photoBlur: {
      summary: "samarkan bagian foto, misalnya wajah anak, dalam semua yang dikirim",
      box: "bagian yang disamarkan: kiri,atas,lebar,tinggi dalam piksel atau persen; boleh berulang",
      clear: "hapus dulu samaran yang ada",
      out: "tulis hasilnya ke berkas ini",
      examples: [
        "photo blur posts/2026-11-22-musrenbang/foto/IMG_0001.jpg --box 40%,10%,15%,20%",
        "photo blur IMG_0001.jpg --box 800,150,300,300 --box 1500,180,280,290 --out IMG_0001-samar.jpg",
      ],
    },
    photoWhere: {
      summary: "lihat di mana foto masih tayang, di semua naskah",
      examples: [
        "photo where musrenbang",
        "photo where ~/Foto/IMG_0412.jpg",
        "photo where musrenbang --json",
      ],
    },
    photoUpload: {
      summary: "kirim foto kegiatan ke ruang redaksi, berapa pun banyaknya",
      event: "nama kegiatan; fotonya masuk album kecamatan",
      post: "naskah yang memakai foto ini",
      captions: "daftar keterangan: kolom berkas, keterangan, alt, kredit",
      watch: "pantau folder; setiap foto yang sudah utuh langsung dikirim",
      jobs: "berapa foto sekaligus, 1 sampai 8 (bawaan 4)",
      limitRate: "batas kecepatan mengirim, misalnya 500k atau 2M per detik",
      yes: "jangan tanyakan kuota",
      progress: "json: kemajuan sebagai baris JSON di stderr",
      dryRun: "tunjukkan apa yang akan dikirim, tanpa mengirim",
      examples: [
        'photo upload foto/ --event "Musrenbang Cibitung 2026"',
        'photo upload "D:\\DCIM\\*.JPG" --event hut-ri --captions takarir.csv --limit-rate 500k',
        "photo upload foto/ --post musrenbang",
        "photo upload - --event hut-ri --json < daftar.txt",
        "photo upload --watch /media/kartu/DCIM --event hut-ri",
      ],
    },
    desk: {
      summary: "buat tautan masuk ke Siap terbit untuk ponsel Anda",
      examples: ["desk", "desk --json"],
    },
    sync: {
      summary: "selesaikan semua yang terputus: foto dan naskah yang belum terkirim",
      forget: "jangan kirim lagi foto yang menunggu untuk album atau naskah ini",
      examples: ["sync", "sync --json --no-input", "sync --forget rapat-koordinasi"],
    },
    authLogin: {
      summary: `masuk ke ruang redaksi (newsroom), atau ke ${accountChannels.join(", ")}`,
      url: "alamatnya, bila bukan yang tertulis di kominfo.yaml",
      account: "nama akun, bila lebih dari satu",
      withToken: "baca token dari masukan standar, atau satu objek JSON bila isiannya beberapa",
      examples: [
        "auth login newsroom",
        "auth login newsroom --with-token < token.txt",
        "auth login web --url https://kecamatan.example.go.id",
        "auth login facebook --with-token < facebook.json",
      ],
    },
    authStatus: {
      summary: "akun yang tersimpan di komputer ini",
      check: "tanyakan ke layanannya apakah masih berlaku (X memungut US$0,010)",
      examples: ["auth status", "auth status --check --json"],
    },
    authLogout: {
      summary: "hapus akun dari komputer ini; login ruang redaksi juga dicabut di sana",
      account: "nama akun bila lebih dari satu, atau alamat situsnya bila namanya sama",
      keepToken: "jangan cabut tokennya di ruang redaksi, misalnya karena laptop baru memakainya",
      examples: ["auth logout newsroom", "auth logout newsroom --keep-token"],
    },
    authStore: {
      summary: "simpan kunci brankas di penyimpanan sandi sistem, atau buka dengan frasa sandi",
      examples: ["auth store keychain", "auth store passphrase"],
    },
    authPassphrase: {
      summary: "ganti frasa sandi brankas",
      examples: ["auth passphrase"],
    },
    authUnlock: {
      summary: "buka brankas untuk sementara: frasa sandinya ditanyakan sekali saja",
      for: "selama apa (bawaan 8h; 1m sampai 7d)",
      examples: ["auth unlock", "auth unlock --for 30m"],
    },
    authLock: {
      summary: "tutup lagi brankas yang dibuka auth unlock",
      examples: ["auth lock"],
    },
    authExport: {
      summary: "bawa akun ke laptop baru, dalam satu berkas terkunci",
      handover: "untuk penerus Anda: hanya akun kantor; login Anda sendiri dicabut, dan yang lain didaftar",
      examples: ["auth export pindah.age", "auth export serah-terima.age --handover"],
    },
    authImport: {
      summary: "simpan akun dari berkas terkunci, lalu periksa satu per satu",
      replace: "ganti juga login lain yang sudah ada di laptop ini",
      dryRun: "tunjukkan isinya saja, tanpa menyimpan",
      examples: ["auth import pindah.age --dry-run", "auth import pindah.age"],
    },
    newsroomServe: {
      summary: "jalankan ruang redaksi di komputer ini",
      host: "alamat yang didengarkan (bawaan 127.0.0.1)",
      port: "port (bawaan 4600; 0 memilih yang bebas)",
      data: "folder data",
      database: "basis data PostgreSQL; bawaan SQLite di folder data",
      blobs: "tempat foto, penyimpanan S3; bawaan folder data",
      tlsCert: "sertifikat TLS dengan rantainya (PEM); diperbarui tanpa mulai ulang",
      tlsKey: "kunci sertifikat itu (PEM)",
      secretsKey: "kunci autentikator (bawaan secrets.key di folder data)",
      behindProxy: "TLS dilayani proxy di komputer ini, misalnya nginx",
      publicUrl: "alamat yang dibuka orang; awal setiap tautan (atau KOMINFO_PUBLIC_URL)",
      allowOrigin: "alamat lain yang halamannya boleh memakai API (atau KOMINFO_ALLOW_ORIGIN)",
      examples: [
        "newsroom serve",
        "newsroom serve --port 0 --data ./redaksi --json",
        "newsroom serve --host 0.0.0.0 --port 443 --tls-cert fullchain.pem --tls-key privkey.pem",
        "newsroom serve --behind-proxy --public-url https://redaksi.example.go.id",
      ],
    },
    newsroomInit: {
      summary: "siapkan folder data untuk ruang redaksi baru",
      examples: ["newsroom init", "newsroom init --data ./redaksi"],
    },
    newsroomBackup: {
      summary: "cadangkan ruang redaksi, juga selagi berjalan",
      examples: ["newsroom backup ./cadangan", "newsroom backup ./cadangan --data ./redaksi"],
    },
    newsroomRestore: {
      summary: "pulihkan cadangan ke tempat yang masih kosong",
      examples: ["newsroom restore ./cadangan --data ./redaksi"],
    },
    newsroomMove: {
      summary: "pindahkan ruang redaksi ke PostgreSQL dan S3",
      to: "basis data tujuan",
      dryRun: "hanya tampilkan apa yang akan dipindahkan",
      examples: [
        "newsroom move --to postgres://kominfo@localhost/redaksi --dry-run",
        'newsroom move --to postgres://kominfo@localhost/redaksi --blobs "s3://redaksi?endpoint=https://s3.example.go.id"',
      ],
    },
    newsroomAudit: {
      summary: "tampilkan catatan audit: siapa mengubah akses, masuk, atau mengekspor",
      since: "sejak tanggal ini, atau sekian hari terakhir (bawaan 30d)",
      verify: "periksa rantai catatan; keluar dengan 1 bila ada yang diubah",
      examples: [
        "newsroom audit --data ./redaksi",
        "newsroom audit --since 7d --json",
        "newsroom audit --verify",
      ],
    },
    userAdd: {
      summary: "tambah orang; memberi kode aktivasi",
      name: "nama lengkap",
      role: "operator, editor, admin, viewer, atau publisher",
      kecamatan: "kecamatan seorang operator",
      expires: "berlaku sampai tanggal ini",
      token: "beri token untuk skrip, bukan kode aktivasi",
      data: "folder data ruang redaksi di komputer ini",
      examples: [
        'newsroom user add --name "Siti Aminah" --role operator --kecamatan Cibitung',
        'newsroom user add --name "Admin" --role admin --data ./redaksi',
      ],
    },
    userCode: {
      summary: "kode aktivasi baru untuk orang yang sudah ada",
      examples: ['newsroom user code "Siti Aminah"', "newsroom user code Siti --data ./redaksi"],
    },
    userList: { summary: "daftar orang", examples: ["newsroom user list"] },
    userLink: {
      summary: "tautan masuk sekali pakai ke meja redaksi, untuk editor",
      url: "alamat ruang redaksi, juga dengan --data",
      examples: [
        'newsroom user link "Budi Santoso"',
        "newsroom user link Budi --data ./redaksi --url https://redaksi.example.go.id",
      ],
    },
    userSuspend: {
      summary: "hentikan akses seseorang untuk sementara",
      lift: "kembalikan aksesnya",
      examples: ["newsroom user suspend <id>", "newsroom user suspend <id> --lift"],
    },
    userTokens: {
      summary: "login seseorang: di perangkat mana, sejak kapan, terakhir dipakai kapan",
      end: "akhiri login ini, atau semuanya (all); akses orangnya tetap",
      examples: ["newsroom user tokens Siti", 'newsroom user tokens Siti --end "laptop lama"'],
    },
    userRevoke: { summary: "cabut akses seseorang", examples: ["newsroom user revoke <id>"] },
    reviewList: {
      summary: "naskah yang masuk",
      state: "hanya yang berstatus ini",
      kecamatan: "hanya dari kecamatan ini",
      cursor: "lanjutkan dari halaman sebelumnya",
      examples: ["review list", "review list --state submitted --json"],
    },
    reviewShow: { summary: "baca satu naskah", examples: ["review show 0199…"] },
    reviewClaim: { summary: "ambil naskah untuk ditinjau", examples: ["review claim 0199…"] },
    reviewComment: {
      summary: "beri catatan",
      message: "isi catatan",
      examples: ['review comment 0199… --message "Siapa nama narasumbernya?"'],
    },
    reviewReturn: {
      summary: "kembalikan untuk diperbaiki",
      reason: "apa yang perlu diperbaiki",
      examples: ['review return 0199… --reason "Lengkapi jabatan narasumber"'],
    },
    reviewApprove: {
      summary: "setujui satu revisi",
      revision: "nomor revisi yang sudah dibaca",
      destination: "kecamatan atau kabupaten; boleh berulang",
      channel: `${alternatives(approvalChannels)}; boleh berulang`,
      photo:
        "ada anak di foto yang belum diperiksa: <nomor>=tidak-ada, ada-disamarkan, ada-tak-dikenali, atau ada-berizin:<dari>,<tanggal>,<untuk>; boleh berulang",
      override: "pemeriksaan yang dikesampingkan, dan alasannya; boleh berulang",
      message: "catatan persetujuan",
      examples: [
        "review approve 0199… --revision 2 --destination kabupaten --channel web --channel instagram",
        "review approve 0199… --revision 2 --destination kecamatan --channel web --photo 1=tidak-ada --photo 2=ada-disamarkan",
      ],
    },
    reviewReject: { summary: "tolak", examples: ['review reject 0199… --reason "Sudah dimuat"'] },
    reviewRelease: {
      summary: "lepaskan naskah agar dapat diambil editor lain",
      examples: ["review release 0199…"],
    },
    reviewRevoke: {
      summary: "cabut persetujuan, selama belum terbit",
      reason: "alasan; dibaca pengirim",
      examples: ['review revoke 0199… --reason "Menunggu data terbaru"'],
    },
    reviewReopen: {
      summary: "buka kembali naskah yang ditolak",
      examples: ['review reopen 0199… --reason "Ternyata belum dimuat"'],
    },
    reviewPublish: {
      summary: "terbitkan naskah yang disetujui di akun-akun komputer ini",
      examples: ["review publish 0199… --dry-run", "review publish 0199… --to web --yes"],
    },
    reviewMerge: {
      summary: "gabungkan dengan naskah lain; pengirimnya tetap tercatat",
      into: "nomor naskah tujuan",
      examples: ['review merge 0199… --into 0198… --reason "Kegiatan yang sama"'],
    },
    reviewUnpublish: {
      summary: "minta semua yang sudah terbit diturunkan",
      examples: ['review unpublish 0199… --reason "Foto keliru"'],
    },
    reviewRecord: {
      summary: "catat bahwa naskah sudah tayang di sebuah alamat, atau sudah dihapus dari sana",
      examples: [
        "review record 0199… https://www.instagram.com/p/Cx1…/",
        'review record 0199… https://www.instagram.com/p/Cx1…/ --taken-down --reason "Foto keliru"',
      ],
      takenDown: "sudah dihapus dari alamat itu",
      reason: "alasannya, dicatat di riwayat terbitan; hanya dengan --taken-down",
    },
    reviewConfirmWithdrawal: {
      summary: "benarkan pembatalan yang diminta pengirim",
      examples: ["review confirm-withdrawal 0199…"],
    },
    reviewDecline: {
      summary: "tolak permintaan pengirim untuk membatalkan atau menurunkan",
      examples: ['review decline 0199… --reason "Sudah dijadwalkan"'],
    },
    reviewAccounts: {
      summary: "akun kanal: milik siapa, dan apakah loginnya masih baik",
      examples: ["review accounts"],
    },
    reviewAccount: {
      summary: "putuskan akun itu milik siapa, atau cabut klaim yang keliru",
      kecamatan: "akun kecamatan itu",
      kabupaten: "akun kabupaten",
      remove: "cabut klaimnya; pemilik lain dapat mengumumkannya",
      reason: "alasan; dibaca rekan editor",
      examples: [
        'review account x @kec.setu --kecamatan Setu --reason "Login Setu dipasang di komputer Cibitung"',
        'review account facebook 1029384756 --remove --reason "Halaman pribadi"',
      ],
    },
    completion: {
      summary: "skrip pelengkap perintah untuk shell",
      examples: [
        "completion bash >> ~/.bashrc",
        "completion zsh >> ~/.zshrc",
        "completion fish > ~/.config/fish/completions/kominfo.fish",
        "completion powershell >> $PROFILE",
      ],
    },
  },
};

/** "web, facebook, atau x" */
function alternatives(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")}, atau ${names.at(-1)}`;
}
