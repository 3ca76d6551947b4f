import type { DisplayState } from "../../contract/lifecycle.js";

/** Messages of the post commands. */
export const post = {
  states: {
    draft: "draf",
    submitted: "menunggu ditinjau",
    in_review: "sedang ditinjau",
    returned: "perlu perbaikan",
    approved: "disetujui",
    rejected: "tidak dimuat",
    withdrawn: "dibatalkan pengirim",
    merged: "digabung",
    scheduled: "dijadwalkan",
    published: "terbit",
    corrected: "diralat",
    unpublished: "diturunkan",
  } satisfies Record<DisplayState | "draft", string>,
  waiting: "menunggu terkirim",
  sendWaiting: "Yang menunggu terkirim dikirim dengan: kominfo sync",
  // new
  whichKind: "Naskah apa yang ingin dibuat?",
  intro: (p: { title: string }) =>
    `${p.title}. Jawab satu per satu; tekan Enter untuk melewati yang tidak wajib. Ctrl-C berhenti, jawaban tersimpan.`,
  resume: (p: { title: string; when: string }) =>
    `Ada jawaban yang belum selesai: ${p.title} (${p.when}). Lanjutkan?`,
  resumeEdit: (p: { count: number; when: string }) =>
    `Ada ${p.count} jawaban yang diubah dan belum masuk ke naskah (${p.when}). Lanjutkan?`,
  optional: "boleh dikosongkan",
  backToSummary: "(kembali ke ringkasan)",
  clearable: "hapus isinya untuk mengosongkan",
  item: (p: { ask: string; n: number }) => `${p.ask} (${p.n})`,
  addOne: (p: { ask: string }) => `Tambah ${p.ask.toLowerCase()}?`,
  another: (p: { ask: string }) => `Tambah ${p.ask.toLowerCase()} lagi?`,
  skip: "(lewati)",
  yes: "ya",
  no: "tidak",
  askPhotos: "Foto: berkas atau folder (kosongkan bila tidak ada)",
  orEmpty: "Coba lagi, atau kosongkan.",
  aboutPhoto: (p: { name: string; n: number; total: number }) => `Foto ${p.n} dari ${p.total}: ${p.name}`,
  caption: "Keterangan foto: siapa, melakukan apa, di mana",
  alt: "Gambaran isi foto bagi pembaca tunanetra",
  credit: "Kredit foto",
  whoShot: "Siapa yang memotret?",
  sources: { own: "kantor kami sendiri", citizen: "warga", agency: "instansi lain" },
  summary: "Ringkasan",
  keep: "Simpan naskah ini?",
  keepChoices: { keep: "Simpan", change: "Perbaiki satu jawaban", cancel: "Batal (jawaban tetap disimpan)" },
  whichAnswer: "Jawaban mana yang ingin diubah?",
  finish: "(selesai)",
  made: (p: { slug: string }) => `Naskah dibuat: ${p.slug}`,
  photosIn: (p: { count: number }) => `${p.count} foto disalin ke foto/`,
  openBody: "Buka isi naskah di penyunting sekarang?",
  body: "Isi naskah",
  next: "Selanjutnya:",
  // list, show, attach, edit, check
  none: "Belum ada naskah. Buat dengan: kominfo post new\nYang sudah dikirim dari komputer lain, ambil dengan: kominfo post pull",
  noneInState: "Tidak ada naskah dengan status itu.",
  broken: "perlu diperbaiki",
  photos: "Foto",
  attached: (p: { count: number; slug: string }) => `${p.count} foto ditambahkan ke ${p.slug}`,
  attachedBare: (p: { count: number }) => `${p.count} foto belum lengkap. Lengkapi dengan:`,
  lackingFirst: (p: { count: number }) => `${p.count} foto belum lengkap; isi dulu, lalu naskahnya dikirim.`,
  alreadyThere: "Foto itu sudah ada di naskah.",
  edited: (p: { slug: string }) => `Naskah disimpan: ${p.slug}`,
  editedNothing: (p: { slug: string }) => `Tidak ada yang diubah di ${p.slug}.`,
  ready: (p: { slug: string }) => `${p.slug} siap dikirim.`,
  warnings: (p: { count: number }) => `${p.count} hal patut dilihat lagi:`,
  openYourself: (p: { path: string }) =>
    `Di komputer ini tidak ada penyunting yang dapat dibuka dari sini. Buka berkas ini dengan penyunting teks Anda: ${p.path}`,
  editByHand: (p: { path: string }) => `Atau sunting langsung: ${p.path}`,
  // submit, status, withdraw
  /** The approval of one's own superior, which a workspace may ask for (`require_local_approval`). */
  localApproval: {
    asked: "Siapa yang menyetujui naskah ini di kantor Anda? Jawabannya dicatat untuk redaksi saja.",
    questions: {
      nama: "Nama",
      jabatan: "Jabatan",
      cara: "Lewat apa? Misalnya WhatsApp atau lisan",
      waktu: "Kapan? Misalnya hari ini 09.30",
    },
    needed: "Wajib diisi.",
    instant: 'Tulis tanggal dan jam, misalnya "hari ini 09.30" atau "22 November 2026 09.30".',
    toCome: "Waktu itu belum tiba.",
  },
  preparing: "Menyiapkan foto",
  uploading: "Mengunggah foto",
  sending: "Mengirim naskah",
  submitted: (p: { revision: number }) => `Terkirim ke ruang redaksi (revisi ${p.revision}).`,
  nothingNew: (p: { revision: number }) =>
    `Tidak ada perubahan sejak revisi ${p.revision}; tidak ada yang dikirim.`,
  notAsked: "Ruang redaksi belum dapat ditanya; yang di atas menurut catatan komputer ini.",
  receivedBefore: (p: { when: string }) =>
    `Naskah ini sudah di ruang redaksi sejak ${p.when}: terkirim dari komputer atau folder lain. Tidak ada naskah kedua.`,
  returnedUnchanged:
    "Editor meminta perbaikan. Perbaiki naskahnya, atau jelaskan dengan --message bila memang tidak perlu diubah.",
  number: (p: { id: string }) => `Nomor naskah: ${p.id}`,
  photosSent: (p: { uploaded: number; present: number }) =>
    `Foto: ${p.uploaded} diunggah, ${p.present} sudah ada di ruang redaksi.`,
  wouldSend: (p: { action: "create" | "revise" | "nothing"; photos: number; toMake: number }) =>
    `${{ create: "Akan dikirim sebagai naskah baru", revise: "Akan dikirim sebagai revisi berikutnya", nothing: "Tidak akan dikirim: status naskahnya sekarang tidak mengizinkan revisi" }[p.action]}` +
    `, dengan ${p.photos} foto (${p.toMake} perlu disiapkan). Belum ada yang dikirim.`,
  nextSteps: {
    draft: (slug: string) => [`kominfo post submit ${slug}`],
    submitted: () => ["Tunggu editor; lihat lagi dengan: kominfo post status"],
    in_review: () => ["Editor sedang membaca; lihat lagi dengan: kominfo post status"],
    returned: (slug: string) => [`kominfo post edit ${slug}`, `kominfo post submit ${slug}`],
    approved: (slug: string) => [
      `kominfo post preview ${slug}`,
      `kominfo post publish ${slug}`,
      "Atau terbitkan dengan tangan, di ponsel: kominfo desk",
      "Atau tunggu editor menerbitkannya.",
    ],
    rejected: (slug: string) => [
      "Baca alasan editor di atas. Untuk mengirimnya lagi, buat naskah baru:",
      `kominfo post new --copy ${slug}`,
      `Bila tidak diperlukan lagi: kominfo post delete ${slug}`,
    ],
    withdrawn: (slug: string) => [
      "Naskah ini sudah Anda batalkan. Untuk mengirimnya lagi, buat naskah baru:",
      `kominfo post new --copy ${slug}`,
    ],
    merged: (slug: string) => [
      "Naskah ini digabung dengan naskah lain; Anda tetap tercatat sebagai penyumbang.",
      `Untuk mengirim yang baru dari naskah ini: kominfo post new --copy ${slug}`,
      `Bila tidak diperlukan lagi: kominfo post delete ${slug}`,
    ],
    scheduled: () => ["Tunggu jadwal terbitnya."],
    published: (slug: string) => [
      `Bila ada yang keliru, kirim ralat: kominfo post edit ${slug}, lalu post submit`,
    ],
    corrected: (slug: string) => [
      `Bila masih keliru, kirim ralat: kominfo post edit ${slug}, lalu post submit`,
    ],
    unpublished: (slug: string) => [
      "Sudah diturunkan; alasannya di atas. Untuk mengirimnya lagi sesudah diperbaiki, buat naskah baru:",
      `kominfo post new --copy ${slug}`,
      `Bila tidak diperlukan lagi, minta editor membatalkannya: kominfo post withdraw ${slug}`,
    ],
  } satisfies Record<DisplayState | "draft", (slug: string) => string[]>,
  notBefore: (p: { when: string }) =>
    `Belum boleh terbit sebelum ${p.when}, juga tidak dengan tangan; jadwalkan:`,
  wantedDown:
    "Terbitannya diminta turun, jadi jangan terbitkan lagi, juga tidak dengan tangan. Tanyakan kepada editor.",
  takeDownByHand: (p: { url: string }) => `Turunkan sendiri di kanalnya: ${p.url}`,
  haveMarked:
    "Sesudah diturunkan, minta editor menandainya: di meja redaksi, atau dengan kominfo review record --taken-down",
  /** Of a channel that is approved and has nothing yet, while others have. */
  notOut: "belum terbit",
  correctThere:
    "Ralat sendiri yang sudah tayang (teksnya di atas; jangan terbitkan sekali lagi), lalu catat:",
  restByKabupaten: "Kanal lainnya diterbitkan redaksi kabupaten.",
  orByHand: "Atau terbitkan sendiri di sana, lalu catat tautannya:",
  notByHand: "Jangan terbitkan dengan tangan sebelum jelas: pembaca dapat melihatnya dua kali.",
  revision: (n: number) => `revisi ${n}`,
  correction: "ralat",
  remarks: "Catatan",
  newerRevision: (p: { revision: number; author: string; here: number }) =>
    `Revisi ${p.revision} oleh ${p.author} lebih baru daripada yang ada di komputer ini (revisi ${p.here}).`,
  newerListed: (p: { slug: string }) => `Ada revisi yang belum diambil: kominfo post pull ${p.slug}`,
  // pull
  pulled: (p: { slug: string; revision: number }) => `${p.slug} sekarang memuat revisi ${p.revision}.`,
  wouldPull: (p: { slug: string; revision: number }) =>
    `${p.slug} akan memuat revisi ${p.revision}. Belum ada yang ditulis.`,
  nothingToPull: (p: { slug: string; revision: number }) =>
    `Tidak ada revisi baru; ${p.slug} sudah memuat revisi ${p.revision}.`,
  allChosen: (p: { slug: string; revision: number }) =>
    `Semua sudah dipilih; ${p.slug} memuat revisi ${p.revision}.`,
  rebuilt: (p: { slug: string; revision: number }) => `${p.slug} dibuat dari revisi ${p.revision}.`,
  wouldRebuild: (p: { slug: string; revision: number }) =>
    `${p.slug} akan dibuat dari revisi ${p.revision}. Belum ada yang ditulis.`,
  photosFetched: (p: { count: number }) => `${p.count} foto diunduh ke foto/`,
  photoGone: (p: { file: string }) => `${p.file} tidak ada lagi di ruang redaksi.`,
  sameText: "Tidak ada yang berubah di index.md.",
  pulledToChoose: (p: { slug: string; revision: number }) =>
    `${p.slug} memuat revisi ${p.revision}, tetapi belum selesai: ada yang harus dipilih.`,
  toChoose: (p: { count: number }) =>
    `${p.count} bagian diubah di kedua sisi. Kedua versinya ada di index.md; simpan satu, lalu hapus yang lain:`,
  lineOf: (p: { line: number; what: string }) => `baris ${p.line}: ${p.what}`,
  keptBefore: (p: { path: string }) =>
    `Naskah sebelumnya disimpan; untuk kembali, salin ke index.md: ${p.path}`,
  takenOut: (p: { slug: string }) => `${p.slug} dikeluarkan dari antrean, dan tidak dikirim.`,
  takenOutRevision: (p: { slug: string; revision: number }) =>
    `Perubahan ${p.slug} dikeluarkan dari antrean. Revisi ${p.revision} tetap di ruang redaksi; untuk membatalkannya juga, ulangi perintah ini.`,
  withdrawn: {
    withdraw: (p: { slug: string }) => `${p.slug} dibatalkan di ruang redaksi.`,
    ask_withdrawal: (p: { slug: string }) =>
      `${p.slug} sudah disetujui; editor diminta membatalkannya. Lihat jawabannya dengan: kominfo post status`,
    ask_unpublish: (p: { slug: string }) =>
      `${p.slug} sudah terbit; editor diminta menurunkannya. Lihat jawabannya dengan: kominfo post status`,
  },
  askReason: "Mengapa dibatalkan?",
  needReason: "Tulis alasannya",
};
