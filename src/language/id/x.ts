import type { XErrors } from "../../errors/x.js";
import { formatInstant } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";

export const xErrors: ErrorSentences<XErrors> = {
  "x-credits-spent": (p) => [
    `Kredit untuk ${p.origin} habis, atau batas belanjanya tercapai.`,
    "Isi kredit atau naikkan batasnya di https://developer.x.com, lalu ulangi perintah yang sama.",
  ],
  "x-clock-off": (p) => [
    `Jam komputer ini (${formatInstant(p.here, "id")}) tidak cocok dengan jam ${p.origin} (${formatInstant(p.there, "id")}), jadi kuncinya ditolak. Kuncinya sendiri mungkin benar.`,
    "Betulkan tanggal, jam, dan zona waktu komputer ini, lalu ulangi perintah yang sama.",
  ],
  "x-refuses": (p) => [
    `X tidak menerima permintaan ini (${p.status}: ${p.reason}).`,
    "Perbarui kominfo; bila tetap begitu, beri tahu pengelola kominfo.",
  ],
  "x-text-too-long": (p) => [
    `Teks untuk X ${p.length} karakter menurut hitungan X; batasnya ${p.limit}.`,
    "Kirim tanpa --link, atau persingkat teks_kanal.x di index.md dan ajukan lagi.",
  ],
  "x-alt-too-long": (p) => [
    `Satu teks alternatif ${p.length} karakter; X menerima paling banyak ${p.limit}.`,
    "Persingkat alt foto itu di index.md, lalu ajukan lagi.",
  ],
  "x-photo-too-large": (p) => [
    `Satu foto ${p.bytes} byte; X menerima paling banyak ${p.limit}.`,
    "Perkecil foto itu, lalu ajukan lagi.",
  ],
  "x-still-there": (p) => [
    `X menerima penghapusan, tetapi ${p.url} masih dapat dibaca.`,
    "Ulangi perintah yang sama sebentar lagi.",
  ],
};
