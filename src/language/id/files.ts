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
  "text-unreadable": (p) => {
    const where = p.line ? `${p.path}, baris ${p.line}` : p.path;
    const again = "Buka berkas itu dengan penyunting teks, lalu simpan ulang sebagai UTF-8.";
    if (p.fault === "lost") {
      return [
        `${where}: ada huruf yang sudah hilang dan berganti tanda \ufffd.`,
        "Betulkan huruf itu, atau simpan ulang dari berkas aslinya sebagai UTF-8.",
      ];
    }
    if (p.fault === "damaged") return [`${where}: teks UTF-16 ini rusak atau terpotong.`, again];
    if (p.fault === "mixed") {
      return [`${where}: sebagian teks ini UTF-8, sebagian bukan, jadi huruf-hurufnya tidak pasti.`, again];
    }
    return [`${where}: ini bukan teks, atau disimpan dengan cara yang tidak dikenal.`, again];
  },
  "outside-workspace": (p) => [`${p.path} berada di luar ruang kerja ini.`],
  "link-outside": (p) => [
    `${p.link} adalah tautan ke ${p.leadsTo}, di luar folder ${p.folder}, jadi tidak dipakai.`,
    `Bila Anda memang memerlukannya, salin isinya ke tempat itu; bila tidak, hapus tautannya: rm "${p.link}"`,
  ],
  "lock-held": (p) =>
    p.pid === 0
      ? [
          `${p.path} menandai bahwa kominfo lain sedang bekerja di sini, tetapi tidak terbaca kominfo yang mana.`,
          "Tunggu sampai kominfo lain selesai, lalu ulangi perintah yang sama.",
          `Bila tidak ada kominfo lain yang berjalan, itu sisa komputer yang mati mendadak: rm "${p.path}"`,
        ]
      : [
          `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
          "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
          `Bila tidak ada kominfo lain yang berjalan: rm "${p.path}"`,
        ],
};
