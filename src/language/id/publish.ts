import type { TakeDownCause } from "../../contract/lifecycle.js";
import type { PublishErrors } from "../../errors/publish.js";
import type { ErrorSentences } from "../types.js";

/** Messages of publishing what was approved. */
export const publish = {
  /** Before the question, one line for each account. */
  plan: {
    send: (p: { channel: string; account: string }) => `${p.channel} ${p.account}`,
    out: (p: { channel: string; account: string }) => `${p.channel} ${p.account}: sudah terbit`,
    "go-on": (p: { channel: string; account: string }) =>
      `${p.channel} ${p.account}: dilanjutkan dari yang terputus`,
    paste: (p: { channel: string; account: string }) =>
      `${p.channel} ${p.account}: belum diralat; keterangannya Anda tempel sendiri`,
  },
  length: (p: { length: number; limit: number }) => `${p.length} dari ${p.limit} karakter`,
  photos: (p: { count: number; size: string }) => `${p.count} foto (${p.size})`,
  leftOut: (p: { count: number; names: readonly string[] }) =>
    `${p.count} foto tidak ikut: ${p.names.join(", ")}`,
  handsOver: "menunggu redaksi situs menerbitkannya",
  cost: (p: { cost: string }) => `US$${p.cost}`,
  lookCost: (p: { cost: string }) => `US$${p.cost} untuk tiap terbitan yang dibaca saat mencarinya`,
  quota: (p: { used: number; total: number }) => `kuota terpakai ${p.used} dari ${p.total}`,
  /** Of what is under way, with a time that was chosen. */
  looksFirst: (p: { channel: string; account: string }) =>
    `${p.channel} ${p.account}: diperiksa dulu; bila terbukti belum terbit, dijadwalkan, tidak dikirim sekarang`,
  /** Of a dry run. */
  total: (p: { count: number; size: string; cost: string }) =>
    `Seluruhnya ${p.count} kanal, ${p.size}, US$${p.cost}. Tidak ada yang dikirim.`,
  articleToCome: "(tautan artikel web)",
  notHere: (p: { channels: readonly string[] }) =>
    `Belum ada akun ${p.channels.join(", ")} di komputer ini; yang lain tetap diterbitkan.`,
  ask: (p: { count: number; size: string; cost: string | undefined }) =>
    `Terbitkan di ${p.count} kanal (${p.size}${p.cost === undefined ? "" : `, US$${p.cost}`})?`,
  askLook: (p: { channels: readonly string[] }) => `Cari sekali lagi di ${p.channels.join(", ")}?`,
  triesAgain: "Jadwalnya tetap: penerbit mencobanya lagi sendiri, paling lama sampai 3 jam sesudah waktunya.",
  /** `when` with its weekday: whoever meant another day sees it. */
  scheduledFor: (p: { when: string }) => `dijadwalkan untuk ${p.when}`,
  scheduledTotal: (p: { count: number; when: string }) =>
    `Jadwal ${p.count} kanal: ${p.when}. Belum ada yang dijadwalkan.`,
  askSchedule: (p: { count: number; when: string }) => `Jadwalkan ${p.count} kanal untuk ${p.when}?`,
  /** What a channel is doing, after its name. */
  doing: {
    preparing: "disiapkan",
    processing: "diproses",
    article: "menunggu berita",
    sending: "dikirim",
    looking: "dicari",
    removing: "diturunkan",
    handed_over: "diserahkan",
    stopped: "berhenti",
  },
  preparing: "Menyiapkan foto",
  scrubbed: (p: { count: number }) =>
    `Yang sudah dihapus ruang redaksi ikut dihapus dari catatan ${p.count} tayangan di komputer ini.`,
  leftAtSite: (p: { url: string }) =>
    `Foto yang sudah dihapus masih tersimpan di situs; hapus dari pustaka medianya: ${p.url}`,
  states: {
    published: "terbit",
    handed_over: "diserahkan ke redaksi situs",
    failed: "tidak terbit",
    unclear: "belum jelas",
    scheduled: "dijadwalkan",
    waiting: "menunggu",
    out: "sudah terbit",
    found: "ternyata sudah terbit",
    unpublished: "sudah diturunkan",
    uncorrected: "belum diralat",
  },
  /** What only a person can correct. */
  paste: {
    why: (p: { channel: string }) =>
      `Tidak ada yang gagal: ${p.channel} tidak mengizinkan program mengubah teks yang sudah terbit.`,
    text: (p: { channel: string }) => `Tempel teks ini di aplikasi ${p.channel}:`,
    byHand: (p: { channel: string }) =>
      `Terbitan di ${p.channel} itu dipasang dan dicatat dengan tangan; pembaca masih melihat yang lama sampai Anda meralatnya di sana.`,
    replace: (p: { channel: string }) => `Ganti teksnya di ${p.channel} dengan ini:`,
    record: "Sesudahnya catat:",
  },
  /** A correction of a post whose photos no program can change. */
  kept: {
    inPlace: (p: { channel: string }) =>
      `ralat di tempat: hanya teksnya yang diganti, foto di ${p.channel} tetap yang lama`,
    corrected: "teksnya sudah diralat, tetapi foto lamanya masih tampil",
    photos: (p: { channel: string; names: readonly string[]; url: string | null }) =>
      `${p.channel} masih menampilkan foto yang tidak lagi disetujui: ${p.names.join(", ")}${p.url === null ? "" : ` (${p.url})`}.`,
    remedy: (p: { channel: string; post: string; id: string }) =>
      `Agar foto itu hilang, turunkan: kominfo post unpublish ${p.post} --from ${p.channel}. Sesudah itu editor menerbitkannya baru: kominfo review publish ${p.id} --to ${p.channel}`,
  },
  /** How something is taken down. */
  takeDown: {
    askReason: "Mengapa harus diturunkan?",
    kinds: {
      personal_data: "Memuat data pribadi",
      child: "Memuat anak, tanpa izin",
      mistake: "Keliru",
      hacked: "Akun diretas",
    } satisfies Record<TakeDownCause, string>,
    inWords: "Jelaskan singkat (boleh kosong)",
    /** Nothing of it is on an account that kominfo can use. */
    askNote: "Kominfo tidak dapat menurunkannya. Catat permintaan ini untuk editor?",
    noted: "Permintaannya sudah dicatat untuk editor.",
    ask: (p: { count: number; cost: string | undefined }) =>
      `Turunkan ${p.count} terbitan sekarang${p.cost === undefined ? "" : ` (US$${p.cost})`}?`,
    how: {
      here: "dari komputer ini",
      elsewhere: "menunggu komputer yang punya akunnya (kominfo publisher)",
      by_hand:
        "turunkan sendiri di kanalnya, lalu minta editor mencatatnya (di meja redaksi, atau kominfo review record --taken-down)",
      gone: "sudah diturunkan",
      stop: "belum terbit, dan tidak jadi dikirim",
      undecided:
        "belum jelas apakah terbit; lihat sendiri di kanalnya. Begitu diketahui terbit, langsung diturunkan",
      handed_over:
        "di tangan redaksi situs; minta mereka tidak menerbitkannya. Bila tetap terbit, langsung diturunkan",
    },
    /** About what another run, or somebody else, has asked for. */
    wanted: "Diminta turun, dan akunnya ada di komputer ini:",
    /** Of what is undecided, where this computer has the account. */
    looks: "belum jelas apakah terbit; dicari dari komputer ini, dan langsung diturunkan bila terbit",
    photosGone: "Foto-fotonya di situs juga sudah dihapus dan tidak dapat dibuka lagi.",
    photosStay:
      "Foto-fotonya masih ada di pustaka media situs dan dapat dibuka lewat alamatnya. Hapus di sana bila foto itu pun harus hilang.",
  },
  waitsForArticle: "menunggu tautan berita di web",
  afterArticle: "Sesudah berita itu terbit: kominfo sync",
  lookAgain: (p: { when: string }) => `Periksa lagi sesudah ${p.when}: kominfo sync`,
  undecided: (p: { page: string | undefined }) =>
    `Tidak ada yang membuktikan apakah sudah terbit, jadi --again pun tidak mengirimnya: lihat di kanalnya, lalu editor memutuskannya di meja redaksi${p.page === undefined ? "" : ` (${p.page})`}. Sesudah diputuskan "Tidak terbit", terbitkan lagi.`,
  untold: "Ruang redaksi belum diberi tahu karena sambungan terputus. Nanti: kominfo sync",
  untoldStopped: "Dihentikan sebelum ruang redaksi diberi tahu. Nanti: kominfo sync",
  stopped: (p: { submission: string }) =>
    `Dihentikan. Yang belum dikirim tidak akan dikirim sendiri. Lanjutkan: kominfo post publish ${p.submission}`,
  interrupted: "Dihentikan di tengah pengiriman, jadi sebagian mungkin sudah terbit. Lanjutkan: kominfo sync",
  /** All of it was recorded by hand. */
  allOut: "Sudah terbit di semua kanal itu; tidak ada yang dikirim.",
  correctByHand: "Tidak ada yang dikirim: jangan terbitkan sekali lagi, ralat yang sudah tayang.",
  nothingDue: "Tidak ada yang harus diterbitkan sekarang.",
  watching: (p: { origin: string }) => `Menunggu jadwal terbit dari ${p.origin}. Hentikan dengan Ctrl-C.`,
};

export const publishErrors: ErrorSentences<PublishErrors> = {
  "account-not-here": (p) => [
    `Tidak ada akun ${p.service} "${p.account}" di komputer ini.`,
    "kominfo auth status",
    `kominfo auth login ${p.service}`,
  ],
  "no-channel-account": (p) => [
    `Belum ada akun di komputer ini untuk kanal yang disetujui: ${p.channels.join(", ")}.`,
    ...p.channels.map((channel) => `kominfo auth login ${channel}`),
    `Atau terbitkan sendiri, lalu catat tautannya: kominfo post record ${p.post ?? "<naskah>"}`,
  ],
  "publish-unfit": (p) => [
    `${p.channel}: ${p.problem} Tidak ada yang dikirim.`,
    "Perbaiki naskahnya (kominfo post edit), kirim lagi, dan minta disetujui lagi.",
    ...(p.mayLink ? ["Atau biarkan menjadi tautan, dengan harganya: --link"] : []),
    ...(p.others.length === 0 ? [] : [`Kanal lainnya dapat terbit sekarang: --to ${p.others.join(",")}`]),
  ],
  "publish-by-kabupaten": () => [
    "Naskah ini disetujui untuk kanal kabupaten saja, jadi redaksi kabupaten yang menerbitkannya.",
    "Lihat yang sudah terbit: kominfo post status <naskah>",
  ],
  "link-unrecorded": (p) => [
    `Tidak ada terbitan naskah ini yang tercatat di ${p.link}.`,
    ...(p.links.length === 0 ? [] : [`Yang tercatat terbit: ${p.links.join(", ")}`]),
    `kominfo review show ${p.submission}`,
  ],
  "publish-taken-down": (p) => [
    "Naskah ini sudah pernah terbit, lalu diturunkan. Jangan terbitkan lagi, juga tidak dengan tangan.",
    `Baca alasannya: kominfo post status ${p.post ?? "<naskah>"}`,
    `Untuk mengirimnya lagi sesudah diperbaiki, buat naskah baru: kominfo post new --copy ${p.post ?? "<naskah>"}`,
  ],
  "take-down-cost-unagreed": (p) => [
    `Menurunkannya berbiaya US$${p.cost}, jadi seseorang harus menyetujuinya. Masih terbit.`,
    `kominfo post unpublish ${p.submission} --max-cost ${p.cost}`,
  ],
  "look-cost-unagreed": (p) => [
    `Diminta turun, tetapi belum jelas apakah terbit. Mencari dan menurunkannya berbiaya US$${p.cost}, jadi seseorang harus menyetujuinya.`,
    `kominfo post unpublish ${p.submission} --max-cost ${p.cost}`,
  ],
  "publish-cost-unagreed": (p) => [
    `Ini berbiaya US$${p.cost}; --yes saja belum cukup.`,
    `Tambahkan --max-cost ${p.cost}`,
  ],
  "publish-cost-over": (p) => [
    `Biayanya US$${p.cost}, di atas --max-cost ${p.max}. Tidak ada yang dikirim.`,
    `Bila setuju: --max-cost ${p.cost}`,
  ],
  "publish-link-timed": (p) => [
    `--link tidak dapat dipakai bersama --at: pengirim pada waktu itu tidak tahu bahwa Anda menyetujui tautan di ${p.channel}. Belum ada yang dijadwalkan.`,
    `Tanpa --link, ${p.channel} terbit pada waktu itu tanpa tautan`,
    "Atau tanpa --at: kirim dengan --link pada waktunya",
  ],
  "publish-changed": (p) => [
    `Naskah ini tidak disetujui lagi (sekarang: ${p.state}). Tidak ada yang dikirim.`,
    "kominfo post status",
  ],
  "nothing-published": (p) => [
    p.channels.length === 0
      ? "Naskah ini tidak sedang terbit di kanal mana pun."
      : `Naskah ini tidak sedang terbit di ${p.channels.join(", ")}.`,
    "kominfo post status",
  ],
  "bad-take-down-reason": (p) => [
    `Alasan "${p.value}" harus diawali salah satu dari: ${p.causes.join(", ")}.`,
    'Misalnya --reason "anak: orang tuanya meminta"',
  ],
  "bad-cost": (p) => [`"${p.value}" bukan jumlah dolar.`, "Misalnya --max-cost 0.05"],
  "bad-time": (p) => [
    `${p.flag} "${p.value}" bukan waktu yang akan datang; di ruang redaksi sekarang ${p.now}.`,
    `Misalnya ${p.flag} "${p.example}"`,
  ],
};
