import type { AccountChannel } from "../../channels/registry.js";
import type { ChannelErrors } from "../../errors/channels.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { systemReason } from "./system-reasons.js";

/** Messages of the accounts on channels: their fields, and where a person finds each. */
export const channels = {
  askAddress: "Alamat situs WordPress",
  about: {
    web: (p: { source: string }) =>
      `Sandi aplikasi dibuat di ${p.source}\nMasuk dengan akun untuk menulis berita, beri nama "kominfo", lalu salin sandinya.`,
    facebook: (p: { source: string }) =>
      `Token Halaman dibuat di ${p.source}\nPilih pengguna sistem yang mengelola Halaman, lalu Buat token; nomor Halaman ada di Halaman > Tentang > Transparansi Halaman.`,
    instagram: (p: { source: string }) =>
      `Nomor akun ada di ${p.source}\nAkunnya harus profesional dan tertaut ke Halaman Facebook; tokennya dibuat seperti token Halaman.`,
    x: (p: { source: string }) =>
      `Kunci dibuat di ${p.source}\nPilih aplikasinya (izin Read and write), lalu Keys and tokens.`,
  } satisfies Record<AccountChannel, (p: { source: string }) => string>,
  /** How access by a stored login is ended. */
  revoke: {
    web: (p: { url: string }) => `hapus sandi aplikasi laptop ini di ${p.url}`,
    facebook: (p: { url: string }) => `keluarkan nama Anda dari orang yang mengelola Halaman, di ${p.url}`,
    instagram: (p: { url: string }) => `cabut aplikasi dan orang yang mengelola akun, di ${p.url}`,
    x: (p: { url: string }) => `cabut aplikasi yang terhubung, di ${p.url}`,
  } satisfies Record<AccountChannel, (p: { url: string }) => string>,
  fields: {
    user: "Nama pengguna WordPress",
    app_password: "Sandi aplikasi",
    page_id: "Nomor Halaman (page id)",
    account_id: "Nomor akun Instagram (account id)",
    token: "Token",
    api_key: "API Key",
    api_secret: "API Key Secret",
    access_token: "Access Token",
    access_secret: "Access Token Secret",
  } as Record<string, string>,
  fieldForm: "Tidak lengkap atau ada karakter yang salah; salin ulang seutuhnya",
  loggedIn: (p: { name: string; service: string; origin: string }) =>
    `${p.name}: akun ${p.service} di ${p.origin} berlaku dan disimpan.`,
  noEnd: "Layanannya tidak menyebut batas waktu.",
  chooseWay: (p: { service: string }) => `Masuk ke ${p.service} dengan cara apa?`,
  ways: {
    keys: {
      name: "Empat kunci (OAuth 1.0a)",
      description: "Disalin dari developer.x.com; berlaku sampai dicabut.",
    },
    browser: {
      name: "Lewat peramban (OAuth 2.0)",
      description: "Diperbarui sendiri; perlu Client ID aplikasi.",
    },
  },
  aboutBrowser: (p: { redirect: string }) =>
    `Di User authentication settings aplikasi itu: jenisnya Native App, Callback URI-nya persis ${p.redirect}`,
  clientId: "Client ID",
  openThis: (p: { url: string; service: string }) =>
    `Buka alamat ini di peramban komputer ini, masuk dengan akun ${p.service} kantor, lalu setujui:\n\n${p.url}`,
  browserDone: "Selesai. Tutup halaman ini dan kembali ke terminal.",
  browserDeclined: "Izin tidak diberikan. Tutup halaman ini dan kembali ke terminal.",
  browserStranger: "Halaman ini hanya untuk jawaban yang sedang ditunggu kominfo.",
  stillValidThere: (p: { service: string; url: string }) =>
    `Di ${p.service} sendiri akun itu masih berlaku sampai dicabut: ${p.url}`,
  /** What a website says of a post that is not, or not surely, published, by the code of the outcome. */
  outcomes: {
    returned: "dikembalikan redaksi web",
    trashed: "dibuang ke tempat sampah di situs",
    deleted: "dihapus di situs",
    "other-user": "hanya terlihat oleh pengguna WordPress yang mengirimnya",
    "edited-there": "isinya diubah di situs, jadi tidak dapat dipastikan",
    "too-late": "tidak dikirim: komputernya tertidur sesudah ruang redaksi setuju; coba lagi",
    "not-live": "beritanya tidak sedang tayang di situs",
  } as Record<string, string>,
};

/** Izin WordPress, sebagai kelanjutan dari "belum boleh". */
const webCapabilities = {
  edit_posts: "menulis berita",
  upload_files: "mengunggah foto",
  edit_published_posts: "mengubah atau menarik berita yang sudah terbit",
} satisfies Record<ChannelErrors["web-role"]["lacks"], string>;

/** Izin yang diperlukan di Meta, untuk menerbitkan, meralat, dan menurunkan. */
const metaPermissions: Record<string, readonly string[]> = {
  facebook: [
    "Tokennya perlu izin pages_manage_posts dan pages_read_engagement, dan orangnya perlu akses konten di Halaman itu.",
    "Bila mendesak, kerjakan sendiri di Halaman itu; terbitan baru lalu dicatat (kominfo post record <naskah> --url <alamat>), dan yang diturunkan ditandai editor di meja redaksi.",
  ],
  instagram: [
    "Tokennya perlu izin instagram_content_publish, dan instagram_manage_contents untuk menghapus.",
    "Bila mendesak, kerjakan sendiri di aplikasi Instagram; terbitan baru lalu dicatat (kominfo post record <naskah> --url <alamat>), dan yang diturunkan ditandai editor di meja redaksi.",
  ],
};

export const channelErrors: ErrorSentences<ChannelErrors> = {
  "channel-refused": (p) => [
    `${p.origin} menolak akun ${p.service} ini: salah, habis masa berlakunya, atau sudah dicabut.`,
    `Ambil yang baru di layanannya, lalu: kominfo auth login ${p.service}`,
    // A site whose server drops the header answers as to a wrong password.
    ...(p.service === "web"
      ? [
          "Bila yakin benar, minta pengelola situs meneruskan header Authorization ke PHP (Apache: CGIPassAuth On).",
        ]
      : []),
  ],
  "channel-forbidden": (p) => [
    `${p.origin} mengenal akun ${p.service} ini, tetapi tidak memberinya izin yang diperlukan.`,
    ...(metaPermissions[p.service] ?? ["Periksa izin aplikasi atau peran akun itu di layanannya."]),
    `Lalu: kominfo auth login ${p.service}`,
  ],
  "channel-other-account": (p) => [
    `Token ${p.service} ini tidak membuka ${p.id}: nomornya salah, atau tokennya milik akun lain.`,
    `Periksa keduanya, lalu: kominfo auth login ${p.service}`,
  ],
  "channel-photos-hidden": (p) => [
    `Login ini tidak melihat foto yang sudah disiapkan di ${p.service}; kiriman yang memakainya mungkin sudah terbit.`,
    "Lanjutkan di komputer yang memulainya: kominfo sync. Atau tunggu sehari.",
  ],
  "channel-hidden": (p) => [
    `Yang menjawab di ${p.origin} bukan layanan ${p.service} (${contentType(p.type)}).`,
    "Bila memakai Wi-Fi umum, buka peramban dan masuk dulu ke Wi-Fi itu, lalu ulangi.",
  ],
  "channel-not-there": (p) => [
    p.service === "web"
      ? `Tidak ada REST API WordPress di ${p.origin} (${p.status}, ${contentType(p.type)}).`
      : `${p.origin} menjawab bahwa yang diminta kominfo tidak ada di sana (${p.status}, ${contentType(p.type)}).`,
    p.service === "web"
      ? 'Periksa alamatnya; di WordPress, Pengaturan > Permalink tidak boleh "Polos", dan plugin keamanan tidak boleh mematikan REST API.'
      : "Perbarui kominfo; bila tetap begitu, beri tahu pengelola kominfo.",
  ],
  "web-unset": () => [
    "Alamat situs belum diketahui.",
    "Tulis di kominfo.yaml: web: { url: https://… }",
    "atau tambahkan --url <alamat>",
  ],
  "channel-address-fixed": (p) => [
    `${p.service} selalu di ${p.origin}; alamat lain tidak diberi sandi.`,
    "Hapus --url.",
  ],
  "fields-malformed": (p) => [
    `Yang dibaca bukan satu objek JSON dengan isian ${p.service}: ${p.fields.join(", ")}.`,
    `Misalnya: {${p.fields.map((field) => `"${field}": "…"`).join(", ")}}`,
  ],
  "field-invalid": (p) => [
    `Isian ${p.field} untuk ${p.service} kosong atau bentuknya tidak mungkin benar.`,
    "Salin ulang seutuhnya dari layanannya.",
  ],
  "login-declined": (p) => [
    `Izin untuk ${p.service} tidak diberikan di peramban; tidak ada yang disimpan.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-too-slow": (p) => [
    `Belum ada jawaban dari peramban untuk ${p.service}, lalu tidak ditunggu lagi.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-port-taken": (p) => [
    `Porta ${p.port} di komputer ini tidak dapat dipakai untuk menerima jawaban peramban (${systemReason(p.reason)}).`,
    "Tutup kominfo lain yang sedang masuk, lalu ulangi.",
  ],
  "web-role": (p) => [
    `Akun ${p.account} di ${p.origin} belum boleh ${webCapabilities[p.lacks]}; tidak ada yang diterbitkan.`,
    p.lacks === "upload_files"
      ? `Minta pengelola situs menambahkan izin upload_files pada peran akun itu, atau memberinya peran Author (Penulis).`
      : `Minta pengelola situs memeriksa peran akun itu (izin ${p.lacks}).`,
    "kominfo auth status --check",
  ],
  "web-not-editable": (p) => [
    `Akun ${p.account} di ${p.origin} tidak boleh mengubah berita yang sudah terbit (${p.link}).`,
    "Ralat menggantikan isi berita itu juga. Minta redaktur situs mengubahnya, atau memberi akun itu izin menyunting berita tersebut.",
    "Teks ralatnya: kominfo post preview <berita>",
  ],
  "web-not-live": (p) => [
    `Berita yang akan diralat tidak sedang tayang (${p.link}).`,
    "Periksa di situs: dihapus, ditarik, atau alamatnya berubah.",
  ],
  "web-firewall": (p) => [
    `Pengaman (firewall) di depan ${p.origin} menolak kominfo, sebelum WordPress membacanya.`,
    "Minta pengelola situs mengizinkan /wp-json/wp/v2/ untuk akun ini (WAF, ModSecurity, Cloudflare, plugin keamanan).",
  ],
  "web-upload-refused": (p) => [
    `${p.origin} tidak menerima fotonya (${p.reason}).`,
    "Minta pengelola situs memeriksa batas unggahan (upload_max_filesize, post_max_size, client_max_body_size) serta sisa ruang disk.",
    "Lalu ulangi perintah yang sama; foto yang sudah ada di situs tidak diunggah lagi.",
  ],
  "web-answer-broken": (p) => [
    `Jawaban ${p.origin} rusak: ada tulisan lain di sekitar datanya.`,
    "Minta pengelola situs mematikan WP_DEBUG_DISPLAY, atau mencari plugin yang mencetak peringatan.",
  ],
  "web-refused": (p) => [
    `${p.origin} menolak isiannya (${p.reason}).`,
    "Beri tahu pengelola situs dan pengelola kominfo.",
  ],
  "web-text-changed": (p) => [
    `${p.origin} mengubah teks yang disetujui ketika menyimpannya; tidak ada yang diterbitkan.`,
    "Minta pengelola situs mencari plugin yang mengubah isi berita saat disimpan.",
  ],
  "web-still-visible": (p) => [
    `Berita sudah ditarik di situs, tetapi halamannya masih muncul (${p.link}).`,
    "Minta pengelola situs mengosongkan cache (plugin cache, CDN), lalu ulangi perintah yang sama.",
  ],
  "web-photos-visible": (p) => [
    `Fotonya masih dapat dibuka siapa pun di ${p.origin} (${p.links.join(", ")}).`,
    ...(p.pages.length > 0
      ? [
          `Halaman lain juga menampilkannya, jadi tidak dihapus (${p.pages.join(", ")}). Turunkan atau ganti fotonya di sana dulu.`,
        ]
      : []),
    ...(p.isKept
      ? [
          `Akun ${p.account} tidak boleh menghapusnya: minta pengelola situs menghapusnya di Media, atau memberi akun itu izin delete_posts.`,
        ]
      : []),
    ...(p.isServed
      ? [
          "Fotonya sudah dihapus, tetapi masih keluar dari cache: minta pengelola situs mengosongkannya (plugin cache, CDN).",
        ]
      : []),
    "Sesudah itu ulangi perintah yang sama, atau: kominfo sync",
  ],
  "web-too-many-posts": (p) => [
    `Terlalu banyak tulisan di ${p.origin} yang berubah sejak fotonya diunggah, jadi tidak dapat dipastikan apakah foto itu dipakai di tempat lain.`,
    "Minta pengelola situs menghapus foto itu di Media, lalu editor menandainya di meja redaksi.",
  ],
};
