import type { photo as original } from "../id/photo.js";

export const photo: typeof original = {
  preparing: "Preparing photos",
  made: (p) =>
    `${p.written} files written to ${p.folder}` +
    (p.skipped > 0 ? `, ${p.skipped} there already` : "") +
    (p.failed > 0 ? `, ${p.failed} photos failed` : ""),
  wouldMake: (p) =>
    `${p.files} files would be made from ${p.photos} photos in ${p.folder}; nothing was made.`,
};
