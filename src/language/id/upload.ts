/** Words of `photo upload` and `sync`. */
export const upload = {
  steps: {
    reading: "Membaca foto",
    preparing: "Menyiapkan foto",
    asking: "Bertanya ke ruang redaksi",
    uploading: "Mengunggah foto",
    listing: "Mencatat foto",
  },
  quota: (p: { size: string }) => `Akan memakai sekitar ${p.size} kuota. Lanjutkan?`,
  perSecond: (p: { size: string }) => `${p.size}/detik`,
  left: (p: { time: string }) => `sisa ${p.time}`,
  of: (p: { sent: string; size: string }) => `${p.sent} dari ${p.size}`,
  waiting: (p: { reason: string; seconds: number }) => `${p.reason} Dicoba lagi dalam ${p.seconds} detik.`,
  to: (p: { event?: string; post?: string }) =>
    p.post === undefined ? `album "${p.event}"` : `naskah ${p.post}`,
  rows: { uploaded: "Diunggah", present: "Sudah ada", failed: "Gagal", waiting: "Menunggu" },
  photos: (p: { count: number }) => `${p.count} foto`,
  done: (p: { where: string; total: number }) => `${p.total} foto lengkap di ${p.where}.`,
  nothing: "Tidak ada foto untuk dikirim.",
  partly: (p: { where: string; done: number; total: number }) =>
    `${p.done} dari ${p.total} foto lengkap di ${p.where}.`,
  unfinished: "Yang lain menunggu. Ulangi perintah yang sama, atau: kominfo sync",
  would: (p: { where: string; total: number; make: number; ready: number; size: string }) =>
    `Akan dikirim ke ${p.where}: ${p.total} foto (${p.make} masih perlu disiapkan, ${p.ready} siap, ${p.size}). Belum ada yang dikirim.`,
  unusedCaptions: (p: { path: string; names: readonly string[]; count: number }) =>
    `${p.count} baris di ${p.path} tidak cocok dengan foto mana pun: ${p.names.join(", ")}${p.count > p.names.length ? ", …" : ""}`,
  captionsRead: (p: { path: string }) => `Keterangan dibaca dari ${p.path}`,
  watching: (p: { path: string }) =>
    `Memantau ${p.path}; foto yang sudah utuh langsung dikirim. Ctrl-C untuk berhenti.`,
  // sync
  batch: (p: { where: string }) => `Melanjutkan foto untuk ${p.where}`,
  sending: (p: { post: string }) => `Mengirim naskah ${p.post}`,
  sent: (p: { post: string; revision: number }) => `Naskah ${p.post} terkirim (revisi ${p.revision}).`,
  elsewhere: (p: { where: string; origin: string }) =>
    `Foto untuk ${p.where} dimulai ke ${p.origin}; ruang kerja ini memakai alamat lain, jadi dilewati.`,
  clean: "Semuanya sudah terkirim; tidak ada yang tertinggal.",
};
