interface Counted {
  path: string;
  submissions: number;
  photos: number;
}

/** Words of the `newsroom` commands. */
export const newsroom = {
  // serve
  listening: (p: { url: string }) => `Ruang redaksi berjalan di ${p.url}`,
  dataIn: (p: { path: string }) => `Datanya disimpan di ${p.path}`,
  noAdmin: "Belum ada admin. Di terminal lain, buat yang pertama:",
  tlsEnded: (p: { when: string }) =>
    `Sertifikat TLS sudah berakhir pada ${p.when}; pengguna tidak dapat masuk.`,
  stopWith: "Ctrl-C untuk berhenti",
  stopped: "Ruang redaksi berhenti; semua yang diterima sudah tersimpan.",
  // backup, restore, move
  copying: (p: { what: string }) => `menyalin ${p.what} …`,
  backedUp: (p: Counted) => `Cadangan lengkap di ${p.path}: ${p.submissions} naskah, ${p.photos} foto.`,
  restored: (p: Counted) =>
    `Dipulihkan ke ${p.path}: ${p.submissions} naskah, ${p.photos} foto, semuanya dicocokkan.`,
  moved: (p: Counted) =>
    `Dipindahkan ke ${p.path}: ${p.submissions} naskah, ${p.photos} foto, semuanya dicocokkan.`,
  wouldMove: (p: Counted) =>
    `Akan dipindahkan ke ${p.path}: ${p.submissions} naskah, ${p.photos} foto. Belum ada yang ditulis.`,
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
  },
  askKecamatan: "Kecamatan mana?",
  added: (p: { who: string }) => `${p.who} ditambahkan.`,
  codeOnce: "Kode aktivasi ini hanya ditampilkan sekali, berlaku satu kali dalam 72 jam.",
  tellThem: "Sampaikan kodenya langsung kepada yang bersangkutan; ia mengetik:",
  addressPlaceholder: "<alamat ruang redaksi>",
  tokenOnce: "Tokennya hanya ditampilkan sekali. Simpan di tempat yang aman.",
  until: (p: { when: string }) => `Berlaku sampai ${p.when}.`,
  linkFor: (p: { who: string; when: string }) =>
    `Untuk ${p.who}: sekali pakai, sampai ${p.when}. Kirim hanya kepadanya.`,
  nobody: "Belum ada siapa-siapa. Tambahkan dengan: kominfo newsroom user add",
  columns: ["ID", "Nama", "Peran", "Kecamatan", "Akses", "Berlaku sampai", "Terakhir dipakai"],
  active: "aktif",
  ended: "berakhir",
  suspended: (p: { who: string }) => `Akses ${p.who} dihentikan sementara; kembalikan dengan --lift.`,
  resumed: (p: { who: string }) => `Akses ${p.who} dikembalikan.`,
  revoked: (p: { who: string }) => `Akses ${p.who} dicabut; semua token dan kodenya tidak berlaku lagi.`,
};
