/** The preview of what each channel shows: a file of `post preview`, and the cards at the desk. */
export const preview = {
  title: "Pratinjau",
  section: "Pratinjau per kanal",
  look: "Lihat pratinjaunya",
  sectionHint: "Begini pembaca melihatnya di tiap kanal. Setelah disetujui, yang dikirim persis ini.",
  frozen: "Ini yang disetujui, dan tidak berubah lagi.",
  unavailable: "Pratinjau tidak dapat dibuat sekarang. Muat ulang halaman ini sebentar lagi.",
  length: (p: { length: string }) => `${p.length} karakter`,
  lengthOf: (p: { length: string; limit: string }) => `${p.length} dari ${p.limit} karakter`,
  photos: (p: { count: number }) => (p.count === 0 ? "tanpa foto" : `${p.count} foto`),
  free: "tanpa biaya",
  cost: (p: { usd: string; withLink?: string | undefined }) =>
    p.withLink === undefined ? p.usd : `${p.usd} (dengan tautan ${p.withLink})`,
  summary: "Ringkasan untuk mesin pencari",
  linkPlace: "alamat berita di situs web",
  more: "… lainnya",
  warnings: "Perlu dilihat",
  missingPhotos: (p: { count: number }) => `${p.count} foto tidak dapat ditampilkan di sini.`,
  altTexts: "Teks alternatif foto",
  lead: "Utama.",
  noAlt: "Belum ada teks alternatif",
  slides: (p: { count: number }) => `${p.count} foto, geser untuk melihat`,
  pictureMissing: "foto tidak ada di sini",
  toCopy: "Teks untuk disalin",
  offline: "Halaman ini utuh di satu berkas dan tidak memuat apa pun dari internet.",
  ofDraft: (p: { when: string }) =>
    `Naskah di komputer ini, ${p.when}. Belum tentu sama dengan yang di ruang redaksi.`,
  ofRevision: (p: { revision: number; frozen: boolean }) =>
    p.frozen
      ? `Revisi ${p.revision}, seperti yang disetujui.`
      : `Revisi ${p.revision} di ruang redaksi, belum disetujui.`,
  drawing: "Menyiapkan foto",
  fetching: "Mengambil foto",
  made: (p: { path: string }) => `Pratinjau: ${p.path}`,
  opened: "Dibuka di peramban.",
  notOpened: (p: { path: string }) => `Peramban tidak dapat dibuka. Buka sendiri: ${p.path}`,
  whatsappMade: (p: { text: string; card: string }) => `Untuk WhatsApp: ${p.text} dan ${p.card}`,
  whatsappTextOnly: (p: { text: string }) => `Untuk WhatsApp: ${p.text}`,
  cardWithoutText:
    "Komputer ini tidak punya huruf untuk menulis di atas gambar. Kartunya hanya foto; teksnya ada di berkas .txt.",
  cardWithoutPhoto: "Tidak ada foto yang dapat dipakai, jadi kartu WhatsApp tidak dibuat; teksnya ada.",
  /** The text that asks for approval, e.g. of the Camat. */
  request: {
    ask: "Mohon persetujuan untuk berita berikut.",
    photos: (p: { count: number }) => `${p.count} foto terlampir.`,
    answer: 'Bila setuju, cukup balas "Setuju". Bila ada yang perlu diubah, mohon disebutkan.',
    from: (p: { kecamatan: string }) => `Kominfo Kecamatan ${p.kecamatan}`,
  },
};
