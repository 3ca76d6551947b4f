import { open } from "node:fs/promises";
import sharp, { type Metadata, type Sharp, type SharpOptions } from "sharp";
import { failed, usage } from "../errors.js";
import { writeAtomically } from "../files/atomic.js";
import { sha256 } from "../files/hash.js";
import { isSrgb, profileSpace } from "./colour.js";
import { type FileFormat, headBytes, tellFormat } from "./format.js";
import { type Fit, fitPreset, type Size, scaled } from "./size.js";
import { xmpPacket } from "./text.js";
import type { ImageEngine, PhotoFacts, Preset, RenderBrief, Rendition, RenditionTarget } from "./types.js";

/** Raise it when a change here gives other bytes. */
const recipe = 1;

/** Pixels. A JPEG is decoded in strips; a PNG or WebP may need all of itself in memory. */
const pixelLimits = {
  jpeg: 250_000_000,
  heic: 250_000_000,
  png: 100_000_000,
  webp: 100_000_000,
  avif: 100_000_000,
  tiff: 100_000_000,
  gif: 100_000_000,
} as const;
/** Bytes; more than any camera's JPEG of the pixels that we accept. */
const fileLimit = 256 * 1024 * 1024;
/** A second resize by less than this blurs visibly (1.04 costs a portrait 1.2 dB), so such a preset is made from the original. */
const nearestStep = 1.1;

type Format = PhotoFacts["format"];

/** A photo in memory whose header was read and accepted. */
interface OpenPhoto {
  path: string;
  bytes: Buffer;
  metadata: Metadata;
  facts: PhotoFacts;
}

/** Upright sRGB pixels, 8 bits, three channels. */
interface Pixels extends Size {
  data: Buffer;
}

// For the whole process, once. Files are read here and handed over as bytes: libvips would keep them open, which
// Windows notices; and of its many decoders only those of the three formats that we accept may run.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
});
sharp.cache(false);
// Two photos at once use two cores better than two threads on one photo.
sharp.concurrency(1);

/** Photos with sharp (libvips). Importing this file loads it, so import it where it is used. */
export function createSharpEngine(): ImageEngine {
  return {
    version: `${recipe} vips ${sharp.versions.vips} jpeg ${sharp.versions.mozjpeg ?? ""}`,
    inspect: async (file) => (await openPhoto(file)).facts,
    verify,
    render,
  };
}

async function verify(file: string): Promise<PhotoFacts> {
  const photo = await openPhoto(file);
  // Naming the working colour space keeps sharp from decoding a smaller picture than the file holds, and a crop
  // would leave out the rows behind it.
  const small = { width: 16, height: 16, fit: "fill" } as const;
  await decoding(photo, (image) => image.pipelineColourspace("srgb").resize(small).raw().toBuffer());
  return photo.facts;
}

async function render(
  source: string,
  targets: readonly RenditionTarget[],
  brief: RenderBrief,
  signal?: AbortSignal,
): Promise<Rendition[]> {
  const photo = await openPhoto(source);
  const xmp = xmpPacket(brief.text ?? {});
  const fits = targets.map(({ preset }) => ({ preset, fit: fitPreset(photo.facts, preset) }));
  const largest = Math.max(...fits.map(({ fit }) => fit.scale));
  signal?.throwIfAborted();
  const shared = await decode(photo, largest);
  const pictures: Buffer[] = [];
  for (const { preset, fit } of fits) {
    signal?.throwIfAborted();
    const step = largest / fit.scale;
    const pixels = step > 1 && step < nearestStep ? await decode(photo, fit.scale) : shared;
    pictures.push(await encode(pixels, preset, fit, xmp));
  }
  const renditions: Rendition[] = [];
  for (const [i, { preset, path }] of targets.entries()) {
    signal?.throwIfAborted();
    const picture = pictures[i]!;
    await write(path, picture);
    const { width, height } = fits[i]!.fit;
    renditions.push({
      preset: preset.name,
      path,
      width,
      height,
      bytes: picture.length,
      sha256: sha256(picture),
      notes: [],
    });
  }
  return renditions;
}

async function openPhoto(file: string): Promise<OpenPhoto> {
  const bytes = await readPhoto(file);
  const format = tellFormat(bytes.subarray(0, headBytes)) as Format;
  // The limit is checked here, so that the sentence can say how large the photo is.
  const metadata = await damagedUnless(file, sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height } = metadata.autoOrient;
  const limit = pixelLimits[format];
  if (width * height > limit) {
    throw failed("photo-too-large", { path: file, width, height, megapixels: limit / 1_000_000 });
  }
  return { path: file, bytes, metadata, facts: { format, width, height, bytes: bytes.length, notes: [] } };
}

/** The bytes of a file that begins like a photo we accept; a film or a disk image is never read whole. */
async function readPhoto(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, "r");
    try {
      const head = Buffer.alloc(headBytes);
      const { bytesRead } = await handle.read(head, 0, headBytes, 0);
      refuse(file, tellFormat(head.subarray(0, bytesRead)));
      const { size } = await handle.stat();
      if (size > fileLimit)
        throw failed("photo-file-too-large", { path: file, bytes: size, limit: fileLimit });
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!isSystemError(error)) throw error;
    if (code === "ENOENT") throw usage("file-not-found", { path: file });
    throw failed("file-unreadable", { path: file, reason: code ?? "" }, error);
  }
}

function refuse(file: string, found: FileFormat): void {
  if (found === "jpeg" || found === "png" || found === "webp") return;
  if (found === "heic" || found === "avif") {
    throw failed("photo-heic-not-supported", { path: file, format: found === "heic" ? "HEIC" : "AVIF" });
  }
  throw failed("photo-not-supported", { path: file, found });
}

/** All pixels of a photo, upright and in sRGB, scaled by `scale`. */
async function decode(photo: OpenPhoto, scale: number): Promise<Pixels> {
  const { icc, space } = photo.metadata;
  const isForeign = icc !== undefined && !isSrgb(icc);
  const resize = (image: Sharp) => image.resize({ ...scaled(photo.facts, scale), fit: "fill" });
  if (!isForeign || space === "cmyk" || profileSpace(icc) !== "RGB") {
    return decoding(photo, (image) => toPixels(resize(image)), { ignoreIcc: !isForeign });
  }
  // Converting colours is slow, so the small picture is converted; it keeps its profile on the way there.
  return decoding(photo, async (image) =>
    toPixels(sharp(await resize(image).keepIccProfile().png({ compressionLevel: 0 }).toBuffer())),
  );
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const flat = image.flatten({ background: "#ffffff" }).toColourspace("srgb").raw({ depth: "uchar" });
  const { data, info } = await flat.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Runs a pipeline that begins with a photo's bytes. */
async function decoding<T>(
  photo: OpenPhoto,
  pipeline: (image: Sharp) => Promise<T>,
  options: SharpOptions = {},
): Promise<T> {
  const image = sharp(photo.bytes, {
    autoOrient: true,
    // The default refuses photos that every phone of a certain maker writes; this still refuses cut-off ones.
    failOn: "error",
    limitInputPixels: pixelLimits[photo.facts.format],
    ...options,
  });
  return damagedUnless(photo.path, pipeline(image));
}

async function encode(pixels: Pixels, preset: Preset, fit: Fit, xmp: string | undefined): Promise<Buffer> {
  const { data, width, height } = pixels;
  const picture = sharp(data, { raw: { width, height, channels: 3 } })
    .resize({
      width: fit.width,
      height: fit.height,
      fit: preset.fit === "cover" ? "cover" : "fill",
      position: sharp.strategy.attention,
    })
    .jpeg({ quality: 80, chromaSubsampling: "4:2:0", mozjpeg: false });
  return (xmp ? picture.withXmp(xmp) : picture).toBuffer();
}

async function write(target: string, picture: Buffer): Promise<void> {
  try {
    await writeAtomically(target, picture);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw failed("photo-not-written", { path: target, reason: error.code ?? "" }, error);
  }
}

/** What libvips says of a broken file is for its developers: it is kept as the cause. */
async function damagedUnless<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw failed("photo-damaged", { path: file }, error);
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
