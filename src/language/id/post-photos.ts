/** Messages of `post photos` and `photo blur`. */
export const postPhotos = {
  none: (p: { slug: string }) =>
    `${p.slug} belum memuat foto. Tambahkan dengan: kominfo post attach ${p.slug} <foto>`,
  which: "Foto mana yang ingin diubah?",
  finish: "(selesai)",
  change: "Apa yang diubah?",
  changes: {
    caption: "Keterangan foto",
    alt: "Gambaran isi foto",
    credit: "Kredit foto",
    move: "Urutan",
    lead: "Jadikan foto utama",
    focus: "Bagian yang tidak boleh terpotong",
    children: "Anak di foto ini",
    blur: "Samarkan bagian foto",
    remove: "Keluarkan dari naskah",
    open: "Buka fotonya lagi",
    back: "(foto lain)",
  },
  lacks: "belum lengkap",
  leads: "foto utama",
  hasBlur: (p: { count: number }) => `${p.count} bagian disamarkan`,
  hasFocus: (p: { focus: string }) => `bagian penting di ${p.focus}`,
  changedPart: (p: { what: string; name: string; n: number }) => `Foto ${p.n} (${p.name}), diubah: ${p.what}`,
  opened: (p: { path: string }) =>
    `Foto ini dibuka di penampil gambar. Bila tidak muncul, buka sendiri: ${p.path}`,
  notOpened: (p: { path: string }) => `Lihat fotonya di: ${p.path}`,
  moveTo: (p: { count: number }) => `Menjadi foto ke berapa (1 sampai ${p.count})?`,
  askFocus: "Bagian mana yang harus selalu terlihat?",
  focusAuto: "otomatis",
  focusPoint: "titik lain, dari kiri dan atas: misalnya 30%,40%",
  focusHelp: "Tulis dua angka dari 0 sampai 1 atau dalam persen, misalnya 30%,40%",
  askChildren: "Ada anak di foto ini?",
  children: {
    unchecked: "belum diperiksa",
    none: "tidak ada anak",
    consented: "ada, dengan izin orang tua",
    masked: "ada, sudah disamarkan",
    unrecognisable: "ada, tetapi tidak dapat dikenali",
  },
  consentBy: "Siapa yang memberi izin?",
  consentDate: "Kapan izin itu diberikan?",
  consentScope: "Untuk apa izin itu?",
  consentOpen:
    "Izin ini belum lengkap: tanpa pemberi izin, tanggal, dan untuk apa, naskah belum dapat dikirim. Lengkapi di foto ini.",
  needDate: "Tulis tanggalnya, misalnya 22/11/2026",
  blurredToo: (p: { names: readonly string[] }) =>
    `Disamarkan di naskah lain, jadi di sini juga: ${p.names.join(", ")}`,
  blurredAsThere: (p: { names: readonly string[] }) =>
    `Disamarkan seperti di naskahnya: ${p.names.join(", ")}`,
  blurWhich: "Foto yang mana?",
  askBox: "Bagian yang disamarkan (kosongkan bila sudah)",
  size: (p: { width: number; height: number }) =>
    `Foto ini ${p.width} x ${p.height} piksel. Tulis kiri,atas,lebar,tinggi dalam persen atau piksel, misalnya 40%,10%,15%,20%`,
  boxHelp: "Tulis empat angka yang ada di dalam foto, misalnya 40%,10%,15%,20%",
  clearBoxes: (p: { boxes: number }) => `Foto ini sudah memuat ${p.boxes} samaran. Hapus dulu semuanya?`,
  allMasked: "Apakah semua anak di foto ini sekarang sudah tersamar?",
  removed: (p: { name: string }) => `${p.name} dikeluarkan dari naskah; berkasnya tetap ada di foto/.`,
  changed: (p: { count: number; slug: string }) => `${p.count} foto diubah di ${p.slug}`,
  unchanged: "Tidak ada foto yang diubah.",
  blurred: (p: { boxes: number; name: string }) => `${p.boxes} bagian disamarkan di ${p.name}`,
  unblurred: (p: { name: string }) => `Samaran di ${p.name} dihapus`,
  original: "Foto aslinya di komputer ini tidak diubah; yang dikirim adalah hasil yang tersamar:",
  outside: (p: { path: string }) =>
    `Hasilnya berkas baru, tanpa lokasi dan data kamera: ${p.path}. Foto aslinya tidak diubah; kirim yang baru ini.`,
  sayMasked: "Bila semua anak di foto ini sudah tersamar, catat dengan:",
  sentBefore: (p: { revision: number; slug: string }) =>
    `Yang sudah dikirim (revisi ${p.revision}) tidak ikut berubah. Kirim lagi dengan: kominfo post submit ${p.slug}`,
  waitsBefore: (p: { slug: string }) =>
    `Yang sedang menunggu dikirim tidak ikut berubah. Kirim lagi dengan: kominfo post submit ${p.slug}`,
};
