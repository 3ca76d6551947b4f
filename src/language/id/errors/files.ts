export const files = {
  "file-not-found": (p: { path: string }) => [
    `Berkas ${p.path} tidak ditemukan.`,
    "Periksa nama dan letaknya; berkas boleh juga diseret ke terminal.",
  ],
  "file-unreadable": (p: { path: string; reason: string }) => [
    `Berkas ${p.path} tidak dapat dibaca (${p.reason}).`,
  ],
  "outside-workspace": (p: { path: string }) => [`${p.path} berada di luar ruang kerja ini.`],
  "lock-held": (p: { path: string; host: string; pid: number }) => [
    `${p.path} sedang dipakai proses lain (${p.host}, pid ${p.pid}).`,
    "Tunggu sampai proses itu selesai, lalu ulangi perintah yang sama.",
    `Jika tidak ada kominfo lain yang berjalan: rm "${p.path}"`,
  ],
};
