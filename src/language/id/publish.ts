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
  },
  length: (p: { length: number; limit: number }) => `${p.length} dari ${p.limit} karakter`,
  photos: (p: { count: number; size: string }) => `${p.count} foto (${p.size})`,
  leftOut: (p: { count: number }) => `${p.count} foto tidak ikut`,
  handsOver: "menunggu redaksi situs menerbitkannya",
  cost: (p: { cost: string }) => `US$${p.cost}`,
  quota: (p: { used: number; total: number }) => `kuota terpakai ${p.used} dari ${p.total}`,
  notHere: (p: { channels: readonly string[] }) =>
    `Belum ada akun ${p.channels.join(", ")} di komputer ini; yang lain tetap diterbitkan.`,
  ask: (p: { count: number; size: string; cost: string | undefined }) =>
    `Terbitkan di ${p.count} kanal (${p.size}${p.cost === undefined ? "" : `, US$${p.cost}`})?`,
  askSchedule: (p: { count: number; when: string }) => `Jadwalkan ${p.count} kanal untuk ${p.when}?`,
  sending: (p: { channel: string }) => `Menerbitkan di ${p.channel}`,
  removing: (p: { channel: string }) => `Menurunkan dari ${p.channel}`,
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
  },
  /** How something is taken down. */
  takeDown: {
    askReason: "Mengapa harus diturunkan? Awali dengan data-pribadi, anak, keliru, atau akun-diretas",
    ask: (p: { count: number }) => `Turunkan ${p.count} terbitan sekarang?`,
    how: {
      here: "dari komputer ini",
      elsewhere: "menunggu komputer yang punya akunnya (kominfo publisher)",
      by_hand: "turunkan sendiri di kanalnya, lalu minta editor menandainya di meja redaksi",
      gone: "sudah diturunkan",
    },
    photosStay:
      "Foto-fotonya masih ada di pustaka media situs dan dapat dibuka lewat alamatnya. Hapus di sana bila foto itu pun harus hilang.",
  },
  waitsForArticle: "menunggu tautan berita di web",
  lookAgain: (p: { when: string }) => `Periksa lagi sesudah ${p.when}: kominfo sync`,
  undecided:
    "Tidak ada yang membuktikan apakah sudah terbit: lihat sendiri di kanalnya, lalu catat tautannya atau putuskan di meja redaksi.",
  untold: "Ruang redaksi belum diberi tahu karena sambungan terputus. Nanti: kominfo sync",
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
    "Atau terbitkan sendiri, lalu catat tautannya: kominfo post record <naskah>",
  ],
  "publish-unfit": (p) => [
    `${p.channel}: ${p.problem} Tidak ada yang dikirim.`,
    "Perbaiki naskahnya (kominfo post edit), kirim lagi, dan minta disetujui lagi.",
  ],
  "publish-cost-unagreed": (p) => [
    `Menerbitkan ini berbiaya US$${p.cost}; --yes saja belum cukup.`,
    `Tambahkan --max-cost ${p.cost}`,
  ],
  "publish-cost-over": (p) => [
    `Biayanya US$${p.cost}, di atas --max-cost ${p.max}. Tidak ada yang dikirim.`,
    `Bila setuju: --max-cost ${p.cost}`,
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
    `${p.flag} "${p.value}" bukan waktu yang akan datang.`,
    `Misalnya ${p.flag} "30 November 2026 07.00 WIB"`,
  ],
};
