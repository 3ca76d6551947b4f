import type { TakeDownCause } from "../../contract/lifecycle.js";

const causes: Record<TakeDownCause, string> = {
  personal_data: "data pribadi",
  child: "anak",
  mistake: "keliru",
  hacked: "akun diretas",
};

/** Messages about what shall be taken down, and about corrections that only a person can make: at the desk and in commands. */
export const takeDowns = {
  /** Beside the state in a list. */
  listed: (p: { cause: TakeDownCause | null }) =>
    p.cause ? `diminta diturunkan (${causes[p.cause]})` : "diminta diturunkan",
  /** What is known of a request that is not done yet. */
  asked: {
    sent: (p: { who: string; when: string }) =>
      `Diminta turun oleh ${p.who}, ${p.when}; masih terbit, menunggu komputer yang punya akunnya (kominfo sync). Bila sudah diturunkan sendiri, editor menandainya di meja redaksi.`,
    by_hand: (p: { who: string; when: string }) =>
      `Diminta turun oleh ${p.who}, ${p.when}; masih terbit. Tautan ini dicatat sendiri: turunkan di kanalnya, lalu editor menandainya di meja redaksi.`,
    undecided: (p: { who: string; when: string }) =>
      `Diminta turun oleh ${p.who}, ${p.when}; begitu diketahui terbit, langsung diturunkan.`,
  },
  /** Why the last try has not removed it, by its code. */
  problems: {
    "web-photos-visible": "halamannya sudah ditarik, tetapi fotonya masih dapat dibuka siapa pun",
    "web-too-many-posts":
      "halamannya sudah ditarik; tidak dapat dipastikan apakah fotonya dipakai di halaman lain",
    "web-still-visible": "cache situs masih menampilkan halamannya",
    "web-role": "akun di situs itu tidak boleh menariknya",
    "instagram-not-removable":
      "token Instagram tanpa izin instagram_manage_contents; hapus di aplikasi Instagram",
    "instagram-pictures-open": "fotonya masih ada di situs kantor",
    "channel-post-unknown": "nomor terbitannya tidak diketahui; hapus sendiri di kanalnya",
    "channel-forbidden": "akunnya tidak punya izin menghapus; hapus sendiri di kanalnya",
    "channel-refused": "akunnya ditolak; perlu masuk lagi",
    "?": "sebabnya ikut terhapus bersama isi naskahnya; coba lagi dengan kominfo sync, atau hapus sendiri di kanalnya",
  } as Record<string, string>,
  /** An unknown code is told as it is. */
  problem: (p: { why: string; when: string }) => `Percobaan terakhir, ${p.when}: ${p.why}.`,
  open: (p: { links: readonly string[] }) => `Masih terbuka: ${p.links.join(" ")}`,
  /** A channel that shows an earlier revision, because no program may change it. */
  uncorrected: {
    name: "belum diralat",
    at: (p: { channel: string }) =>
      `${p.channel} tidak mengizinkan program mengubah teks yang sudah terbit, jadi seseorang menempelnya.`,
    byHand: (p: { channel: string }) =>
      `Terbitan di ${p.channel} ini dipasang dengan tangan dan masih memuat teks yang lama, jadi seseorang meralatnya di sana.`,
    look: "Salin teks ralatnya dari kartu di halaman ini",
    done: "Sudah diralat",
    url: "Alamat terbitan yang sudah diralat",
  },
};
