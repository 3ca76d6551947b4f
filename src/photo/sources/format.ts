/** File format as its first bytes show it. The first seven are rendered; the others are refused with their name. */
export type FileFormat =
  | "jpeg"
  | "png"
  | "webp"
  | "heic"
  | "avif"
  | "tiff"
  | "gif"
  | "raw"
  | "bmp"
  | "svg"
  | "pdf"
  | "zip"
  | "video"
  | "empty"
  | "unknown";

/** Bytes that `detectFormat` needs from the start of a file. */
export const headBytes = 1024;

const signatures: readonly (readonly [FileFormat, RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n\x1a\n/],
  ["webp", /^RIFF.{4}WEBP/s],
  ["gif", /^GIF8[79]a/],
  // Canon, Olympus, Panasonic. Other cameras' raw files are valid TIFFs, which open.ts distinguishes.
  ["raw", /^(II\*\0.{4}CR|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW)/s],
  ["tiff", /^(II[*+]\0|MM\0[*+])/],
  ["bmp", /^BM.{4}\0\0\0\0/s],
  ["pdf", /^%PDF-/],
  ["zip", /^PK(\x03\x04|\x05\x06)/],
  ["avif", /^.{4}ftypavi[fs]/s],
  ["heic", /^.{4}ftyp(he[iv][cmsx]|mif1|msf1)/s],
  ["video", /^(.{4}(ftyp|moov|mdat)|\x1a\x45\xdf\xa3|RIFF.{4}AVI )/s],
  ["svg", /^(\xef\xbb\xbf)?\s*(<svg[\s>]|<[?!].*<svg[\s>])/is],
];

/**
 * Detects the format of a file by its content, never by its name.
 *
 * @param head the first `headBytes` bytes, fewer for a shorter file
 */
export function detectFormat(head: Uint8Array): FileFormat {
  if (head.length === 0) return "empty";
  const text = Buffer.from(head.subarray(0, headBytes)).toString("latin1");
  // HEIF files may name a general brand first and the specific one among the compatible brands (ISO 14496-12, 4.3).
  const brands = /^.{4}ftyp(mif1|msf1)/s.test(text)
    ? text.slice(16, Math.min(headBytes, Buffer.from(text.slice(0, 4), "latin1").readUInt32BE()))
    : "";
  if (/avi[fs]/.test(brands) && !/he[iv][cmsx]/.test(brands)) return "avif";
  return signatures.find(([, signature]) => signature.test(text))?.[0] ?? "unknown";
}
