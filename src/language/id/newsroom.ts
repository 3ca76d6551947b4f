import { channelLabel } from "../../channels/registry.js";
import type { NewsroomErrors } from "../../errors/newsroom.js";
import { formatInstant, typedInstant } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { otherAddress } from "./other-address.js";
import { post } from "./post.js";
import { stepImpossible } from "./step-impossible.js";

interface Counted {
  path: string;
  submissions: number;
  photos: number;
}

/** Messages of the `newsroom` commands. */
/** A newsroom may be empty, and is copied whole all the same. */
const contents = ({ submissions, photos }: Counted) =>
  `${submissions} naskah, ${photos} foto${submissions + photos === 0 ? " (ruang redaksi ini masih kosong)" : ""}`;

export const newsroom = {
  // serve
  listening: (p: { url: string }) => `Ruang redaksi berjalan di ${p.url}`,
  askMake: (p: { path: string }) => `Di ${p.path} belum ada ruang redaksi. Buat yang baru di sana?`,
  oneIsIn: (p: { path: string }) => `Yang sudah ada: ${p.path}`,
  madeIn: (p: { path: string }) => `Ruang redaksi baru dibuat di ${p.path}`,
  isInAlready: (p: { path: string }) => `Di ${p.path} memang sudah ada ruang redaksi; tidak ada yang diubah.`,
  afterInit: "Selanjutnya:",
  dataIn: (p: { path: string }) => `Datanya disimpan di ${p.path}`,
  noAdmin: "Belum ada admin. Di terminal lain, buat yang pertama:",
  noPublicUrl:
    "Alamat ruang redaksi belum diatur: tautan masuk tidak dapat dibuat, dan nama host tidak diperiksa. Tambahkan --public-url https://… (atau KOMINFO_PUBLIC_URL).",
  tlsEnded: (p: { when: string }) =>
    `Sertifikat TLS sudah berakhir pada ${p.when}; pengguna tidak dapat masuk.`,
  stopWith: "Ctrl-C untuk berhenti",
  stopped: "Ruang redaksi berhenti; semua yang diterima sudah tersimpan.",
  // backup, restore, move
  copying: (p: { what: string }) => `menyalin ${p.what} …`,
  keyApart: (p: { path: string }) =>
    `Kunci autentikator (${p.path}) tidak ikut dalam cadangan. Simpan salinannya di tempat lain.`,
  foreignLogins: (p: { n: number }) =>
    `${p.n} autentikator editor disegel dengan kunci lain: kembalikan secrets.key yang lama, atau beri mereka tautan masuk dan kode aktivasi baru.`,
  backedUp: (p: Counted) => `Cadangan lengkap di ${p.path}: ${contents(p)}.`,
  restored: (p: Counted) => `Dipulihkan ke ${p.path}: ${contents(p)}; semuanya dicocokkan.`,
  restoredBehind:
    "Yang terbit sesudah cadangan ini dibuat tidak dikenal lagi, dan semua jadwal terbit dihentikan: sebelum ada yang menerbitkan, lihat kanalnya dan catat yang sudah terbit (kominfo post record <naskah> --url …), supaya tidak terbit dua kali.",
  moved: (p: Counted) => `Dipindahkan ke ${p.path}: ${contents(p)}; semuanya dicocokkan.`,
  wouldMove: (p: Counted) =>
    `Akan dipindahkan ke ${p.path}: ${p.submissions} naskah, ${p.photos} foto. Belum ada yang ditulis.`,
  // audit
  auditWhole: (p: { entries: number }) => `Catatan audit utuh: ${p.entries} catatan.`,
  auditEmpty: "Catatan audit masih kosong; tidak ada yang diperiksa.",
  auditHead: (p: { seq: number; hash: string }) => `Catat di tempat lain: nomor ${p.seq}, ${p.hash}`,
  // publications
  askLink: "Alamat tayangan",
  askChannel: "Di kanal mana?",
  recorded: (line: string) => `Tercatat: ${line}`,
  // people
  askName: "Nama lengkap",
  needName: "Tulis namanya",
  askRole: "Sebagai apa?",
  roles: {
    operator: "menulis dan mengirim naskah satu kecamatan",
    editor: "meninjau naskah semua kecamatan",
    admin: "seperti editor, dan mengatur orang-orangnya",
    viewer: "membaca antrean dan laporan, tanpa data intern dan tanpa langkah",
    publisher: "token skrip penerbitan: membaca yang disetujui, mencatat tayangannya",
  },
  added: (p: { who: string }) => `${p.who} ditambahkan.`,
  known: (p: { who: string }) => `${p.who} sudah ada di ruang redaksi ini.`,
  knownLink: "Bila ia hanya perlu masuk lagi ke meja redaksi, beri tautan baru:",
  knownCode: "Bila ia hanya perlu kode aktivasi baru:",
  knownRevoke: "Bila ia hanya perlu token baru, akhiri dulu yang lama, lalu tambahkan lagi:",
  addNamesake: "Tambahkan seorang lagi dengan nama dan peran yang sama?",
  codeRenewed: (p: { who: string }) =>
    `Kode aktivasi baru untuk ${p.who}; kode lama yang belum dipakai tidak berlaku lagi.`,
  codeOnce: "Kode aktivasi ini hanya ditampilkan sekali, berlaku satu kali dalam 72 jam.",
  tellThem: "Sampaikan kodenya langsung kepada yang bersangkutan; ia mengetik:",
  addressThere: (p: { origin: string }) => `Alamat ruang redaksi yang ditanyakan kepadanya: ${p.origin}`,
  tokenOnce: "Tokennya hanya ditampilkan sekali. Simpan di tempat yang aman.",
  until: (p: { when: string }) => `Berlaku sampai ${p.when}.`,
  linkFor: (p: { who: string; when: string }) =>
    `Untuk ${p.who}: sekali pakai, sampai ${p.when}. Kirim hanya kepadanya.`,
  ownLink: (p: { when: string }) =>
    `Buka di ponsel Anda: sekali pakai, sampai ${p.when}. Jangan kirim kepada siapa pun.`,
  onlyHere: "Alamat ini hanya dapat dibuka di komputer ini, bukan di ponsel.",
  nobody: "Belum ada siapa-siapa. Tambahkan dengan: kominfo newsroom user add",
  columns: ["ID", "Nama", "Peran", "Kecamatan", "Akses", "Berlaku sampai", "Terakhir dipakai", "Ditambahkan"],
  addedAt: (p: { when: string }) => `ditambahkan ${p.when}`,
  active: "aktif",
  ended: "berakhir",
  /** Below a publication that somebody has to bring forward. */
  open: {
    late: (p: { channel: string }) =>
      `Jadwalnya lewat lebih dari 3 jam, jadi tidak ada yang mengirimnya lagi. Kirim sekarang dengan --again ${p.channel}, atau beri jadwal baru dengan --at.`,
    unclear: (p: { page: string }) =>
      `Mungkin sudah terbit, mungkin belum. Diperiksa dengan kominfo sync; bila tetap belum jelas, editor memutuskannya di meja redaksi: ${p.page}`,
    interrupted: "Pengirimannya terputus; dilanjutkan dengan kominfo sync.",
    again: (p: { until: string }) =>
      `Percobaan terakhir gagal sebelum ada yang terkirim; penerbit di kantor mencobanya lagi sendiri sampai ${p.until}.`,
    held: (p: { who: string; until: string }) => `Sedang dikirim ${p.who}, paling lama sampai ${p.until}.`,
  },
  tokens: {
    of: (p: { who: string }) => `Login ${p.who} yang masih berlaku:`,
    columns: ["Perangkat", "Umur", "Terakhir dipakai", "Berlaku sampai", "ID"],
    never: "belum pernah",
    none: (p: { who: string }) => `Tidak ada: ${p.who} tidak masuk di perangkat mana pun.`,
    ended: (p: { who: string; names: readonly string[] }) =>
      `Login ${p.who} diakhiri: ${p.names.join(", ")}. Aksesnya tetap.`,
    newCode: (p: { name: string }) =>
      `Supaya ia dapat masuk lagi, beri kode aktivasi baru: kominfo newsroom user code "${p.name}"`,
    noneToEnd: (p: { who: string }) => `Tidak ada login ${p.who} yang masih berlaku; tidak ada yang diubah.`,
    left: "Yang masih berlaku:",
    noneLeft: "Tidak ada lagi yang berlaku.",
    noAccess: "Akses orang ini sudah berakhir atau dihentikan, jadi login itu tidak dapat dipakai.",
    endOne: "Mengakhirinya:",
    endFirst: "Mengakhiri yang pertama (yang lain dengan ID-nya):",
    endAll: "Mengakhiri semuanya:",
    deskApart:
      "Login di meja redaksi (peramban) tidak termasuk. Untuk mengakhirinya, hentikan aksesnya lalu kembalikan:",
  },
  suspended: (p: { who: string; name: string }) =>
    `Akses ${p.who} dihentikan sementara. Untuk mengembalikannya: kominfo newsroom user suspend "${p.name}" --lift`,
  resumed: (p: { who: string }) => `Akses ${p.who} dikembalikan.`,
  revoked: (p: { who: string }) => `Akses ${p.who} dicabut; semua token dan kodenya tidak berlaku lagi.`,
};

type PublicationRefusal = NewsroomErrors["publication-refused"]["refusal"];

/** Mengapa sebuah tayangan tidak dapat dikirim atau dicatat, lalu apa yang dapat dilakukan. */
const refusedPublications: Record<PublicationRefusal, readonly [string, ...string[]]> = {
  "not-approved": [
    "Persetujuannya sudah tidak berlaku untuk revisi atau kanal ini. Tidak ada yang dikirim.",
    "Lihat statusnya: kominfo post status",
  ],
  late: [
    "Jadwalnya sudah lewat lebih dari 3 jam. Tidak ada yang dikirim; seseorang harus memutuskannya.",
    "Bila masih layak terbit sekarang: kominfo post publish <naskah> --again <kanal>",
    "Atau beri jadwal baru: kominfo post publish <naskah> --to <kanal> --at <waktu>",
  ],
  "already-out": ["Naskah ini sudah tayang di kanal itu.", "Lihat tautannya: kominfo post status"],
  "taken-down": [
    "Tayangan ini sudah diturunkan, jadi tidak dikirim lagi.",
    "Bila harus tayang kembali, rencanakan tayangan baru.",
  ],
  "already-down": [
    "Tayangan ini sudah turun, tetapi fotonya mungkin masih ada di situsnya.",
    "Buka Media (pustaka media) di WordPress situs itu, lalu hapus foto naskah ini secara permanen.",
  ],
  "by-hand": [
    "Tautan ini dicatat sendiri, jadi tidak dapat diturunkan oleh kominfo.",
    "Turunkan sendiri di kanalnya; sesudah itu editor menandainya di meja redaksi.",
  ],
  "unknown-account": [
    "Akun itu belum dikenal ruang redaksi.",
    "Lihat akun di komputer ini: kominfo auth status",
  ],
  destination: [
    "Akun itu bukan tujuan yang disetujui untuk naskah ini.",
    "Pilih akun lain, atau minta editor menyetujui tujuan itu.",
  ],
  redacted: [
    "Ada bagian naskah atau foto yang sudah dihapus dari ruang redaksi. Tidak ada yang dikirim.",
    "Kirim naskah tanpa bagian itu: kominfo post submit",
  ],
  "earlier-undecided": [
    "Belum jelas apakah revisi sebelumnya sudah tayang di akun itu; ralatnya menunggu.",
    "Ulangi nanti, atau minta editor memutuskannya di meja redaksi.",
  ],
  "earlier-handed-over": [
    "Revisi sebelumnya masih menunggu di redaksi web; ralatnya menunggu, supaya berita itu tidak terbit dua kali.",
    "Minta redaksi web menerbitkan atau mengembalikan kiriman itu, lalu: kominfo sync",
  ],
  "take-down-open": [
    "Revisi sebelumnya di akun itu diminta turun dan belum terbukti hilang; ralatnya menunggu.",
    "Turunkan dulu: kominfo post unpublish <naskah>, atau kominfo sync",
  ],
  stopped: [
    "Naskah ini diminta turun, jadi tidak ada lagi yang dikirim sebelum editor mengizinkannya.",
    "Minta editor menerbitkannya sendiri (kominfo review publish <id>), atau menyetujui ralatnya.",
  ],
  undecided: [
    "Tayangan ini sedang diterbitkan, atau belum jelas apakah sudah tayang.",
    "Tunggu hasilnya, atau minta editor memutuskannya di meja redaksi.",
  ],
  duplicate: ["Tayangan yang sama sudah tercatat.", "Lihat yang sudah tercatat: kominfo post status"],
  fence: [
    "Komputer lain sudah mengambil alih pengiriman ini, atau waktunya habis. Tidak ada yang dikirim.",
    "Ulangi perintah yang sama.",
  ],
  intent: [
    "Ruang redaksi mencatat rencana kirim yang berbeda untuk tayangan ini. Tidak ada yang dikirim.",
    "Ulangi perintah yang sama.",
  ],
  "no-publisher": [
    "Belum pernah ada penerbit dengan akun itu, jadi tidak ada yang mengirim pada waktunya.",
    "Jalankan kominfo publisher di mesin kantor dengan akun itu, atau terbitkan tanpa --at.",
  ],
  cancelled: [
    "Rencana ini dibatalkan editor, jadi tidak dikirim.",
    "Tanyakan dulu kepada editor; bila tetap harus terbit: kominfo post publish <naskah> --to <kanal>",
  ],
  "plan-stopped": [
    "Rencana ini sudah dihentikan: persetujuannya sempat dicabut, atau ruang redaksi dipulihkan dari cadangan. Tidak ada yang dikirim.",
    "Periksa dulu kanalnya; bila tetap harus terbit: kominfo post publish <naskah> --to <kanal>",
  ],
  decided: [
    "Ruang redaksi sudah mencatat hasil lain untuk tayangan ini.",
    "Lihat hasilnya: kominfo post status",
  ],
  unrenderable: [
    "Naskah ini terlalu rumit: ruang redaksi tidak selesai menyusun tampilannya untuk kanal. Tidak ada yang disetujui atau dikirim.",
    "Penulis menyederhanakan tabel, daftar, dan tanda baca yang sangat banyak, lalu: kominfo post submit",
  ],
};

export const newsroomErrors: ErrorSentences<NewsroomErrors> = {
  "newsroom-hidden": (p) => [
    `Yang menjawab di ${p.origin} bukan ruang redaksi (${contentType(p.type)}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
    otherAddress,
  ],
  "newsroom-not-there": (p) => [
    `Tidak ada ruang redaksi di ${p.origin} (${p.status}, ${contentType(p.type)}).`,
    otherAddress,
  ],
  "login-refused": (p) => [
    `${p.origin} menolak akun ini: tokennya salah, habis masa berlakunya, atau sudah dicabut.`,
    "Minta kode aktivasi baru kepada admin ruang redaksi, lalu: kominfo auth login newsroom",
  ],
  "desk-for-operators": (p) => [
    "Tautan ini hanya untuk operator.",
    `Editor dan admin membuka meja redaksi di peramban: ${p.origin}/login`,
    'Bila belum dapat masuk ke sana, minta tautan kepada admin: kominfo newsroom user link "<nama Anda>"',
  ],
  "not-allowed": (p) => [
    `Akun ini tidak berhak melakukan itu di ${p.origin}.`,
    "kominfo auth status --check",
  ],
  "token-not-enough": (p) => [
    `Dengan token saja, ${p.origin} tidak membuat admin, jalan masuk bagi admin, atau token bagi yang meninjau.`,
    "Di mesin ruang redaksi: kominfo newsroom user add (atau user code, user link) --data <folder>. Atau di meja redaksi, halaman Orang.",
  ],
  "activation-invalid": () => [
    "Kode aktivasi salah, sudah dipakai, atau lewat 72 jam.",
    "Periksa lagi kodenya; bila tetap ditolak, minta kode baru kepada admin ruang redaksi.",
  ],
  "client-too-old": () => [
    "Versi kominfo ini terlalu lawas untuk ruang redaksi.",
    "Perbarui kominfo, lalu ulangi.",
  ],
  "download-damaged": (p) => [`Foto dari ${p.origin} rusak di perjalanan.`, "Ulangi perintah yang sama."],
  "submission-not-found": (p) =>
    p.isWhole === false
      ? [
          `"${p.submission}" bukan nomor naskah yang lengkap (36 huruf dan angka).`,
          "Tulis seluruh nomornya, seperti yang ditampilkan: kominfo review list",
          "Atau pilih dari daftar: kominfo review show",
        ]
      : [
          `Naskah ${p.submission} tidak ada di ruang redaksi, atau tidak terbuka bagi akun Anda.`,
          "Yang terbuka bagi Anda: kominfo review list",
        ],
  "newsroom-too-old": (p) => [
    `Ruang redaksi di ${p.origin} belum mengenal "${p.key}", jadi naskah ini tidak dikirim.`,
    "Minta pengelola ruang redaksi memperbarui kominfo di sana, lalu ulangi.",
  ],
  "newsroom-outdated": (p) => [
    `Ruang redaksi di ${p.origin} masih versi lama, yang belum mengenal perintah ini.`,
    "Minta pengelola ruang redaksi memperbarui kominfo di sana, lalu ulangi.",
  ],
  "photo-unknown-there": (p) => [
    `Foto ${p.sha256} tidak ada di ruang redaksi.`,
    "Lihat lewat naskahnya: kominfo photo where <naskah>",
  ],
  "correction-note-missing": (p) => [
    "Naskah ini sudah terbit. Tulis satu kalimat untuk pembaca tentang apa yang diralat (ralat: di index.md).",
    `kominfo post edit ${p.post}`,
  ],
  "checks-open": (p) => [
    `Belum disetujui; yang masih harus diperiksa: ${p.checks.join(", ")}.`,
    `kominfo review show ${p.submission}`,
  ],
  "photo-unanswered": ({ open, submission }) => [
    `Foto ${open.map(({ n, name }) => `${n} (${name})`).join(", ")} belum diperiksa: ada anak di dalamnya? Jawab dengan --photo.`,
    `Lihat fotonya: kominfo review show ${submission}`,
    `Tambahkan: ${open.map(({ n }) => `--photo ${n}=tidak-ada`).join(" ")} (atau ada-disamarkan, ada-tak-dikenali)`,
    `Dengan izin: --photo "${open[0]?.n ?? 1}=ada-berizin:<dari siapa>,<tanggal>,<untuk apa>"`,
  ],
  "photo-answer-invalid": (p) => [
    `--photo "${p.value}" tidak terbaca; fotonya ada ${p.photos}.`,
    "--photo 2=tidak-ada (atau ada-disamarkan, ada-tak-dikenali); 2 adalah nomor foto, atau awal sha256-nya",
    '--photo "2=ada-berizin:Ibu Ratna,2026-11-22,laman kecamatan"',
  ],
  "override-invalid": (p) => [
    `--override "${p.value}" harus berbentuk aturan=alasan.`,
    '--override "kalimat.panjang=Kutipan langsung"',
  ],
  "revision-not-there": (p) => [
    `Naskah ini tidak punya revisi ${p.revision}; yang terbaru revisi ${p.newest}.`,
    `Lihat yang terbaru: ulangi dengan --revision ${p.newest}`,
  ],
  "revision-stale": (p) => [
    `Ada revisi yang lebih baru${p.revision ? ` (revisi ${p.revision})` : ""}.`,
    p.post
      ? `Ambil dulu revisi itu: kominfo post pull ${p.post}`
      : p.submission
        ? `Baca dulu yang terbaru, lalu putuskan lagi: kominfo review show ${p.submission}`
        : "Baca dulu yang terbaru, lalu putuskan lagi.",
  ],
  "submitted-from-copy": (p) => [
    "Naskah ini sudah terkirim dari komputer atau folder lain, dengan isi yang berbeda.",
    ...(p.submission ? [`Ambil yang sudah terkirim: kominfo post pull ${p.submission}`] : []),
    `Bila yang di sini naskah tersendiri: kominfo post new --copy ${p.post ?? "<naskah>"}`,
  ],
  "step-impossible": stepImpossible,
  "newsroom-refused": ({ title, details, refusedPhoto: photo }) => {
    if (!photo) return [`Ruang redaksi menolak: ${title}`, ...details];
    const reasons: Record<typeof photo.reason, readonly string[]> = {
      "photo-damaged": [
        "Ruang redaksi menolak foto yang rusak atau terpotong.",
        "Salin lagi dari kamera atau ponsel, lalu kirim lagi.",
      ],
      "photo-not-supported": [
        "Ruang redaksi hanya menerima JPEG, PNG, dan WebP.",
        "Simpan foto itu sebagai JPEG, lalu kirim lagi.",
      ],
      "photo-too-costly": [
        "Ruang redaksi menolak foto yang memerlukan terlalu banyak memori atau waktu untuk dibuka.",
        "Simpan sebagai JPEG biasa (bukan progresif), lalu kirim lagi.",
      ],
      "photo-too-large": [
        `Ruang redaksi menolak foto di atas ${photo.megapixels} megapiksel, ` +
          `atau ${photo.progressive} untuk WebP, JPEG progresif, dan PNG interlace.`,
        "Perkecil foto itu, lalu kirim lagi: kominfo photo resize",
      ],
    };
    return reasons[photo.reason];
  },
  "newsroom-user-unknown": (p) => [
    `Tidak ada pengguna "${p.wanted}" di ruang redaksi.`,
    "kominfo newsroom user list",
  ],
  "newsroom-user-ambiguous": (p) => [
    `Ada lebih dari satu pengguna bernama "${p.wanted}"; sebutkan ID-nya.`,
    ...p.people.map(
      ({ id, role, created_at: added }) =>
        `${id} (${role}${added === undefined ? "" : `, ditambahkan ${formatInstant(added, "id")}`})`,
    ),
    "kominfo newsroom user list",
  ],
  "newsroom-token-unknown": (p) => [
    `${p.name} tidak punya login "${p.wanted}" yang masih berlaku.`,
    `kominfo newsroom user tokens "${p.name}"`,
  ],
  "newsroom-token-ambiguous": (p) => [
    `Ada lebih dari satu login bernama "${p.wanted}"; sebutkan ID-nya.`,
    ...p.ids.map((id) => `--end ${id}`),
  ],
  "newsroom-user-kecamatan": (p) => [
    p.problem === "required"
      ? "Operator harus punya kecamatan."
      : p.problem === "unknown"
        ? "Kecamatan itu tidak ada di Kabupaten Bekasi."
        : `Peran ${p.role} tidak terikat pada satu kecamatan.`,
    p.problem === "unwanted" ? "Hapus --kecamatan." : "Tambahkan --kecamatan <kode|nama>.",
  ],
  "newsroom-link-refused": (p) => [
    p.reason === "operator" || p.reason === "publisher"
      ? `${p.name} ${p.reason}; peran itu tidak memakai meja redaksi.`
      : `Akses ${p.name} sudah berakhir.`,
    "kominfo newsroom user list",
  ],
  "newsroom-code-refused": (p) =>
    p.reason === "inactive"
      ? [
          `Akses ${p.name} sudah berakhir atau dihentikan, jadi tidak dapat diberi kode.`,
          `Bila hanya dihentikan, kembalikan dulu: kominfo newsroom user suspend "${p.name}" --lift`,
          "Bila sudah berakhir, tambahkan lagi: kominfo newsroom user add",
        ]
      : [
          `${p.name} ${p.reason}; peran itu memakai token, bukan kode.`,
          "kominfo newsroom user add --role publisher --token",
        ],
  "newsroom-last-admin": (p) => [
    `${p.name} adalah admin terakhir dan tidak dapat dicabut.`,
    "Tambahkan admin lain dahulu: kominfo newsroom user add --role admin",
  ],
  "link-invalid": (p) => [
    `"${p.link}" bukan alamat tayangan.`,
    "Salin alamat lengkapnya dari peramban, diawali https://",
  ],
  "record-undecided": (p) => [
    `Kiriman kominfo ke ${channelLabel(p.channel)} belum jelas, jadi tautannya tidak dicatat di sampingnya: nanti terhitung dua kali.`,
    "Periksa dulu: kominfo sync",
    `Bila tetap belum jelas, minta editor memutuskannya dengan tautan itu di meja redaksi: ${p.page}`,
  ],
  "link-elsewhere": (p) => [
    `${p.host} bukan alamat ${channelLabel(p.channel)}. Tidak ada yang dicatat.`,
    `Salin tautannya dari ${channelLabel(p.channel)}, lalu ulangi.`,
  ],
  "link-front-page": (p) => [
    `Itu alamat akun atau halaman depan ${channelLabel(p.channel)}, bukan kirimannya. Tidak ada yang dicatat.`,
    "Buka kirimannya, lalu salin tautannya.",
  ],
  "channel-differs": (p) => [
    `Alamat itu di ${channelLabel(p.actual)}, bukan ${channelLabel(p.given)}.`,
    "Hapus --channel, atau periksa alamatnya.",
  ],
  "not-approved": (p) => [
    `Naskah ini ${post.states[p.state]}; baru dapat diterbitkan atau dicatat terbit sesudah disetujui.`,
    "Lihat statusnya: kominfo post status",
  ],
  "channel-not-approved": (p) => [
    `Naskah ini tidak disetujui untuk ${channelLabel(p.channel)}.`,
    `Kanal yang disetujui: ${p.approved.map((channel) => channelLabel(channel)).join(", ")}`,
  ],
  "publication-held": (p) => [
    `${p.by} sedang menerbitkannya, paling lama sampai ${formatInstant(p.until, "id")}.`,
    "Ulangi sesudah itu. Yang sudah terbit terlihat di: kominfo post status",
  ],
  "publication-refused": (p) => refusedPublications[p.refusal],
  "schedule-too-early": (p) => [
    `Waktu itu terlalu awal menurut jam ruang redaksi; jadwal paling awal ${formatInstant(p.soonest, "id")}.`,
    "Pilih waktu sesudahnya, dan periksa jam komputer ini: kominfo post publish <naskah> --at <waktu>",
  ],
  "under-embargo": (p) => [
    `Naskah ini belum boleh terbit sebelum ${formatInstant(p.until, "id")}.`,
    `Jadwalkan: kominfo post publish <naskah> --at "${typedInstant(p.until)}"`,
  ],
};
