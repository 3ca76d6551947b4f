export const service = {
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
  "newsroom-database-invalid": () => [
    "Alamat basis data tidak dikenali.",
    "Contoh: --database postgres://kominfo@localhost/redaksi; kata sandi lewat PGPASSWORD atau ~/.pgpass.",
  ],
  "newsroom-database-unusable": (p: { address: string; reason: string }) => [
    `Basis data ${p.address} tidak dapat dibuka (${p.reason}).`,
    "Periksa apakah PostgreSQL berjalan, dan nama, kata sandi, serta haknya benar.",
  ],
  "newsroom-secret-in-argv": (p: { flag: string }) => [
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
  "newsroom-blobs-unusable": (p: { path: string; reason: string }) => [
    `Tempat foto ${p.path} tidak dapat dipakai (${p.reason}).`,
    "Periksa alamat, nama bucket, dan haknya.",
  ],
  "package-missing": (p: { name: string }) => [
    `Paket ${p.name} belum terpasang di komputer ini.`,
    `npm install -g ${p.name}`,
  ],
  "newsroom-running": (p: { path: string }) => [
    `Ruang redaksi di ${p.path} masih berjalan.`,
    "Hentikan dahulu (Ctrl-C, atau systemctl stop), lalu ulangi.",
  ],
  "newsroom-target-used": (p: { path: string }) => [
    `Di ${p.path} sudah ada ruang redaksi lain.`,
    "Pilih tempat yang masih kosong.",
  ],
  "newsroom-unfinished": (p: { path: string; from: string }) => [
    `Ruang redaksi di ${p.path} belum lengkap: penyalinan dari ${p.from} terputus.`,
    "Ulangi perintah yang menyalinnya (newsroom restore atau newsroom move); penyalinan dilanjutkan.",
  ],
  "newsroom-moved": (p: { path: string; to: string }) => [
    `Ruang redaksi di ${p.path} sudah dipindahkan ke ${p.to}.`,
    `kominfo newsroom serve --database "${p.to}"`,
  ],
  "newsroom-copy-differs": (p: { table: string }) => [
    `Salinan tabel ${p.table} tidak sama dengan aslinya.`,
    "Kosongkan tempat tujuan, lalu ulangi. Data asal tidak berubah.",
  ],
  "newsroom-blob-damaged": (p: { sha256: string }) => [
    `Foto ${p.sha256} hilang atau rusak.`,
    "Kembalikan foto itu dari cadangan lain, lalu ulangi.",
  ],
  "newsroom-backup-missing": (p: { path: string }) => [
    `Di ${p.path} tidak ada cadangan yang lengkap.`,
    `kominfo newsroom backup "${p.path}"`,
  ],
  "newsroom-newer": (p: { path: string }) => [
    `Data ruang redaksi di ${p.path} dibuat oleh kominfo yang lebih baru.`,
    "Perbarui kominfo di komputer ini.",
  ],
  "newsroom-host-public": (p: { host: string }) => [
    `Di ${p.host} ruang redaksi dapat dicapai dari luar komputer ini, jadi memerlukan TLS.`,
    "Tambahkan --tls-cert <berkas> --tls-key <berkas>, atau pakai --host 127.0.0.1.",
    "Bila nginx di komputer ini yang melayani TLS: kominfo newsroom serve --behind-proxy",
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
  "newsroom-link-refused": (p: { name: string; reason: string }) => [
    p.reason === "operator"
      ? `${p.name} operator; meja redaksi untuk editor dan admin.`
      : `Akses ${p.name} sudah berakhir.`,
    "kominfo newsroom user list",
  ],
  "newsroom-last-admin": (p: { name: string }) => [
    `${p.name} adalah admin terakhir dan tidak dapat dicabut.`,
    "Tambahkan admin lain dahulu: kominfo newsroom user add --role admin",
  ],
};
