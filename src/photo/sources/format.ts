import { open } from "node:fs/promises";
import type { PhotoFormat } from "../types.js";

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
  | "jxl"
  | "jp2"
  | "psd"
  | "exr"
  | "ico"
  | "eps"
  | "svg"
  | "pdf"
  | "zip"
  | "archive"
  | "office"
  | "html"
  | "video"
  | "audio"
  | "empty"
  | "unknown";

const photoFormats: ReadonlySet<string> = new Set<PhotoFormat>([
  "jpeg",
  "png",
  "webp",
  "heic",
  "avif",
  "tiff",
  "gif",
]);

export function isPhotoFormat(format: FileFormat): format is PhotoFormat {
  return photoFormats.has(format);
}

/** Bytes that `detectFormat` needs from the start of a file. */
export const headBytes = 1024;

const signatures: readonly (readonly [FileFormat, RegExp])[] = [
  ["jpeg", /^\xff\xd8\xff/],
  ["png", /^\x89PNG\r\n\x1a\n/],
  ["webp", /^RIFF.{4}WEBP/s],
  ["gif", /^GIF8[79]a/],
  // Canon, Olympus, Panasonic, Fujifilm, Sigma, Minolta. Other cameras' raw files are valid TIFFs, which open.ts distinguishes.
  ["raw", /^(II\*\0.{4}CR|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD-RAW|.{4}ftypcrx |FOVb|\0MRM|II\x1a\0{3}HEAPCCDR)/s],
  // JPEG XL: the codestream (ISO/IEC 18181-1) and the file of boxes (18181-2).
  ["jxl", /^(\xff\x0a|\0{3}\x0cJXL \r\n\x87\n)/],
  ["jp2", /^(\0{3}\x0cjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/],
  ["psd", /^8BPS/],
  ["exr", /^\x76\x2f\x31\x01/],
  // A count of pictures follows; Targa, which begins alike, has zeros there.
  ["ico", /^\0\0[\x01\x02]\0(?!\0\0).{4}/s],
  ["eps", /^(%!PS|\xc5\xd0\xd3\xc6)/],
  ["tiff", /^(II[*+]\0|MM\0[*+])/],
  ["bmp", /^BM.{4}\0\0\0\0/s],
  ["pdf", /^%PDF-/],
  ["zip", /^PK(\x03\x04|\x05\x06|\x07\x08)/],
  ["archive", /^(Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]|\xfd7zXZ\0|.{257}ustar)/s],
  ["office", /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/],
  ["avif", /^.{4}ftypavi[fs]/s],
  ["heic", /^.{4}ftyp(he[iv][cmsx]|mif1|msf1)/s],
  ["audio", /^(.{4}ftypM4A|ID3|OggS|RIFF.{4}WAVE|#!AMR|fLaC)/s],
  // MP4 and QuickTime, Matroska, AVI, Windows Media, Flash, MPEG programs, and MPEG transport of camcorders.
  [
    "video",
    /^(.{4}(ftyp|moov|mdat|wide|free|skip)|\x1a\x45\xdf\xa3|RIFF.{4}AVI |\x30\x26\xb2\x75|FLV\x01|\0\0\x01[\xb3\xba]|\x47.{187}\x47|.{4}\x47.{191}\x47)/s,
  ],
  // Comments and a declaration of XML may come first.
  [
    "html",
    /^(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,200}>\s*|<!--.{0,800}?-->\s*)*<(!doctype html|html|head|body|script)[\s>]/is,
  ],
  ["svg", /^(\xef\xbb\xbf)?\s*(<svg[\s/>]|<[?!].*<svg[\s/>])/is],
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

/** Detects the format of a file on the disk; undefined for one that cannot be read. */
export async function formatOf(file: string): Promise<FileFormat | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  try {
    const head = Buffer.alloc(headBytes);
    const read = await handle?.read(head, 0, headBytes, 0);
    return read && detectFormat(head.subarray(0, read.bytesRead));
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}
