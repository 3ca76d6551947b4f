import type { FileErrors } from "../../errors/files.js";
import type { ErrorSentences } from "../types.js";

export const fileErrors: ErrorSentences<FileErrors> = {
  "file-not-found": (p) => [
    `Berkas ${p.path} tidak ditemukan.`,
    "Periksa nama dan letaknya; berkas boleh juga diseret ke terminal.",
  ],
  "file-unreadable": (p) => [`Berkas ${p.path} tidak dapat dibaca (${p.reason}).`],
  "outside-workspace": (p) => [`${p.path} berada di luar ruang kerja ini.`],
  "link-outside": (p) => [
    `${p.link} adalah tautan ke ${p.leadsTo}, di luar folder ${p.folder}, jadi tidak dipakai.`,
    `Bila Anda memang memerlukannya, salin isinya ke tempat itu; bila tidak, hapus tautannya: rm "${p.link}"`,
  ],
  "lock-held": (p) => [
    `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
    "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
    `Bila tidak ada kominfo lain yang berjalan: rm "${p.path}"`,
  ],
};
