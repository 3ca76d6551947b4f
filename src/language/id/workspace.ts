/** Words of `init`, the menu, and of what concerns every command. */
export const workspace = {
  bug: [
    "Ini kesalahan kominfo, bukan kesalahan Anda.",
    "Ulangi dengan --verbose, lalu kirim hasilnya ke pengelola kominfo.",
  ] as readonly string[],
  askKecamatan: "Kecamatan mana?",
  askNewsroom: "Alamat ruang redaksi (kosongkan bila belum tahu)",
  made: (p: { root: string; name: string }) => `Ruang kerja Kecamatan ${p.name} siap di ${p.root}`,
  next: "Selanjutnya:",
  menu: "Apa yang ingin Anda lakukan?",
  menuChoices: {
    setup: "Menyiapkan kominfo di komputer ini, langkah demi langkah",
    init: "Menyiapkan ruang kerja di folder ini",
    new: "Membuat naskah baru",
    submit: "Mengirim naskah ke ruang redaksi",
    status: "Melihat status dan catatan editor",
    edit: "Memperbaiki naskah",
    list: "Melihat daftar naskah",
    login: "Masuk ke ruang redaksi",
    doctor: "Memeriksa apa yang siap dan apa yang belum",
    help: "Melihat semua perintah",
    leave: "Keluar",
  },
  whichPost: "Naskah yang mana?",
  noPosts: "Belum ada naskah.",
};
