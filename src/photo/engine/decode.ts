import sharp, { type Sharp, type SharpOptions } from "sharp";
import { failed } from "../../errors/errors.js";
import { profileSpace } from "./colour.js";
import { convertDeepPixels, convertPixels, type DeepPixels, onWhite } from "./conversion.js";
import type { DeclaredColour } from "./declared-colour.js";
import { toneMap } from "./hdr.js";
import type { HeicDecoder, HeicPicture } from "./heic.js";
import { damagedUnless, type OpenPhoto, pixelLimits } from "./open.js";
import type { Pixels } from "./pixels.js";
import { scaled } from "./size.js";
import { tiffOf } from "./tiff.js";

/** Creates a pipeline that begins with these pixels. */
export function pipelineOf({ data, width, height }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Decodes a photo upright and in sRGB, scaled by `scale`. Throws `photo-damaged` and the errors of `HeicDecoder`. */
export async function decode(
  photo: OpenPhoto,
  scale: number,
  heic: HeicDecoder,
  signal?: AbortSignal,
): Promise<Pixels> {
  const { space, depth } = photo.metadata;
  const { colour } = photo;
  const size = scaled(photo.facts, scale);
  if (photo.facts.format === "heic") {
    const shrink = (whole: Pixels) => toPixels(pipelineOf(whole).resize({ ...size, fit: "fill" }));
    const small = await decodeHeic(photo, heic, shrink, signal);
    return damagedUnless(photo.path, toSrgb(small, colour));
  }
  const asStored = isTurned(photo) ? { width: size.height, height: size.width } : size;
  const resize = (image: Sharp) => upright(image.resize({ ...asStored, fit: "fill" }), photo);
  const raw = (image: Sharp) => toPixels(resize(image));
  if (space === "cmyk" || (colour?.kind === "profile" && profileSpace(colour.icc) !== "RGB"))
    return decoding(photo, raw);
  // sharp converts 16 bits by a profile to Display P3 and leaves them so. All bits are kept until sRGB: eight do not hold
  // the dark tones of PQ or of linear light.
  if (depth === "ushort" && colour && colour.kind !== "profile") {
    const deep = async (image: Sharp) => deepToSrgb(await toDeepPixels(resize(image)), colour);
    return decoding(photo, deep, { ignoreIcc: true });
  }
  // Converting colours is slow, so pixels are converted after the resize.
  return decoding(photo, async (image) => toSrgb(await raw(image), colour), { ignoreIcc: true });
}

/** Decodes every pixel of a photo and discards them. Throws like `decode`. */
export async function decodeAll(photo: OpenPhoto, heic: HeicDecoder): Promise<void> {
  if (photo.facts.format === "heic") return decodeHeic(photo, heic, async () => {});
  if (photo.facts.format === "jpeg") return decodeJpeg(photo);
  // An explicit working colour space keeps sharp from decoding a reduced picture. A crop would skip the rows after it.
  const small = { width: 16, height: 16, fit: "fill" } as const;
  await decoding(photo, (image) => image.pipelineColourspace("srgb").resize(small).raw().toBuffer());
}

/**
 * Decodes a JPEG with as little computed of its pixels as finds the same damage: libjpeg reads every coefficient also for
 * a picture at an eighth. libvips leaves out the rows that are then not whole, so other heights are decoded to the last
 * row, which needs all before it.
 */
async function decodeJpeg(photo: OpenPhoto): Promise<void> {
  const { width, height } = photo.metadata;
  // A ninth, because sharp decodes at a quarter what is to be exactly an eighth, and a far smaller size may skip rows.
  const ninth = { width: Math.floor(width / 9), height: Math.floor(height / 9) };
  const isWholeAtEighth = height % 8 === 0 && Math.min(ninth.width, ninth.height) > 0;
  const lastRow = { left: 0, top: height - 1, width, height: 1 };
  const reduce = (image: Sharp) =>
    isWholeAtEighth ? image.resize({ ...ninth, fit: "fill", kernel: "linear" }) : image.extract(lastRow);
  await decoding(photo, (image) => reduce(image).raw().toBuffer(), { ignoreIcc: true });
}

function decodeHeic<T>(
  { path, bytes, facts }: OpenPhoto,
  heic: HeicDecoder,
  use: (whole: Pixels) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const checkAndUse = ({ data, width, height }: HeicPicture) => {
    // libheif has already turned it. A wrong size in the header would have bypassed the pixel limit.
    if (width !== facts.width || height !== facts.height) {
      throw failed("photo-damaged", { path }, new Error(`decoded to ${width} x ${height}`));
    }
    return use({ data: Buffer.from(data.buffer, data.byteOffset, data.length), width, height });
  };
  return heic.decode(path, bytes, checkAndUse, signal);
}

async function toSrgb(pixels: Pixels, colour: DeclaredColour | undefined): Promise<Pixels> {
  switch (colour?.kind) {
    case undefined:
      return pixels;
    case "hdr":
      return toneMap(pixels, colour, 256);
    case "model":
      return convertPixels(pixels, colour.model);
    case "profile":
      return toPixels(sharp(tiffOf(pixels, colour.icc), { limitInputPixels: false }));
  }
}

function deepToSrgb(pixels: DeepPixels, colour: Exclude<DeclaredColour, { kind: "profile" }>): Pixels {
  const flat = onWhite(pixels);
  return colour.kind === "hdr" ? toneMap(flat, colour, 65_536) : convertDeepPixels(flat, colour.model);
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const flat = image.flatten({ background: "#ffffff" }).toColourspace("srgb").raw({ depth: "uchar" });
  const { data, info } = await flat.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function toDeepPixels(image: Sharp): Promise<DeepPixels> {
  const deep = image.toColourspace("rgb16").raw({ depth: "ushort" });
  const { data, info } = await deep.toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data: new Uint16Array(data.buffer, data.byteOffset, data.length / 2), width, height, channels };
}

/** Runs a pipeline on the stored picture of a photo, which is not turned upright. */
async function decoding<T>(
  photo: OpenPhoto,
  pipeline: (image: Sharp) => Promise<T>,
  options: SharpOptions = {},
): Promise<T> {
  const image = sharp(photo.bytes, {
    // The default refuses photos of a certain phone maker; "error" still refuses cut-off files.
    failOn: "error",
    limitInputPixels: pixelLimits[photo.facts.format],
    ...options,
  });
  return damagedUnless(photo.path, pipeline(image));
}

/** Whether turning the photo upright swaps width and height. */
function isTurned({ metadata }: OpenPhoto): boolean {
  return (metadata.orientation ?? 1) >= 5;
}

/**
 * Turns a picture upright (EXIF 2.32, tag 0x0112), after the resize, because turning the large one takes longer. sharp
 * mirrors before it turns.
 */
function upright(image: Sharp, { metadata }: OpenPhoto): Sharp {
  switch (metadata.orientation) {
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.flip().rotate(90);
    case 6:
      return image.rotate(90);
    case 7:
      return image.flip().rotate(270);
    case 8:
      return image.rotate(270);
    default:
      return image;
  }
}
