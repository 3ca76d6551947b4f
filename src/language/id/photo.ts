/** Words of the photo commands. */
export const photo = {
  reading: "Membaca foto",
  preparing: "Menyiapkan foto",
  inspecting: "Memeriksa foto",
  drawing: "Menyusun lembar kontak",
  made: (p: { written: number; skipped: number; failed: number; folder: string }) =>
    p.written === 0 && p.failed === 0
      ? `Tidak ada yang perlu dibuat: ${p.skipped} berkas sudah ada di ${p.folder}`
      : `${p.written} berkas dibuat di ${p.folder}` +
        (p.skipped > 0 ? `, ${p.skipped} sudah ada` : "") +
        (p.failed > 0 ? `, ${p.failed} foto gagal` : ""),
  wouldMake: (p: { files: number; photos: number; folder: string }) =>
    `Akan dibuat ${p.files} berkas dari ${p.photos} foto di ${p.folder}; belum ada yang dibuat.`,
  videosSkipped: (p: { count: number }) => `${p.count} video dilewati; yang diolah hanya foto.`,
  ignored: (p: { count: number }) => `${p.count} berkas dilewati karena itu hasil kominfo sendiri.`,
  sheetMade: (p: { path: string }) => `Lembar kontak: ${p.path}`,
  /** Photos a second, for the progress line. */
  pace: (p: { perSecond: string }) => `${p.perSecond} foto/detik`,
  fromWhatsapp: (p: { count: number; presets: readonly string[] }) =>
    `${p.count} foto tampaknya kiriman WhatsApp dan lebih kecil daripada ukuran ${p.presets.join(", ")}. ` +
    "Minta aslinya (kirim sebagai dokumen) bila ada.",
  smaller: (p: { count: number; presets: readonly string[] }) =>
    `${p.count} foto lebih kecil daripada ukuran ${p.presets.join(", ")}; hasilnya tidak diperbesar.`,
  notes: {
    "first-frame-only": (p: { frames: number }) =>
      `Berisi ${p.frames} gambar berurutan; hanya yang pertama dipakai.`,
    "smaller-than-preset": (p: { width: number; height: number }) =>
      `Fotonya lebih kecil daripada ukuran ini; hasilnya ${p.width} x ${p.height}.`,
    "quality-lowered": (p: { quality: number }) =>
      `Mutu diturunkan ke ${p.quality} agar muat di batas ukuran berkas.`,
  },
  told: {
    gps: "lokasi di peta",
    place: "nama tempat",
    serials: "nomor seri",
    owner: "pemilik atau pemotret",
    persons: "orang di foto",
    camera: "kamera",
    taken: "waktu",
    software: "aplikasi",
    description: "keterangan",
    inside: "tersembunyi",
    thumbnail: "gambar mini",
    makerNote: "catatan pabrik kamera",
    pictures: (p: { count: number }) => `${p.count} gambar lain`,
    video: "video pendek dengan suara",
    trailer: (p: { size: string }) => `${p.size} di belakang gambar`,
    nothing: "Tidak menyimpan apa-apa tentang pemotretnya.",
  },
  inspected: (p: { photos: number; telling: number; located: number }) =>
    p.telling === 0
      ? `${p.photos} foto diperiksa; tidak ada yang membocorkan lokasi atau pemiliknya.`
      : `${p.telling} dari ${p.photos} foto membocorkan data pribadi` +
        (p.located > 0 ? `, ${p.located} di antaranya lokasi pengambilan.` : "."),
  inspectedAdvice: "Hasil `kominfo photo resize` tidak membawa semua itu.",
  rotated: "diputar",
  sheet: {
    title: "Lembar kontak",
    made: (p: { when: string }) => `Dibuat ${p.when}`,
    photos: (p: { count: number }) => `${p.count} foto`,
    renditions: (p: { count: number }) => `${p.count} hasil`,
    failures: (p: { count: number }) => `${p.count} gagal`,
    warnings: (p: { count: number }) => `${p.count} perlu dilihat`,
    located: (p: { count: number }) => `${p.count} menyimpan lokasi`,
    crops: "Kotak berwarna di foto asli menunjukkan bagian yang dipakai:",
    removed: "Ada di foto asli, tidak ada di hasil:",
    tells: "Yang dibawa foto ini:",
    unseen: (p: { count: number }) =>
      `${p.count} gambar tidak ditampilkan agar lembar ini tidak terlalu besar.`,
    pictureMissing: "tidak ada gambar",
    offline: "Halaman ini utuh di satu berkas dan tidak memuat apa pun dari internet.",
  },
};
