import type { NewsroomServerErrors } from "../../errors/newsroom-server.js";
import type { ErrorSentences } from "../types.js";
import { systemReason } from "./system-reasons.js";

export const newsroomServerErrors: ErrorSentences<NewsroomServerErrors> = {
  "newsroom-folder-missing": (p) => [
    `Di ${p.path} tidak ada ruang redaksi.`,
    ...(p.nearest === undefined ? [] : [`Yang ada: --data "${p.nearest}"`]),
    `Untuk membuat yang baru di sana: kominfo newsroom init --data "${p.path}"`,
  ],
  "newsroom-folder-foreign": (p) => [
    `Folder ${p.path} berisi berkas lain; data ruang redaksi memerlukan folder kosong.`,
    "Pilih folder kosong atau folder baru dengan --data.",
  ],
  "newsroom-folder-unusable": (p) => [
    `Data ruang redaksi di ${p.path} tidak dapat dibuka (${systemReason(p.reason)}).`,
    "Periksa izin folder dan sisa ruang; bila berkasnya rusak, pulihkan dari cadangan.",
  ],
  "newsroom-database-invalid": () => [
    "Alamat basis data tidak dikenali.",
    "Contoh: --database postgres://kominfo@localhost/redaksi; kata sandi lewat PGPASSWORD atau ~/.pgpass.",
  ],
  "newsroom-database-unusable": (p) => [
    `Basis data ${p.address} tidak dapat dibuka (${systemReason(p.reason)}).`,
    "Periksa apakah PostgreSQL berjalan, dan nama, kata sandi, serta haknya benar.",
  ],
  "newsroom-secret-in-argv": (p) => [
    `Jangan menulis kata sandi di ${p.flag}: semua pengguna komputer ini dapat membacanya.`,
    "Pakai PGPASSWORD, ~/.pgpass, atau KOMINFO_NEWSROOM_DATABASE; kunci S3 di AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY. Ganti kata sandi yang telanjur ditulis.",
  ],
  "newsroom-blobs-invalid": () => [
    "Tempat foto tidak dikenali.",
    'Contoh: --blobs "s3://redaksi?endpoint=https://s3.contoh.go.id"',
  ],
  "newsroom-blobs-keys": () => [
    "Kunci penyimpanan S3 belum diberikan.",
    "Isi AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY.",
  ],
  "newsroom-blobs-unusable": (p) => [
    `Tempat foto ${p.path} tidak dapat dipakai (${systemReason(p.reason)}).`,
    "Periksa alamat, nama bucket, dan haknya.",
  ],
  "package-missing": (p) => [`Paket ${p.name} belum terpasang di komputer ini.`, `npm install -g ${p.name}`],
  "newsroom-running": (p) => [
    `Ruang redaksi di ${p.path} masih berjalan.`,
    "Hentikan dahulu (Ctrl-C, atau systemctl stop), lalu ulangi.",
  ],
  "newsroom-target-used": (p) => [
    `Di ${p.path} sudah ada ruang redaksi lain.`,
    "Pilih tempat yang masih kosong.",
  ],
  "newsroom-unfinished": (p) => [
    `Ruang redaksi di ${p.path} belum lengkap: penyalinan dari ${p.from} terputus.`,
    "Ulangi perintah yang menyalinnya (kominfo newsroom restore atau kominfo newsroom move); penyalinan dilanjutkan.",
  ],
  "newsroom-moved": (p) => [
    `Ruang redaksi di ${p.path} sudah dipindahkan ke ${p.to}.`,
    `kominfo newsroom serve --database "${p.to}"`,
  ],
  "newsroom-copy-differs": (p) => [
    `Salinan tabel ${p.table} tidak sama dengan aslinya.`,
    "Kosongkan tempat tujuan, lalu ulangi. Data asal tidak berubah.",
  ],
  "newsroom-blob-damaged": (p) => [
    `Foto ${p.sha256} hilang atau rusak.`,
    "Kembalikan foto itu dari cadangan lain, lalu ulangi.",
  ],
  "newsroom-backup-missing": (p) => [
    `Di ${p.path} tidak ada cadangan yang lengkap.`,
    `kominfo newsroom backup "${p.path}"`,
  ],
  "newsroom-secrets-key-unusable": (p) =>
    p.reason === "open"
      ? [`Kunci rahasia di ${p.path} dapat dibaca semua pengguna komputer ini.`, `chmod 600 "${p.path}"`]
      : [
          `Kunci rahasia di ${p.path} tidak dapat dipakai (${systemReason(p.reason)}).`,
          "Salin secrets.key dari folder data yang lama. Kunci baru: openssl rand -base64 32",
        ],
  "newsroom-audit-broken": (p) =>
    p.problem.endsWith("erased-early")
      ? [
          `Nama atau alamat pada catatan audit nomor ${p.seq} terhapus sebelum waktunya.`,
          "Seseorang mengubah basis data langsung, atau masa simpannya pernah lebih pendek (pengaturan audit). Bandingkan dengan cadangan sebelumnya.",
        ]
      : [
          p.problem === "missing"
            ? `Catatan audit nomor ${p.seq} hilang.`
            : `Catatan audit nomor ${p.seq} tidak seperti saat ditulis.`,
          "Seseorang mengubah basis data langsung. Simpan salinannya, lalu bandingkan dengan cadangan sebelumnya.",
        ],
  "newsroom-newer": (p) => [
    `Data ruang redaksi di ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "newsroom-host-public": (p) => [
    `Di ${p.host} ruang redaksi dapat dicapai dari luar komputer ini, jadi memerlukan TLS.`,
    "Tambahkan --tls-cert <berkas> --tls-key <berkas>, atau pakai --host 127.0.0.1.",
    "Bila nginx di komputer ini yang melayani TLS: kominfo newsroom serve --behind-proxy",
  ],
  "newsroom-port-unusable": (p) => [
    `Alamat ${p.host}:${p.port} tidak dapat dipakai (${systemReason(p.reason)}).`,
    "Pilih port lain, atau --port 0 untuk port bebas.",
  ],
  "newsroom-tls-incomplete": () => [
    "TLS memerlukan sertifikat dan kuncinya.",
    "Sebutkan keduanya: --tls-cert <berkas> --tls-key <berkas>",
  ],
  "newsroom-tls-twice": () => [
    "TLS dilayani oleh ruang redaksi sendiri atau oleh proxy, bukan keduanya.",
    "Pilih --tls-cert dan --tls-key, atau --behind-proxy.",
  ],
  "newsroom-tls-unreadable": (p) => [
    `Berkas TLS ${p.path} tidak dapat dibaca (${systemReason(p.reason)}).`,
    "Periksa nama dan izin berkasnya.",
  ],
  "newsroom-tls-invalid": (p) => [
    p.kind === "key"
      ? `Di ${p.path} tidak ada kunci TLS dalam bentuk PEM.`
      : `Di ${p.path} tidak ada sertifikat TLS dalam bentuk PEM.`,
    "Pakai berkas dari penerbit sertifikat; dari Let's Encrypt: fullchain.pem dan privkey.pem.",
  ],
  "newsroom-tls-key-locked": (p) => [
    `Kunci TLS di ${p.path} dikunci dengan frasa sandi.`,
    `openssl pkey -in "${p.path}" -out kunci.pem`,
  ],
  "newsroom-tls-key-open": (p) => [
    `Kunci TLS di ${p.path} dapat dibaca semua pengguna komputer ini.`,
    `chmod 640 "${p.path}"`,
  ],
  "newsroom-tls-mismatch": (p) => [
    `Kunci di ${p.path} bukan kunci dari sertifikat di ${p.file}.`,
    "Pakai sertifikat dan kunci yang diterbitkan bersama.",
  ],
};
