/**
 * Expected failures: code -> [one sentence on what happened, then commands or steps that mend it].
 * The sentence ends with a full stop; a hint is something to type or do.
 */
export const errors = {
  // files
  "file-not-found": (p: { path: string }) => [`Berkas ${p.path} tidak ditemukan.`],
  "file-unreadable": (p: { path: string; reason: string }) => [
    `Berkas ${p.path} tidak dapat dibaca (${p.reason}).`,
  ],
  "outside-workspace": (p: { path: string }) => [`${p.path} berada di luar ruang kerja ini.`],
  "lock-held": (p: { path: string; host: string; pid: number }) => [
    `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
    "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
  ],
};
