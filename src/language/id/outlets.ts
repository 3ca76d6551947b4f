import type { OutletErrors } from "../../errors/outlets.js";
import { formatInstant } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";

/** Messages of the accounts that the newsroom knows, in the terminal. The desk's are in desk-accounts.ts. */
export const outlets = {
  none: "Belum ada akun yang diumumkan.",
  columns: ["Kanal", "Nama", "Nomor akun", "Milik", "Diumumkan", "Terakhir ada di penerbit", "Keadaan"],
  kabupaten: "Kabupaten",
  never: "belum pernah",
  works: "baik",
  paused: (p: { when: string }) => `login ditolak sejak ${p.when}`,
  askReason: "Mengapa? Alasannya dibaca rekan editor",
  moved: (p: { label: string; owner: string }) => `${p.label} sekarang milik ${p.owner}.`,
  removed: (p: { label: string }) => `Klaim atas ${p.label} dicabut; pemilik lain dapat mengumumkannya.`,
  /** A warning before publishing, and in `post status`. */
  isPaused: (p: { channel: string; label: string; when: string; who: string }) =>
    `${p.channel} ${p.label}: loginnya ditolak sejak ${p.when} (ditemukan ${p.who}). Di mesin kantor: kominfo auth login ${p.channel.toLowerCase()}`,
  notSeen: (p: { channel: string; label: string; when: string }) =>
    `${p.channel} ${p.label}: penerbit terakhir memilikinya ${p.when}. Pastikan kominfo publisher di mesin kantor masih berjalan.`,
  notTold: (p: { channel: string; account: string }) =>
    `Ruang redaksi belum dapat diberi tahu tentang akun ${p.channel} ${p.account}.`,
  resting: (p: { channel: string; account: string }) =>
    `${p.channel} "${p.account}": loginnya ditolak; dicoba lagi dalam satu jam, atau segera sesudah kominfo auth login ${p.channel.toLowerCase()}`,
};

interface Claimed {
  channel: string;
  account: string;
  kecamatan: string | null;
  by: string | null;
  since: string;
}
const ownerOf = ({ kecamatan }: Claimed) => (kecamatan === null ? "kabupaten" : `Kecamatan ${kecamatan}`);
const byWhom = ({ by, since }: Claimed) =>
  `${by === null ? "" : ` oleh ${by}`} pada ${formatInstant(since, "id")}`;
const askEditor = (p: Claimed) =>
  `Bila itu keliru, minta editor memindahkannya: halaman Akun kanal di meja redaksi, atau kominfo review account ${p.channel} ${p.account} --kecamatan <nama>`;

export const outletErrors: ErrorSentences<OutletErrors> = {
  "account-taken": (p) => [
    `Akun ${p.channel} ${p.account} tercatat sebagai milik ${ownerOf(p)}${byWhom(p)}; tidak diterbitkan dari sini.`,
    askEditor(p),
  ],
  "account-decided": (p) => [
    `Editor sudah memutuskan bahwa akun ${p.channel} ${p.account} milik ${ownerOf(p)}${byWhom(p)}.`,
    askEditor(p),
  ],
  "account-removed": (p) => [
    `Klaim atas akun ${p.channel} ${p.account} dicabut editor${byWhom(p)}; tidak diterbitkan dari sini.`,
    askEditor(p),
  ],
  "account-not-known": (p) => [
    `Akun ${p.channel} ${p.account} tidak dikenal ruang redaksi.`,
    "Lihat yang dikenal: kominfo review accounts",
  ],
  "account-unwatched": (p) => [
    `Belum pernah ada penerbit dengan akun ${p.accounts.join(", ")}, jadi tidak ada yang mengirim pada waktunya. Tidak ada yang dijadwalkan.`,
    "Jalankan kominfo publisher di mesin kantor dengan akun itu",
    "Atau terbitkan sekarang, tanpa --at.",
  ],
};
