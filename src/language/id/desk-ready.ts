/** Messages of "Siap terbit": what was approved, for those who bring it to a channel by hand. */
export const deskReady = {
  title: "Siap terbit",
  lead: "Naskah yang sudah disetujui. Buka satu, salin teksnya ke aplikasi, unggah fotonya, lalu tempel tautannya di sini.",
  back: "Kembali ke Siap terbit",
  /** On the page of a submission. */
  open: "Siap terbit: salin teks, unduh foto, catat tautan",
  whole: "Baca naskah lengkap, catatan, dan riwayatnya",
  list: "Naskah yang disetujui",
  views: { open: "Belum terbit", out: "Sudah terbit", all: "Semua" },
  viewsLabel: "Tampilan naskah yang disetujui",
  pages: "Halaman naskah yang disetujui",
  channel: "Kanal",
  everyChannel: "Semua kanal",
  empty: {
    open: "Tidak ada yang menunggu diterbitkan.",
    out: "Belum ada naskah yang sudah terbit di semua kanalnya.",
    all: "Belum ada naskah yang disetujui.",
  },
  remaining: (p: { count: number; total: number }) => `Belum terbit di ${p.count} dari ${p.total} kanal:`,
  allOut: "Sudah terbit di semua kanalnya:",
  allDecided: "Tidak ada yang menunggu: sudah terbit, diturunkan, atau dihentikan.",
  stillOpen: "belum terbit",
  from: (p: { when: string }) => `terbit mulai ${p.when}`,
  // one submission
  approved: "Persetujuan",
  destinations: "Untuk",
  waits: (p: { when: string }) =>
    `Belum boleh terbit sebelum ${p.when}. Siapkan dahulu; tautannya dapat dicatat setelah itu.`,
  readOnly:
    "Naskah ini disetujui untuk kanal kabupaten, dan Anda bukan pengirim atau penyumbangnya: yang menerbitkan editor. Anda hanya dapat membacanya.",
  hindrances: {
    "not-approved":
      "Persetujuan naskah ini sudah tidak berlaku: dicabut, atau naskahnya sedang diubah. Jangan terbitkan dulu; tunggu sampai disetujui lagi.",
    redacted:
      "Isi revisi ini sudah dihapus untuk selamanya (data pribadi). Tidak ada yang dapat diterbitkan.",
    "photo-removed":
      "Ada foto naskah ini yang sudah dihapus untuk selamanya (data pribadi). Jangan terbitkan versi ini; kirim naskah yang sudah diperbaiki tanpa foto itu.",
    stopped:
      "Sebagian naskah ini diminta turun. Jangan terbitkan di mana pun sampai editor memutuskan. Tautan yang terlanjur tayang tetap catat di sini.",
    "not-frozen":
      "Persetujuan ini lebih lama daripada Siap terbit, jadi teks dan fotonya belum disiapkan untuk tiap kanal.",
  },
  stoppedForOthers:
    "Sebagian naskah ini diminta turun. Operator tidak dapat menerbitkan sisanya sampai Anda menjadwalkannya sendiri atau menyetujuinya lagi.",
  freeze: "Siapkan teks dan foto",
  corrects:
    "Revisi sebelumnya sudah terbit di kanal ini; yang di bawah ini ralatnya. Perbaiki yang sudah tayang:",
  undecided:
    "Jangan terbitkan di sini: kiriman komputer lain mungkin sudah tayang. Lihat di akunnya, lalu beri tahu editor apa yang Anda lihat; editor yang memutuskannya.",
  willSend: (p: { when: string }) =>
    `Mesin kantor akan mengirimnya pada ${p.when}. Jangan kirim sendiri, atau minta editor membatalkannya dulu.`,
  isPlanned:
    "Sudah direncanakan untuk dikirim lewat kominfo. Jangan kirim sendiri, atau minta editor membatalkannya dulu.",
  handedOver:
    "Sudah diserahkan ke redaksi situsnya dan menunggu terbit di sana. Jangan kirim sendiri; bila sudah tayang, tempel tautannya di bawah.",
  publishing:
    "Sedang dikirim komputer lain. Jangan terbitkan sendiri; muat ulang halaman ini beberapa menit lagi.",
  failed:
    "Tidak terkirim. Anda dapat menerbitkannya sendiri: salin teksnya dan unduh fotonya di bawah, lalu tempel tautannya.",
  goes: "Diminta turun: hapus dari kanalnya, lalu beri tahu editor.",
  // texts
  text: "Teks",
  webTitle: "Judul",
  webSummary: "Ringkasan (kutipan)",
  webBlocks: "Isi untuk WordPress",
  webPlain: "Isi tanpa format",
  webHint:
    "Di WordPress: buat pos baru, tempel judul, lalu tempel “Isi untuk WordPress” ke badan pos; formatnya ikut. Tambahkan fotonya sendiri: Foto 1 sebagai gambar andalan, lainnya sebagai galeri.",
  webFirst:
    "Terbitkan dahulu artikel webnya dan catat tautannya: alamat artikel itu lalu ikut dalam teks ini.",
  copyText: "Salin teks",
  copyTitle: "Salin judul",
  copySummary: "Salin ringkasan",
  copyBlocks: "Salin isi untuk WordPress",
  copy: (p: { what: string }) => `Salin ${p.what.charAt(0).toLowerCase()}${p.what.slice(1)}`,
  copied: "Tersalin.",
  notCopied: "Tidak dapat disalin di sini. Tekan lama teksnya, pilih semua, lalu salin.",
  // photos
  altOf: (p: { n: number }) => `Teks alternatif foto ${p.n}`,
  captionOf: (p: { n: number }) => `Keterangan foto ${p.n}`,
  saveOne: (p: { n: number }) => `Unduh foto ${p.n}`,
  saveAll: "Unduh semua (ZIP)",
  leftOut: (p: { count: number }) => `${p.count} foto naskah ini tidak dimuat di kanal ini.`,
  photosLabel: (p: { count: number }) => `${p.count} foto satu per satu, dengan teks alternatifnya`,
  share: "Bagikan",
  shareNow: "Bagikan sekarang",
  fetching: "Menyiapkan foto …",
  notShared: "Tidak dapat dibagikan dari sini. Salin teksnya dan unduh fotonya.",
  // the link
  paste: "Tempel tautan",
  pasteHint: "setelah tayang: di aplikasinya pilih Bagikan, lalu Salin tautan",
  account: "Nama akun, bila lebih dari satu",
  otherAccount: "tidak disebut, atau akun lain",
  more: "Akun dan waktu (boleh dikosongkan)",
  newer: (p: { n: number }) =>
    `Sejak halaman ini dibuka, revisi ${p.n} disetujui; yang berlaku teks di bawah ini. Tautannya belum dicatat. Bila yang tayang teks lama, perbaiki dulu di kanalnya, lalu catat lagi.`,
  notRecorded: (p: { url: string }) => `Tautan ini belum dicatat: ${p.url}`,
  stopped: "dihentikan",
  othersDecide: (p: { url: string }) =>
    `Naskah ini diserahkan ke redaksi situs kabupaten, jadi editor yang mencatatnya. Kirim tautan ini kepada editor: ${p.url}`,
  record: "Catat sudah terbit",
  recordAlready: "Catat tautan yang terlanjur tayang",
  recordAnother: "Catat tautan lain",
  toField: (p: { channel: string }) => `Ke kolom tautan ${p.channel}`,
};
