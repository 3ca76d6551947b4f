/** Words of the photo commands. */
export const photo = {
  preparing: "Menyiapkan foto",
  made: (p: { written: number; skipped: number; failed: number; folder: string }) =>
    `${p.written} berkas dibuat di ${p.folder}` +
    (p.skipped > 0 ? `, ${p.skipped} sudah ada` : "") +
    (p.failed > 0 ? `, ${p.failed} foto gagal` : ""),
  wouldMake: (p: { files: number; photos: number; folder: string }) =>
    `Akan dibuat ${p.files} berkas dari ${p.photos} foto di ${p.folder}; belum ada yang dibuat.`,
};
