import type { CommandLineErrors } from "../../errors/command-line.js";
import type { ErrorSentences } from "../types.js";
import { placeholders } from "./placeholders.js";
import { systemHints, systemReason } from "./system-reasons.js";

/** A flag as it is typed; an argument as help calls it. */
function named(flag: string): string {
  return flag.replace(/^<(.*)>$/, (_, name: string) => `<${placeholders[name] ?? name}>`);
}

export const commandLineErrors: ErrorSentences<CommandLineErrors> = {
  cancelled: () => ["Dibatalkan. Bila ada yang sudah selesai, itu tetap tersimpan."],
  declined: () => ["Tidak jadi; tidak ada yang berubah."],
  "answers-kept": (p) => [
    `Dibatalkan. Jawaban Anda disimpan${p.isNew ? "" : ", tetapi belum masuk ke naskah"}.`,
    `Lanjutkan dengan: ${p.command}`,
  ],
  "unknown-command": (p) => [
    `Perintah "${p.name}" tidak dikenal.`,
    ...(p.elsewhere
      ? p.elsewhere.map((words) => `Mungkin maksud Anda: ${p.command} ${words}`)
      : p.nearest
        ? [`Mungkin maksud Anda: ${p.command} ${p.nearest}`]
        : [`${p.command} --help`]),
  ],
  "unknown-flag": (p) => [
    `Pilihan ${p.flag} tidak dikenal.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `${p.command} --help`,
  ],
  "missing-argument": (p) => [`<${placeholders[p.name] ?? p.name}> belum diberikan.`, `${p.command} --help`],
  "too-many-arguments": (p) => [
    "Argumen terlalu banyak. Apit dengan tanda kutip bila memuat spasi.",
    ...(p.instead ? [`Mungkin maksud Anda: ${p.instead}`] : []),
    `${p.command} --help`,
  ],
  "missing-flag-value": (p) => [`Pilihan ${p.flag} membutuhkan nilai.`, `${p.command} --help`],
  "bad-command-line": (p) => [`Perintah tidak dapat dipahami (${p.detail}).`, `${p.command} --help`],
  "missing-input": (p) => [
    `${named(p.flag)} belum diberikan.`,
    ...(p.choices ? [`Pilihannya: ${p.choices.join(", ")}`] : []),
    `Tambahkan ${named(p.flag)}, atau jalankan di terminal agar ditanya.`,
  ],
  "bad-choice": (p) => [
    `"${p.value}" bukan pilihan untuk ${named(p.flag)}.`,
    ...(p.nearest ? [`Mungkin maksud Anda: ${p.nearest}`] : []),
    `Pilihannya: ${p.choices.join(", ")}`,
  ],
  "flag-letters": (p) => [
    `Di ${named(p.flag)} ada huruf yang sudah hilang (\ufffd) atau tidak dapat disimpan; tidak ada yang dikirim.`,
    "Ketik ulang huruf itu. Dalam skrip: simpan skripnya sebagai UTF-8, lalu jalankan lagi.",
  ],
  "bad-number": (p) => [
    `${p.flag} harus berupa bilangan bulat ` +
      `${p.max < Number.MAX_SAFE_INTEGER ? `dari ${p.min} sampai ${p.max}` : `mulai dari ${p.min}`}, bukan "${p.value}".`,
  ],
  "file-system": (p) => [
    `${p.path ?? "Sebuah berkas"} tidak dapat ${{ read: "dibaca", write: "ditulis", open: "dibuka" }[p.doing]} (${systemReason(p.reason)}).`,
    ...systemHints(p.reason),
  ],
  "terminal-needed": (p) => ["Perintah ini perlu dijalankan di terminal.", p.instead],
  "flags-together": (p) => [`${p.flags.join(" dan ")} tidak dapat dipakai bersama; pilih salah satu.`],
  "day-invalid": (p) => [
    `${p.flag} harus berupa tanggal, bukan "${p.value}".`,
    `Misalnya: ${p.flag} "31 Desember 2026"`,
  ],
  "day-past": (p) => [`${p.flag} "${p.value}" sudah lewat.`],
};
