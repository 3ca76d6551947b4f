import type { Problem } from "../../files/problem.js";
import { placeholders } from "./placeholders.js";
import { problemLine } from "./problem-line.js";

/**
 * Expected failures: code -> [one sentence on what happened, then commands or steps that mend it].
 * The sentence ends with a full stop; a hint is something to type or do.
 */
export const errors = {
  // files
  "file-not-found": (p: { path: string }) => [
    `Berkas ${p.path} tidak ditemukan.`,
    "Periksa nama dan letaknya; berkas boleh juga diseret ke terminal.",
  ],
  "file-unreadable": (p: { path: string; reason: string }) => [
    `Berkas ${p.path} tidak dapat dibaca (${p.reason}).`,
  ],
  "outside-workspace": (p: { path: string }) => [`${p.path} berada di luar ruang kerja ini.`],
  "lock-held": (p: { path: string; host: string; pid: number }) => [
    `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
    "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
    `Jika tidak ada kominfo lain yang berjalan: rm "${p.path}"`,
  ],

  // photos
  "photo-preset-unknown": (p: { name: string; nearest: string; known: readonly string[] }) => [
    `Ukuran "${p.name}" tidak dikenal. Mungkin maksud Anda "${p.nearest}".`,
    `Ukuran yang ada: ${p.known.join(", ")}`,
  ],
  "photo-none-found": (p: { path: string }) => [
    `Tidak ada foto di ${p.path}.`,
    "Periksa nama berkas atau foldernya.",
  ],
  "photo-not-supported": (p: { path: string; found: string }) => {
    const kinds: Record<string, string> = {
      raw: "berkas mentah (RAW) kamera",
      bmp: "gambar BMP",
      svg: "gambar SVG",
      pdf: "dokumen PDF",
      zip: "berkas ZIP",
      video: "video",
      device: "perangkat, bukan berkas",
    };
    if (p.found === "empty") return [`${p.path} kosong.`, "Salin ulang fotonya dari kamera atau ponsel."];
    return [
      `${p.path} bukan foto yang dapat diolah: isinya ${kinds[p.found] ?? "bukan gambar yang dikenal"}.`,
      "Yang dapat diolah: JPEG, HEIC, PNG, WebP, AVIF, TIFF, dan GIF.",
    ];
  },
  "photo-heic-decoder-missing": (p: { path: string }) => [
    `${p.path} berformat HEIC, dan pembaca HEIC (libheif-js) tidak terpasang.`,
    "Pasang ulang kominfo bersama paket pilihannya: npm install --include=optional",
    "Atau kirim ulang foto itu sebagai JPEG. Di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel",
  ],
  "photo-damaged": (p: { path: string }) => [
    `Foto ${p.path} rusak atau terpotong.`,
    "Salin ulang foto itu dari kamera atau ponsel.",
  ],
  "photo-too-large": (p: { path: string; width: number; height: number; megapixels: number }) => [
    `Foto ${p.path} terlalu besar: ${p.width} x ${p.height} piksel; batasnya ${p.megapixels} megapiksel.`,
    "Perkecil foto itu dahulu.",
  ],
  "photo-file-too-large": (p: { path: string; bytes: number; limit: number }) => [
    `Berkas foto ${p.path} terlalu besar: ${Math.ceil(p.bytes / 2 ** 20)} MB; batasnya ${p.limit / 2 ** 20} MB.`,
    "Simpan ulang foto itu sebagai JPEG.",
  ],
  "photo-sheet-name": (p: { path: string }) => [
    `Nama lembar kontak harus berakhir .html, bukan "${p.path}".`,
    "Contoh: --sheet lembar.html",
  ],
  "photo-zip-damaged": (p: { path: string }) => [
    `Berkas ZIP ${p.path} rusak atau terpotong.`,
    "Salin atau unduh ulang, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-too-large": (p: { path: string; what: "entries" | "bytes"; limit: number }) => [
    p.what === "entries"
      ? `Isi ${p.path} terlalu banyak; batasnya ${p.limit} berkas.`
      : `Isi ${p.path} terlalu besar; batasnya ${Math.round(p.limit / 2 ** 30)} GB.`,
    "Bagi menjadi beberapa ZIP, atau buka ZIP itu sendiri dan beri folder isinya.",
  ],
  "photo-zip-locked": (p: { path: string }) => [
    `${p.path} dikunci dengan kata sandi.`,
    "Buka ZIP itu sendiri dengan kata sandinya, lalu beri folder isinya.",
  ],
  "photo-zip-entry-damaged": (p: { path: string }) => [
    `${p.path} tidak dapat dikeluarkan dari ZIP: rusak, atau bukan foto.`,
    "Minta foto itu dikirim ulang.",
  ],
  "photo-bytes-limit": (p: { path: string; preset: string; limit: number }) => [
    `${p.path} tidak dapat dibuat sekecil ${p.limit} bita untuk ukuran "${p.preset}".`,
    "Naikkan batas bita ukuran itu di kominfo.yaml, atau kecilkan lebar dan tingginya.",
  ],
  "photo-text-too-long": (p: { path: string; limit: number }) => [
    `Teks untuk ${p.path} terlalu panjang untuk disimpan di dalam foto (paling banyak ${p.limit} bita).`,
    "Pendekkan takarir atau teks alternatifnya.",
  ],
  "watermark-unusable": (p: { path: string }) => [
    `${p.path} tidak dapat dipakai sebagai tanda air.`,
    "Pakai gambar PNG atau WebP, paling baik dengan latar tembus pandang.",
  ],
  "photo-not-written": (p: { path: string; reason: string }) => [
    `${p.path} tidak dapat ditulis (${p.reason}).`,
    "Pastikan folder itu boleh ditulisi dan masih ada ruang di disk, lalu ulangi perintah yang sama.",
  ],

  // credentials
  "address-invalid": (p: { address: string }) => [
    `"${p.address}" bukan alamat yang benar.`,
    "Tulis alamat lengkap, misalnya https://redaksi.example.go.id",
  ],
  "address-not-https": (p: { origin: string }) => [
    `${p.origin} ditolak karena tidak memakai https.`,
    "Pakai alamat yang diawali https:// (http:// hanya untuk komputer ini sendiri).",
  ],
  "address-with-login": (p: { origin: string }) => [
    "Alamat tidak boleh memuat nama pengguna atau kata sandi.",
    `Tulis hanya ${p.origin}`,
  ],
  "address-with-path": (p: { origin: string }) => [
    "Alamat tidak boleh memuat apa pun setelah nama servernya.",
    `Tulis hanya ${p.origin}`,
  ],
  "account-name-invalid": () => [
    "Nama akun hanya boleh memuat huruf, angka, spasi, dan . _ @ - (paling banyak 100 karakter).",
  ],
  "not-logged-in": (p: { service: string; origin: string }) => [
    `Anda belum masuk ke ${p.service} di ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p: { service: string; asked: string; stored: string[] }) => [
    `Yang diminta ${p.asked}, sedangkan Anda masuk ke ${p.service} di ${p.stored.join(", ")}; tidak ada yang dikirim.`,
    `Jika ${p.asked} memang alamat yang benar: kominfo auth login ${p.service} --url ${p.asked}`,
  ],
  "several-accounts": (p: { service: string; accounts: string[] }) => [
    `Ada beberapa akun ${p.service}: ${p.accounts.join(", ")}.`,
    "Sebutkan salah satu dengan --account <nama>",
  ],
  "environment-incomplete": (p: { set: string[]; missing: string[] }) => [
    `${p.set.join(", ")} sudah diisi, tetapi ${p.missing.join(", ")} belum.`,
    "Isi semuanya, atau kosongkan semuanya.",
  ],
  "store-unknown": (p: { value: string }) => [
    `KOMINFO_STORE tidak mengenal "${p.value}".`,
    "Isi dengan keychain, passphrase, atau env.",
  ],
  "keychain-locked": () => [
    "Gantungan kunci sistem terkunci, jadi brankas akun tidak dapat dibuka. Akun Anda masih tersimpan.",
    "Buka kuncinya (masuk ke desktop, atau buka aplikasi Passwords and Keys/Seahorse), lalu ulangi perintah yang sama.",
    `Lewat SSH: (read -rsp "Sandi: " s; printf %s "$s" | gnome-keyring-daemon --unlock)`,
    "Atau pindah ke frasa sandi, sekali saja, dari desktop: kominfo auth store passphrase",
  ],
  "keychain-no-bus": () => [
    "Gantungan kunci sistem tidak terjangkau: tidak ada D-Bus sesi di sini (SSH, cron, atau mesin tanpa desktop).",
    "Jalankan dari terminal di desktop, atau: dbus-run-session -- kominfo …",
    "Tanpa gantungan kunci: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-service": () => [
    "Tidak ada layanan gantungan kunci (Secret Service) di sesi ini.",
    "sudo apt install gnome-keyring",
    "Tanpa gantungan kunci: KOMINFO_STORE=passphrase untuk brankas baru, atau kominfo auth store passphrase dari desktop untuk yang sudah ada.",
  ],
  "keychain-no-library": () => [
    "Pustaka libsecret belum terpasang, jadi gantungan kunci sistem tidak dapat dipakai.",
    "sudo apt install libsecret-1-0",
    "Di Fedora: sudo dnf install libsecret; di Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p: { seconds: number }) => [
    `Gantungan kunci sistem tidak menjawab selama ${p.seconds} detik, lalu tidak ditunggu lagi.`,
    "Lihat apakah ada jendela yang meminta sandi gantungan kunci, lalu ulangi perintah yang sama.",
    "Jika tetap tidak menjawab, keluar dari desktop lalu masuk lagi; atau: systemctl --user restart gnome-keyring-daemon",
  ],
  "keychain-key-missing": (p: { path: string }) => [
    `Gantungan kunci sistem terbuka, tetapi kunci untuk brankas ${p.path} tidak ada di dalamnya.`,
    "Jika brankas ini disalin dari laptop lain: di laptop itu jalankan kominfo auth export, lalu di sini kominfo auth import",
    `Jika kuncinya terhapus, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "keychain-failed": (p: { reason: string }) => [
    `Gantungan kunci sistem tidak dapat dipakai (${p.reason}).`,
    "Ulangi; jika tetap gagal, pakai frasa sandi: KOMINFO_STORE=passphrase",
  ],
  "store-is-environment": () => [
    "Dengan KOMINFO_STORE=env tidak ada yang disimpan di komputer ini.",
    "Berikan tokennya lewat variabel lingkungan, misalnya KOMINFO_NEWSROOM_TOKEN, atau isi KOMINFO_STORE dengan keychain atau passphrase.",
  ],
  "passphrase-source-missing": () => [
    "Brankas akun memerlukan frasa sandi, dan di sini tidak ada yang dapat ditanyai.",
    "Tunjuk berkas yang memuat frasa sandi itu dengan KOMINFO_PASSPHRASE_FILE, atau perintah yang mencetaknya dengan KOMINFO_PASSPHRASE_COMMAND.",
    "Untuk brankas baru dengan gantungan kunci sistem: KOMINFO_STORE=keychain",
  ],
  "passphrase-file-loose": (p: { path: string }) => [
    `Berkas frasa sandi ${p.path} dapat dibuka pengguna lain di komputer ini.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p: { path: string; reason: string }) => [
    `Berkas frasa sandi ${p.path} tidak dapat dibaca (${p.reason}).`,
    "Periksa KOMINFO_PASSPHRASE_FILE atau KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "passphrase-empty": (p: { variable: string }) => [`Frasa sandi dari ${p.variable} kosong.`],
  "passphrase-too-short": (p: { minimum: number }) => [
    `Frasa sandi baru paling sedikit ${p.minimum} karakter.`,
    "Beberapa kata acak lebih kuat dan lebih mudah diingat daripada satu kata yang rumit.",
  ],
  "passphrase-command-invalid": () => [
    "KOMINFO_PASSPHRASE_COMMAND tidak dapat dibaca: ada tanda kutip yang tidak ditutup, atau tidak ada perintahnya.",
  ],
  "passphrase-command-failed": (p: { program: string; reason: string }) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND gagal (${p.reason}).`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "passphrase-command-slow": (p: { program: string; seconds: number }) => [
    `Perintah ${p.program} dari KOMINFO_PASSPHRASE_COMMAND belum selesai setelah ${p.seconds} detik, lalu dihentikan.`,
    "Jalankan perintah itu sendiri untuk melihat sebabnya.",
  ],
  "vault-wrong-passphrase": (p: { path: string }) => [
    `Frasa sandi untuk brankas ${p.path} salah.`,
    "Ulangi dengan frasa sandi yang benar; jika datang dari KOMINFO_PASSPHRASE_FILE atau KOMINFO_PASSPHRASE_COMMAND, periksa isinya.",
    `Jika lupa, sisihkan brankas itu lalu masuk lagi: mv "${p.path}" "${p.path}.lama"`,
  ],
  "vault-damaged": (p: { path: string }) => [
    `${p.path} rusak atau bukan brankas kominfo; isinya tidak diubah.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-tampered": (p: { path: string }) => [
    `Isi brankas ${p.path} telah diubah oleh sesuatu selain kominfo, jadi tidak dipakai.`,
    `Pulihkan dari cadangan, atau sisihkan lalu masuk lagi: mv "${p.path}" "${p.path}.rusak"`,
  ],
  "vault-too-new": (p: { path: string }) => [
    `Brankas ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "vault-loose-permissions": (p: { path: string }) => [
    `Brankas ${p.path} dapat dibuka pengguna lain di komputer ini, jadi tidak dipakai.`,
    `chmod 600 "${p.path}"`,
  ],
  "vault-symlink": (p: { path: string }) => [
    `Brankas ${p.path} adalah tautan simbolis, jadi tidak dipakai.`,
    `Hapus tautannya, lalu taruh berkas aslinya di tempat itu: rm "${p.path}"`,
  ],
  "vault-unwritable": (p: { path: string; reason: string }) => [
    `Brankas ${p.path} tidak dapat ditulis (${p.reason}); isinya yang lama tetap utuh.`,
  ],
  "audit-unwritable": (p: { path: string; reason: string }) => [
    `Perubahan sudah tersimpan, tetapi catatan audit ${p.path} tidak dapat ditulis (${p.reason}).`,
  ],
  // sealed bundle
  "bundle-exists": (p: { path: string }) => [
    `${p.path} sudah ada; tidak ada yang ditimpa.`,
    "Pilih nama berkas lain.",
  ],
  "bundle-nothing": (p: { handover: boolean }) => [
    p.handover
      ? "Tidak ada akun kantor di laptop ini yang dapat diserahkan."
      : "Tidak ada akun yang tersimpan di laptop ini.",
    "kominfo auth status",
  ],
  "bundle-passphrase-source-missing": () => [
    "Berkas ini dikunci dengan frasa sandi, yang hanya ditampilkan atau ditanyakan di terminal.",
    "Jalankan di terminal, tanpa --json; atau tunjuk berkas yang memuat frasa sandinya dengan KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "bundle-foreign": (p: { path: string }) => [
    `${p.path} bukan berkas age yang dibuka dengan frasa sandi.`,
    "Pakai berkas dari: kominfo auth export <berkas>",
  ],
  "bundle-wrong-passphrase": (p: { path: string }) => [
    `Frasa sandi untuk ${p.path} salah.`,
    "Ketik persis seperti yang ditampilkan ketika berkas itu dibuat: enam kata dengan tanda hubung.",
  ],
  "bundle-damaged": (p: { path: string }) => [
    `${p.path} rusak, atau isinya bukan akun kominfo.`,
    "Salin ulang dari laptop asalnya, atau buat lagi: kominfo auth export <berkas>",
  ],
  "bundle-too-new": (p: { path: string }) => [
    `${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  // newsroom on this machine (serve, user)
  "newsroom-folder-missing": (p: { path: string }) => [
    `Di ${p.path} tidak ada data ruang redaksi.`,
    `kominfo newsroom serve --data "${p.path}"`,
  ],
  "newsroom-folder-foreign": (p: { path: string }) => [
    `Folder ${p.path} berisi berkas lain; data ruang redaksi memerlukan folder kosong.`,
    "Pilih folder kosong atau folder baru dengan --data.",
  ],
  "newsroom-folder-unusable": (p: { path: string; reason: string }) => [
    `Data ruang redaksi di ${p.path} tidak dapat dibuka (${p.reason}).`,
    "Periksa izin folder dan sisa ruang; bila berkasnya rusak, pulihkan dari cadangan.",
  ],
  "newsroom-newer": (p: { path: string }) => [
    `Data ruang redaksi di ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "newsroom-host-public": (p: { host: string }) => [
    `Ruang redaksi hanya dapat dibuka di komputer ini sendiri, bukan di ${p.host}.`,
    "Pakai --host 127.0.0.1.",
  ],
  "newsroom-port-unusable": (p: { host: string; port: number; reason: string }) => [
    `Alamat ${p.host}:${p.port} tidak dapat dipakai (${p.reason}).`,
    "Pilih port lain, atau --port 0 untuk port bebas.",
  ],
  "newsroom-user-unknown": (p: { wanted: string }) => [
    `Tidak ada pengguna "${p.wanted}" di ruang redaksi.`,
    "kominfo newsroom user list",
  ],
  "newsroom-user-ambiguous": (p: { wanted: string }) => [
    `Ada lebih dari satu pengguna bernama "${p.wanted}"; sebutkan ID-nya.`,
    "kominfo newsroom user list",
  ],
  "newsroom-user-kecamatan": (p: { role: string; problem: "required" | "unknown" | "unwanted" }) => [
    p.problem === "required"
      ? "Operator harus punya kecamatan."
      : p.problem === "unknown"
        ? "Kecamatan itu tidak ada di Kabupaten Bekasi."
        : `Peran ${p.role} tidak terikat pada satu kecamatan.`,
    p.problem === "unwanted" ? "Hapus --kecamatan." : "Tambahkan --kecamatan <kode|nama>.",
  ],
  "newsroom-last-admin": (p: { name: string }) => [
    `${p.name} adalah admin terakhir dan tidak dapat dicabut.`,
    "Tambahkan admin lain dahulu: kominfo newsroom user add --role admin",
  ],

  // account and newsroom commands
  "token-empty": () => [
    "Token belum diberikan: masukan standar kosong.",
    "kominfo auth login newsroom --with-token < token.txt",
  ],
  "token-malformed": () => [
    "Yang dibaca bukan token: isinya lebih dari satu baris, atau ada karakter yang tidak mungkin ada di token.",
    "Beri tokennya saja, tanpa teks lain.",
  ],
  "flags-together": (p: { flags: readonly string[] }) => [
    `${p.flags.join(" dan ")} tidak dapat dipakai bersama; pilih salah satu.`,
  ],
  "day-invalid": (p: { flag: string; value: string }) => [
    `${p.flag} harus berupa tanggal, bukan "${p.value}".`,
    `Misalnya: ${p.flag} "31 Desember 2026"`,
  ],
  "day-past": (p: { flag: string; value: string }) => [`${p.flag} "${p.value}" sudah lewat.`],

  // channels
  "channel-refused": (p: { service: string; origin: string }) => [
    `${p.origin} menolak akun ${p.service} ini: salah, habis masa berlakunya, atau sudah dicabut.`,
    `Ambil yang baru di layanannya, lalu: kominfo auth login ${p.service}`,
    // A site whose server drops the header answers as to a wrong password.
    ...(p.service === "web"
      ? [
          "Bila yakin benar, minta pengelola situs meneruskan header Authorization ke PHP (Apache: CGIPassAuth On).",
        ]
      : []),
  ],
  "channel-forbidden": (p: { service: string; origin: string }) => [
    `${p.origin} mengenal akun ${p.service} ini, tetapi tidak memberinya izin yang diperlukan.`,
    "Periksa izin aplikasi atau peran akun itu di layanannya.",
    `Lalu: kominfo auth login ${p.service}`,
  ],
  "channel-other-account": (p: { service: string; id: string }) => [
    `Token ${p.service} ini tidak membuka ${p.id}: nomornya salah, atau tokennya milik akun lain.`,
    `Periksa keduanya, lalu: kominfo auth login ${p.service}`,
  ],
  "channel-hidden": (p: { service: string; origin: string; status: number; type: string }) => [
    `Yang menjawab di ${p.origin} bukan layanan ${p.service} (${p.type}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
  ],
  "channel-not-there": (p: { service: string; origin: string; status: number; type: string }) => [
    p.service === "web"
      ? `Tidak ada REST API WordPress di ${p.origin} (${p.status}, ${p.type}).`
      : `${p.origin} tidak mengenal permintaan kominfo (${p.status}, ${p.type}).`,
    p.service === "web"
      ? 'Periksa alamatnya; di WordPress, Pengaturan > Permalink tidak boleh "Polos".'
      : "Perbarui kominfo; bila tetap begitu, beri tahu pengelola kominfo.",
  ],
  "web-unset": () => [
    "Alamat situs belum diketahui.",
    "Tulis di kominfo.yaml: web: { url: https://… }",
    "atau tambahkan --url <alamat>",
  ],
  "channel-address-fixed": (p: { service: string; origin: string }) => [
    `${p.service} selalu di ${p.origin}; alamat lain tidak diberi sandi.`,
    "Hapus --url.",
  ],
  "fields-malformed": (p: { service: string; fields: readonly string[] }) => [
    `Yang dibaca bukan satu objek JSON dengan isian ${p.service}: ${p.fields.join(", ")}.`,
    `Misalnya: {${p.fields.map((field) => `"${field}": "…"`).join(", ")}}`,
  ],
  "field-invalid": (p: { service: string; field: string }) => [
    `Isian ${p.field} untuk ${p.service} kosong atau bentuknya tidak mungkin benar.`,
    "Salin ulang seutuhnya dari layanannya.",
  ],
  "login-declined": (p: { service: string }) => [
    `Izin untuk ${p.service} tidak diberikan di peramban; tidak ada yang disimpan.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-too-slow": (p: { service: string }) => [
    `Belum ada jawaban dari peramban untuk ${p.service}, lalu tidak ditunggu lagi.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-port-taken": (p: { port: number; reason: string }) => [
    `Porta ${p.port} di komputer ini tidak dapat dipakai untuk menerima jawaban peramban (${p.reason}).`,
    "Tutup kominfo lain yang sedang masuk, lalu ulangi.",
  ],

  "setup-incomplete": (p: { commands: readonly string[] }) => [
    `kominfo belum siap di komputer ini: ${p.commands.length} hal masih kurang.`,
    ...p.commands,
    "Atau jalankan kominfo setup di terminal.",
  ],

  // command line
  cancelled: () => ["Dibatalkan. Yang sudah selesai tetap tersimpan."],
  "unknown-command": (p: { name: string; nearest?: string; command: string }) => [
    `Perintah "${p.name}" tidak dikenal.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.command} ${p.nearest}`] : [`${p.command} --help`]),
  ],
  "unknown-flag": (p: { flag: string; nearest?: string; command: string }) => [
    `Pilihan ${p.flag} tidak dikenal.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `${p.command} --help`,
  ],
  "missing-argument": (p: { name: string; command: string }) => [
    `<${placeholders[p.name] ?? p.name}> belum diberikan.`,
    `${p.command} --help`,
  ],
  "too-many-arguments": (p: { command: string }) => [
    "Argumen terlalu banyak. Apit dengan tanda kutip bila memuat spasi.",
    `${p.command} --help`,
  ],
  "missing-flag-value": (p: { flag: string; command: string }) => [
    `Pilihan ${p.flag} membutuhkan nilai.`,
    `${p.command} --help`,
  ],
  "bad-command-line": (p: { detail: string; command: string }) => [
    `Perintah tidak dapat dipahami (${p.detail}).`,
    `${p.command} --help`,
  ],
  "missing-input": (p: { flag: string }) => [
    `${p.flag} belum diberikan.`,
    `Tambahkan ${p.flag}, atau jalankan di terminal agar ditanya.`,
  ],
  "bad-choice": (p: { flag: string; value: string; choices: readonly string[]; nearest?: string }) => [
    `${p.flag} tidak mengenal "${p.value}".`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Pilihannya: ${p.choices.join(", ")}`,
  ],
  "bad-number": (p: { flag: string; value: string; least: number; most: number }) => [
    `${p.flag} harus berupa bilangan bulat ` +
      `${p.most < Number.MAX_SAFE_INTEGER ? `dari ${p.least} sampai ${p.most}` : `mulai dari ${p.least}`}, bukan "${p.value}".`,
  ],
  "file-system": (p: { path?: string; reason: string }) => [
    `${p.path ?? "Sebuah berkas"} tidak dapat dibaca atau ditulis (${fileSystemReason(p.reason)}).`,
  ],
  // workspace
  "workspace-missing": () => [
    "Folder ini bukan ruang kerja kominfo.",
    "Masuk dulu ke folder ruang kerja Anda dengan cd, lalu ulangi. Bila belum punya: kominfo init",
  ],
  "workspace-exists": (p: { path: string }) => [`${p.path} sudah ada; tidak ada yang diubah.`],
  "workspace-invalid": (p: { path: string; problems: readonly Problem[] }) => [
    `${p.path} perlu diperbaiki.`,
    ...p.problems.map(problemLine),
  ],
  "kecamatan-unknown": (p: { given: string; nearest?: string }) => [
    `Kecamatan "${p.given}" tidak ada di Kabupaten Bekasi.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    "Pakai nama kecamatan atau kode Kemendagri, misalnya Cibitung atau 32.16.07",
  ],
  "newsroom-unset": () => [
    "Alamat ruang redaksi belum diketahui.",
    "Tulis di kominfo.yaml: newsroom: { kind: kominfo, url: https://… }",
    "atau tambahkan --url <alamat>",
  ],
  "post-missing": (p: { wanted: string; near: readonly string[] }) => [
    `Naskah "${p.wanted}" tidak ditemukan.`,
    ...p.near.map((slug) => `Mungkin maksud Anda: ${slug}`),
    "kominfo post list",
  ],
  "post-ambiguous": (p: { wanted: string; slugs: readonly string[] }) => [
    `"${p.wanted}" cocok dengan ${p.slugs.length} naskah; sebutkan lebih lengkap.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p: { path: string; problems: readonly Problem[] }) => [
    `${p.path} belum siap: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(problemLine),
    "Perbaiki di berkas itu, lalu ulangi perintah yang sama.",
  ],
  "post-state-damaged": (p: { path: string }) => [
    `Catatan pengiriman ${p.path} rusak.`,
    "Jangan hapus naskahnya. Pindahkan berkas itu, lalu minta nomor naskah ke ruang redaksi.",
  ],
  "answers-invalid": (p: { problems: readonly Problem[] }) => [
    `${p.problems.length} jawaban perlu diperbaiki; belum ada yang dibuat.`,
    ...p.problems.map(problemLine),
  ],
  "template-invalid": (p: { name: string; problems: readonly Problem[] }) => [
    `Templat ${p.name} belum benar: ${p.problems.length} hal perlu diperbaiki.`,
    ...p.problems.map(problemLine),
  ],
  "template-unknown": (p: { name: string; nearest?: string; names: readonly string[] }) => [
    `Templat "${p.name}" tidak ada.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Yang ada: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p: { post: string }) => [
    `${p.post} belum pernah dikirim.`,
    `kominfo post submit ${p.post}`,
  ],
  "submitted-elsewhere": (p: { post: string; origin: string; now: string }) => [
    `${p.post} dikirim ke ${p.origin}, sedangkan ruang kerja ini memakai ${p.now}.`,
    `Kembalikan alamat di kominfo.yaml, atau salin naskahnya menjadi naskah baru.`,
  ],
  "photo-changed": (p: { path: string }) => [
    `${p.path} berubah ketika sedang disiapkan.`,
    "Tunggu sampai penyalinannya selesai, lalu ulangi.",
  ],
  "photos-unusable": (p: { count: number }) => [
    `${p.count} foto tidak dapat dipakai; naskah belum dikirim.`,
    "Ganti atau hapus foto itu dari foto: di index.md, lalu ulangi.",
  ],
  "terminal-needed": (p: { instead: string }) => ["Perintah ini perlu dijalankan di terminal.", p.instead],
  // servers
  "server-unreachable": (p: { origin: string; path: string; reason: string }) => [
    `${p.origin} tidak dapat dihubungi (${connectionReason(p.reason)}).`,
    "Periksa sambungan internet, lalu ulangi perintah yang sama.",
  ],
  "server-slow": (p: { origin: string; path: string; reason: string }) => [
    `${p.origin} terlalu lama menjawab.`,
    "Ulangi perintah yang sama sebentar lagi; yang sudah terkirim tidak dikirim dua kali.",
  ],
  "server-busy": (p: { origin: string; wait?: string }) => [
    `${p.origin} sedang sibuk.`,
    `Ulangi perintah yang sama${p.wait ? ` setelah ${p.wait} detik` : " sebentar lagi"}.`,
  ],
  "server-failing": (p: { origin: string; status: number; request?: string }) => [
    `${p.origin} sedang bermasalah (${p.status}${p.request ? `, nomor ${p.request}` : ""}).`,
    "Ulangi perintah yang sama sebentar lagi.",
  ],
  "server-redirects": (p: { origin: string; to: string }) => [
    `${p.origin} mengalihkan ke ${p.to}; kominfo tidak mengikutinya, agar sandi tidak terkirim ke alamat lain.`,
    "Bila alamat itu benar, tulis di kominfo.yaml lalu masuk lagi: kominfo auth login <layanan>",
  ],
  "newsroom-hidden": (p: { origin: string; status: number; type: string }) => [
    `Yang menjawab di ${p.origin} bukan ruang redaksi (${p.type}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
    "Periksa juga alamat newsroom di kominfo.yaml.",
  ],
  "newsroom-not-there": (p: { origin: string; status: number; type: string }) => [
    `Tidak ada ruang redaksi di ${p.origin} (${p.status}, ${p.type}).`,
    "Periksa alamat newsroom di kominfo.yaml.",
  ],
  "login-refused": (p: { origin: string }) => [
    `${p.origin} menolak akun ini: tokennya salah, habis masa berlakunya, atau sudah dicabut.`,
    "Minta kode aktivasi baru kepada admin ruang redaksi, lalu: kominfo auth login newsroom",
  ],
  "not-allowed": (p: { origin: string }) => [
    `Akun ini tidak berhak melakukan itu di ${p.origin}.`,
    "kominfo auth status --check",
  ],
  "activation-invalid": () => [
    "Kode aktivasi salah, sudah dipakai, atau lewat 72 jam.",
    "Periksa lagi kodenya; bila tetap ditolak, minta kode baru kepada admin ruang redaksi.",
  ],
  "client-too-old": () => [
    "Versi kominfo ini terlalu lawas untuk ruang redaksi.",
    "Perbarui kominfo, lalu ulangi.",
  ],
  "submission-not-found": (p: { submission: string }) => [
    `Naskah ${p.submission} tidak ada di ruang redaksi, atau bukan milik kecamatan Anda.`,
  ],
  "revision-stale": (p: { revision?: number }) => [
    `Ada revisi yang lebih baru${p.revision ? ` (revisi ${p.revision})` : ""}.`,
    "Baca dulu yang terbaru, lalu putuskan lagi.",
  ],
  "step-impossible": (p: { possible: readonly string[]; reason?: string }) => [
    "Langkah itu tidak dapat dilakukan pada status naskah sekarang.",
    p.possible.length > 0
      ? `Yang dapat dilakukan: ${p.possible.join(", ")}`
      : "Tidak ada langkah yang dapat Anda lakukan.",
  ],
  "newsroom-refused": (p: { title: string; details: readonly string[] }) => [
    `Ruang redaksi menolak: ${p.title}`,
    ...p.details,
  ],
};

function fileSystemReason(code: string): string {
  const reasons: Record<string, string> = {
    EACCES: "tidak diizinkan",
    EPERM: "tidak diizinkan",
    EROFS: "hanya dapat dibaca",
    ENOSPC: "ruang penyimpanan penuh",
    EDQUOT: "ruang penyimpanan penuh",
    ENAMETOOLONG: "namanya terlalu panjang",
  };
  return reasons[code] ?? code;
}

/** Why a server could not be reached, with the system's own code for whoever looks after the network. */
function connectionReason(code: string): string {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "tidak ada yang menjawab di alamat itu",
    ENOTFOUND: "alamat itu tidak ditemukan",
    EAI_AGAIN: "tidak ada sambungan internet",
    ENETUNREACH: "tidak ada sambungan internet",
    EHOSTUNREACH: "alamat itu tidak terjangkau",
    ECONNRESET: "sambungan terputus",
    ETIMEDOUT: "terlalu lama menunggu",
  };
  const reason = reasons[code];
  return reason ? `${reason}: ${code}` : code;
}
