/** Words of `auth export` and `auth import`. */
export const bundle = {
  // export
  passphrase:
    "Frasa sandi berkas ini, hanya ditampilkan sekali ini. Catat di kertas, dan jangan kirim bersama berkasnya:",
  noted: "Sudah dicatat?",
  exported: (p: { count: number; path: string }) => `${p.count} akun disimpan dalam ${p.path}.`,
  endsPersonal: "Serah terima mengakhiri login atas nama Anda sendiri, sekarang juga:",
  endPersonal: "Lanjutkan?",
  leftOut: "Tidak disertakan, karena atas nama Anda sendiri:",
  ended: "sudah dicabut di ruang redaksi dan dihapus dari laptop ini",
  notEnded: "belum dapat dicabut, dan masih ada di laptop ini",
  nextThere: (p: { path: string }) =>
    `Pindahkan berkas itu ke laptop baru, lalu di sana: kominfo auth import ${p.path}`,
  oldLaptop: "Setelah laptop baru siap, di laptop ini:",
  oldLaptopLost:
    "Jika laptop lama hilang, cabut aksesnya di layanannya, lalu masuk lagi di laptop baru (kominfo auth login <layanan>):",
  handoverNext:
    "Penerus Anda mengimpor berkas itu, lalu masuk ke ruang redaksi dengan kode aktivasinya sendiri: kominfo auth login newsroom",
  handoverRevoke:
    "Setelah penerus Anda mengganti sandi dan token kantor dengan yang baru (kominfo auth login <layanan>), cabut yang lama, satu per satu:",
  handoverLast: "Terakhir, di laptop ini:",
  revoke: {
    newsroom: (p: { origin: string }) =>
      `minta admin ${p.origin} mencabut akun Anda di semua perangkat (kominfo newsroom user revoke <nama Anda>)`,
    web: (p: { url: string }) => `hapus sandi aplikasi laptop ini di ${p.url}`,
    facebook: (p: { url: string }) => `keluarkan nama Anda dari orang yang mengelola Halaman, di ${p.url}`,
    instagram: (p: { url: string }) => `cabut aplikasi dan orang yang mengelola akun, di ${p.url}`,
    x: (p: { url: string }) => `cabut aplikasi yang terhubung, di ${p.url}`,
  },
  // import
  ask: (p: { path: string }) => `Frasa sandi ${p.path}`,
  askAgain: "Frasa sandi salah. Coba lagi",
  content: (p: { path: string; when: string; handover: boolean }) =>
    `${p.path}, dibuat ${p.when}${p.handover ? ", untuk serah terima" : ""}, berisi:`,
  columns: ["Layanan", "Akun", "Alamat", "Di laptop ini"],
  action: { added: "baru", replaced: "menggantikan yang ada" },
  dryRun: "Belum ada yang disimpan (--dry-run).",
  confirm: (p: { count: number }) => `Simpan ${p.count} akun ini di laptop ini?`,
  imported: (p: { count: number }) => `${p.count} akun disimpan.`,
  checked: { yes: "berlaku", no: "tidak berlaku", unknown: "belum diperiksa" },
  removeFile: (p: { path: string }) => `Hapus berkasnya sekarang: ${p.path}`,
  thenOldLaptop: "Setelah laptop ini siap, di laptop lama:",
  thenActivate: "Masuklah ke ruang redaksi dengan kode aktivasi Anda sendiri: kominfo auth login newsroom",
};
