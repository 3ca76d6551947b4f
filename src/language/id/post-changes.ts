import type { State } from "../../contract/lifecycle.js";
import type { PostErrors } from "../../errors/posts.js";
import type { ErrorSentences } from "../types.js";

/** Messages of `post delete`, of copies, of conflicts that are chosen on screen, and of what may be done next. */
export const postChanges = {
  /** `slug`: another post has the same title. */
  askDelete: (p: { title: string; slug?: string }) =>
    `Pindahkan naskah "${p.title}"${p.slug ? ` (${p.slug})` : ""} ke sampah?`,
  deleted: (p: { slug: string }) => `Naskah dipindahkan ke sampah: ${p.slug}`,
  getBack: "Kembalikan dengan:",
  restored: (p: { slug: string }) => `Naskah dikembalikan: ${p.slug}`,
  /** Another post took its name meanwhile. */
  restoredAs: (p: { slug: string; was: string }) =>
    `Naskah dikembalikan sebagai ${p.slug}; nama ${p.was} sudah dipakai naskah lain.`,
  copied: (p: { slug: string; from: string }) => `Naskah baru ${p.slug} disalin dari ${p.from}`,
  changedSince: (p: { revision: number }) => `diubah sejak revisi ${p.revision}`,
  changedHere: (p: { revision: number }) =>
    `Naskah di sini diubah sejak revisi ${p.revision}; perubahannya belum dikirim.`,
  readRemarks: "Baca catatan editor dengan: kominfo post status <naskah>",
  /** `post edit` was stopped: what was typed is not in index.md yet. */
  leftOut: (p: { count: number; slug: string }) =>
    `${p.count} jawaban dari penyuntingan yang terhenti belum masuk ke naskah. Lanjutkan dengan: kominfo post edit ${p.slug}`,
  /** Before what the new answers would say, with the key of each. */
  leftAsEdited: (p: { path: string }) =>
    `Yang di bawah ini tidak ikut ditulis, karena tulisan di tempatnya sudah disunting. Betulkan sendiri di ${p.path}:`,
  askCorrection: "Ralat: satu kalimat untuk pembaca tentang apa yang diralat",
  sendWithout: "Kirim tanpa jawaban itu?",
  sendChanged: "Kirim perubahannya dengan: kominfo post submit",
  writeNews: (p: { title: string }) => `Agenda "${p.title}" sudah lewat. Tulis beritanya?`,
  writeNewsOf: (p: { title: string }) => `Tulis berita: ${p.title}`,
  ofWhichEvent: "Berita dari agenda yang mana?",
  otherEvent: "Kegiatan lain",
  takenOver: (p: { title: string }) =>
    `Nama, tanggal, dan tempatnya diambil dari agenda "${p.title}"; ubah bila perlu.`,
  startAnew: "Mulai lagi dari salinannya:",
  noRemarks: "Catatan editor tidak dapat dibaca sekarang; penyuntingan dapat diteruskan.",
  knownAt: (p: { when: string }) => `Keadaan per ${p.when}; ruang redaksi tidak dapat ditanya sekarang.`,
  remarksKnownAt: (p: { when: string }) => `Catatan itu dibaca pada ${p.when}; mungkin sudah ada yang baru.`,
  statesKnown: "Status di atas yang terakhir diketahui; ruang redaksi tidak dapat ditanya sekarang.",
  choose: (p: { n: number; total: number; key: string }) => `Pilihan ${p.n} dari ${p.total}: ${p.key}`,
  yours: "Naskah Anda",
  theirs: "Dari redaksi",
  gone: "(dihapus)",
  whichOne: "Mana yang dipakai?",
  choices: {
    ours: "Punya saya",
    theirs: "Punya redaksi",
    both: "Keduanya, punya saya dulu",
    later: "Pilih nanti di index.md",
  },
  chosen: (p: { count: number }) => `${p.count} bagian dipilih.`,
  wouldChoose: (p: { count: number }) =>
    `${p.count} bagian diubah di kedua sisi, dan akan ditanyakan satu per satu:`,
  pullAndChoose: "Ambil, dan pilih di layar:",
  orOnScreen: "Atau pilih di layar:",
  noPhotoAsk: "Naskah ini tanpa foto. Kirim begitu saja?",
  reallyYear: (p: { year: string }) => `Tahun ${p.year}, benar?`,
  reallyToCome: (p: { date: string }) =>
    `${p.date} belum tiba, sedangkan berita menceritakan yang sudah terjadi. Benar?`,
  /** Beside the state in a list. */
  requests: { withdraw: "diminta dibatalkan", unpublish: "diminta diturunkan" },
  askedFor: {
    withdraw: "Editor sudah diminta membatalkannya; belum ada jawaban.",
    unpublish: "Editor sudah diminta menurunkannya; belum ada jawaban.",
  },
  declined: {
    withdraw: "Permintaan membatalkannya tidak dipenuhi editor.",
    unpublish: "Permintaan menurunkannya tidak dipenuhi editor.",
  },
  /** Of a remark. */
  declines: "menolak permintaan",
  awaitAnswer: {
    withdraw: "Jangan terbitkan dulu: tunggu jawaban editor; lihat lagi dengan: kominfo post status",
    unpublish: "Tunggu jawaban editor; lihat lagi dengan: kominfo post status",
  },
  /** How a change comes to the newsroom that cannot be sent as it is; `name` of the only post. */
  changeWays: {
    correct: (p: { post?: string }) =>
      `Perubahan pada yang sudah terbit dikirim sebagai ralat: ${named("kominfo post edit", p.post)}, lalu ${named("kominfo post submit", p.post)}`,
    in_review: () =>
      "Perubahan pada naskah yang sedang ditinjau dapat dikirim setelah editor mengembalikannya.",
    taken_down: (p: { post?: string }) =>
      `Yang sudah diturunkan tidak dapat diralat; mulai lagi dari salinannya: kominfo post new --copy ${p.post ?? "<naskah>"}`,
    approved: () =>
      "Perubahan pada naskah yang sudah disetujui dapat dikirim sebagai ralat setelah terbit, atau setelah editor mengembalikannya.",
  },
  /** Beside "published", of its correction. */
  corrections: {
    submitted: "ralat menunggu ditinjau",
    in_review: "ralat sedang ditinjau",
    returned: "ralat perlu diperbaiki",
    approved: "ralat disetujui",
    rejected: "ralat tidak dimuat",
    withdrawn: "ralat dibatalkan",
    merged: "ralat digabung",
  } satisfies Record<State, string>,
  /** What is out while its correction is not approved. */
  correctionSteps: {
    submitted: () => ["Ralatnya menunggu editor; lihat lagi dengan: kominfo post status"],
    in_review: () => ["Ralatnya sedang dibaca editor; lihat lagi dengan: kominfo post status"],
    returned: (p) => [`kominfo post edit ${p.post}`, `kominfo post submit ${p.post}`],
    approved: () => [],
    rejected: () => ["Ralatnya tidak dimuat; baca alasan editor di atas."],
    withdrawn: () => ["Ralatnya dibatalkan."],
    merged: () => ["Ralatnya digabung dengan naskah lain."],
  } satisfies Record<State, (p: { post: string }) => string[]>,
};

function named(command: string, post: string | undefined): string {
  return post === undefined ? command : `${command} ${post}`;
}

export const postErrors: ErrorSentences<PostErrors> = {
  "photo-not-listed": (p) => [
    `${p.path} tidak termasuk foto naskah ${p.post}.`,
    `Tambahkan dulu dengan: kominfo post attach ${p.post} ${p.path}`,
  ],
  "photo-number": (p) =>
    p.count === 0
      ? [`${p.post} belum memuat foto.`, `Tambahkan dengan: kominfo post attach ${p.post} <foto>`]
      : [
          `Tidak ada foto "${p.value}" di ${p.post}; di sana ada ${p.count} foto.`,
          `kominfo post photos ${p.post}`,
        ],
  "photo-box": (p) => [
    `"${p.value}" bukan bagian dari foto ini (${p.width} x ${p.height} piksel).`,
    "Tulis kiri,atas,lebar,tinggi dalam persen atau piksel, paling kecil 4 x 4 piksel, misalnya --box 40%,10%,15%,20% atau --box 800,150,300,300",
  ],
  "photo-boxes-many": (p) => [
    `Paling banyak ${p.max} bagian disamarkan di satu foto.`,
    "Gabungkan bagian yang berdekatan, atau mulai lagi dengan --clear",
  ],
  "photo-focus": (p) => [
    `"${p.value}" bukan titik di foto.`,
    "Tulis atas, bawah, kiri, kanan, tengah, kiri-atas, kanan-atas, kiri-bawah, kanan-bawah, otomatis, atau dua angka seperti 30%,40%",
  ],
  "remove-alone": () => [
    "--remove tidak dapat dipakai bersama perubahan lain.",
    "Keluarkan fotonya dengan --photo dan --remove saja.",
  ],
  "blur-folder": (p) => [
    `${p.path} adalah folder; foto disamarkan satu per satu.`,
    `Sebutkan fotonya, misalnya: ${p.command}`,
  ],
  "blur-occupied": (p) => [
    `Berkas ${p.path} sudah ada, jadi tidak ditimpa.`,
    "Pilih nama lain, misalnya --out foto-samar.jpg",
  ],
  "post-exists": (p) => [
    `Naskah dengan hari dan judul itu sudah ada: ${p.post}. Tidak ada yang dibuat.`,
    `Ubah yang ada: kominfo post edit ${p.post}`,
    "Memang ingin satu lagi: ulangi dengan --again",
  ],
  "post-delete-submitted": (p) => [
    p.out
      ? `${p.post} sudah terbit, jadi tidak dihapus.`
      : `${p.post} sudah dikirim ke ruang redaksi, jadi tidak dihapus.`,
    p.out
      ? `Lihat yang terbit: kominfo post status ${p.post}`
      : p.asked
        ? `Editor sudah diminta membatalkannya; lihat jawabannya dengan: kominfo post status ${p.post}`
        : `Batalkan dulu: kominfo post withdraw ${p.post}`,
  ],
  "post-delete-waiting": (p) => [
    `${p.post} sedang menunggu dikirim, jadi tidak dihapus.`,
    p.unclear
      ? "Belum jelas apakah ruang redaksi sudah menerimanya; kirim lagi dengan: kominfo sync"
      : `Batalkan dulu: kominfo post withdraw ${p.post}`,
  ],
  "post-not-in-bin": (p) => [
    `Tidak ada naskah "${p.wanted}" di sampah.`,
    ...p.near.map((slug) => `Mungkin maksud Anda: ${slug}`),
    ...(p.names.length === 0
      ? ["Sampahnya kosong. Naskah yang ada di sini: kominfo post list"]
      : p.near.length === 0
        ? [`Yang ada di sampah: ${p.names.slice(0, 10).join(", ")}${p.names.length > 10 ? ", …" : ""}`]
        : []),
  ],
  "bin-empty": () => ["Tidak ada naskah di sampah.", "kominfo post list"],
  "choices-kept": (p) => [
    p.chosen > 0
      ? `Berhenti di tengah memilih: ${p.chosen} pilihan tersimpan, ${p.left} bagian belum dipilih.`
      : `Berhenti sebelum memilih: ${p.left} bagian belum dipilih.`,
    "Di bagian itu index.md memuat kedua versinya, dan belum dapat dikirim.",
    `Lanjutkan memilih: kominfo post pull ${p.post}`,
    ...(p.kept === undefined
      ? []
      : [`Naskah sebelumnya disimpan; untuk kembali, salin ke index.md: ${p.kept}`]),
  ],
  "texts-kept": (p) => [
    {
      photos: "Berhenti. Yang sudah diubah tersimpan di naskah.",
      submit: "Berhenti. Yang sudah diisi tersimpan di naskah; naskahnya belum dikirim.",
      attach: "Berhenti. Keterangan yang sudah diisi disimpan; fotonya belum masuk ke naskah.",
      made: "Berhenti. Naskahnya sudah dibuat.",
    }[p.during],
    `Lanjutkan dengan: ${p.command}`,
  ],
  "copy-alone": () => [
    "--copy menyalin naskah seutuhnya, jadi tanpa templat, --from, --set, atau --photo.",
    "kominfo post new --copy <naskah>",
  ],
};
