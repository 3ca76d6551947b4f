import { open } from "node:fs/promises";
import sharp, { type Metadata } from "sharp";
import { failed, usage } from "../../errors/errors.js";
import { detectFormat, headBytes, isPhotoFormat } from "../sources/format.js";
import { isDecodedWhole } from "../sources/frame.js";
import { framesOfPng, sequenceAsPicture } from "../sources/sequence.js";
import type { Admission, PhotoFacts, PhotoFormat, PhotoNote } from "../types.js";
import { type DeclaredColour, declaredColour } from "./declared-colour.js";
import type { Size } from "./size.js";
import { misreadTiffKind } from "./tiff-kinds.js";
import { unsupportedKind } from "./unsupported.js";

/**
 * Pixel limits. A JPEG is decoded in strips. The other formats may need the whole picture in memory, and a HEIC needs it
 * in the memory of its decoder as well, which never shrinks.
 */
export const pixelLimits: Readonly<Record<PhotoFormat, number>> = {
  jpeg: 250_000_000,
  heic: 100_000_000,
  png: 100_000_000,
  webp: 100_000_000,
  avif: 100_000_000,
  tiff: 100_000_000,
  gif: 100_000_000,
};
/** Bytes; more than any camera writes for the accepted number of pixels. */
const fileLimit = 256 * 1024 * 1024;

/** A photo in memory whose header was read and accepted. */
export interface OpenPhoto {
  path: string;
  bytes: Buffer;
  metadata: Metadata;
  facts: PhotoFacts;
  /** Undefined for sRGB. */
  colour: DeclaredColour | undefined;
}

// Applies to the whole process. Files are read here and passed as bytes, because libvips would keep them open, which
// locks them on Windows. Only the decoders of accepted formats may run: no SVG, PDF or magick.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer",
    "VipsForeignLoadTiffBuffer",
    "VipsForeignLoadNsgifBuffer",
  ],
});
sharp.cache(false);
// Two concurrent photos use two cores better than two threads on one photo.
sharp.concurrency(1);

/** Raw files that are TIFFs: one that was cut, or whose maker hides it, is known by its name only. */
const rawEnding = /\.(dng|cr2|nef|nrw|arw|sr[2fw]|pef|3fr|iiq|erf|kdc|dcr|rwl)$/i;

/** Reads a photo and checks its header. Throws `file-not-found`, `file-unreadable` and `photo-…`. */
export async function openPhoto(file: string, admission?: Admission): Promise<OpenPhoto> {
  const stored = await readPhoto(file);
  const found = detectFormat(stored.subarray(0, headBytes)) as PhotoFormat;
  if (admission && found !== admission.format) throw failed("photo-not-supported", { path: file, found });
  if (found === "tiff" && (isCameraRaw(stored) || rawEnding.test(file)))
    throw failed("photo-not-supported", { path: file, found: "raw" });
  const misread = found === "tiff" ? misreadTiffKind(stored) : undefined;
  if (misread) throw failed("photo-not-supported", { path: file, found: misread });
  const { bytes, frames: inSequence = 1 } = found === "avif" ? sequenceAsPicture(stored) : { bytes: stored };
  // The limit is checked below, so that the error can state the size of the photo.
  const header = sharp(bytes, { limitInputPixels: false, unlimited: found === "avif" });
  const metadata = await damagedUnless(file, header.metadata());
  // HEIC and AVIF are both HEIF; the codec is more reliable than the brands of the container.
  const format = metadata.format !== "heif" ? found : metadata.compression === "av1" ? "avif" : "heic";
  const { width, height } = metadata.autoOrient;
  requirePixels(file, { width, height }, pixelLimits[format]);
  if (admission) {
    const whole = isDecodedWhole({ format, progressive: metadata.isProgressive === true });
    requirePixels(file, { width, height }, whole ? admission.pixelsDecodedWhole : admission.pixels);
  }
  const animated = format === "png" ? framesOfPng(bytes) : inSequence;
  const frames = format === "heic" ? 1 : Math.max(animated, metadata.pages ?? 1);
  const notes: PhotoNote[] = frames > 1 ? [{ code: "first-frame-only", frames }] : [];
  const colour = declaredColour({ path: file, bytes, format, icc: metadata.icc, exif: metadata.exif });
  if (colour?.kind === "hdr") notes.push({ code: "tone-mapped", transfer: colour.transfer });
  return {
    path: file,
    bytes,
    metadata,
    facts: { format, width, height, bytes: bytes.length, notes },
    colour,
  };
}

function requirePixels(path: string, { width, height }: Size, limit: number): void {
  if (width * height <= limit) return;
  throw failed("photo-too-large", { path, width, height, megapixels: limit / 1_000_000 });
}

/**
 * Converts a failure of libvips to `photo-not-supported` where its decoder knows the kind and does not decode it, to
 * `photo-damaged` otherwise. Its message is for developers and kept as the cause.
 */
export async function damagedUnless<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const found = unsupportedKind(error instanceof Error ? error.message : "");
    if (found) throw failed("photo-not-supported", { path: file, found }, error);
    throw failed("photo-damaged", { path: file }, error);
  }
}

/** Reads a file whose first bytes are those of an accepted photo; a video or disk image is never read whole. */
async function readPhoto(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, "r");
    try {
      const head = Buffer.alloc(headBytes);
      const { bytesRead } = await handle.read(head, 0, headBytes, 0);
      const found = detectFormat(head.subarray(0, bytesRead));
      if (!isPhotoFormat(found)) throw failed("photo-not-supported", { path: file, found });
      const { size } = await handle.stat();
      if (size > fileLimit)
        throw failed("photo-file-too-large", { path: file, bytes: size, limit: fileLimit });
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "ENOENT") throw usage("file-not-found", { path: file });
    throw failed("file-unreadable", { path: file, reason: error.code ?? "" }, error);
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/**
 * Whether a TIFF is a camera's raw file, whose first picture is only a small preview. Its first directory then marks the
 * picture as reduced (NewSubfileType, TIFF 6.0) or has a DNGVersion (Adobe DNG).
 */
function isCameraRaw(tiff: Buffer): boolean {
  const little = tiff.toString("latin1", 0, 2) === "II";
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  try {
    const start = u32(4);
    for (let i = 0; i < u16(start); i++) {
      const at = start + 2 + i * 12;
      if (u16(at) === 0xc612) return true;
      if (u16(at) === 0x00fe && (u32(at + 8) & 1) === 1) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
