import type { FileErrors } from "../../errors/files.js";
import type { ErrorSentences } from "../types.js";
import { systemHints, systemReason } from "./system-reasons.js";

export const fileErrors: ErrorSentences<FileErrors> = {
  "file-not-found": (p) => [
    `Berkas ${p.path} tidak ditemukan.`,
    "Periksa nama dan letaknya; berkas boleh juga diseret ke terminal.",
  ],
  "file-unreadable": (p) => [
    `Berkas ${p.path} tidak dapat dibaca (${systemReason(p.reason)}).`,
    ...systemHints(p.reason),
  ],
  "outside-workspace": (p) => [`${p.path} berada di luar ruang kerja ini.`],
  "link-outside": (p) => [
    `${p.link} adalah tautan ke ${p.leadsTo}, di luar folder ${p.folder}, jadi tidak dipakai.`,
    `Jika Anda memang memerlukannya, salin isinya ke tempat itu; jika tidak, hapus tautannya: rm "${p.link}"`,
  ],
  "lock-held": (p) =>
    p.pid === 0
      ? [
          `${p.path} menandai bahwa kominfo lain sedang bekerja di sini, tetapi tidak terbaca kominfo yang mana.`,
          "Tunggu sampai kominfo lain selesai, lalu ulangi perintah yang sama.",
          `Jika tidak ada kominfo lain yang berjalan, itu sisa komputer yang mati mendadak: rm "${p.path}"`,
        ]
      : [
          `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
          "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
          `Jika tidak ada kominfo lain yang berjalan: rm "${p.path}"`,
        ],
};
