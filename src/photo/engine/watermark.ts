import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { failed, usage } from "../../errors/errors.js";
import { sha256 } from "../../files/hash.js";
import { detectFormat, headBytes } from "../sources/format.js";
import { type Corner, corners, type Focus, type Watermark, type WatermarkPlacement } from "../types.js";
import { pipelineOf } from "./decode.js";
import { isSystemError } from "./open.js";
import type { Pixels } from "./pixels.js";
import type { Size } from "./size.js";

/** Gap between the logo and the edges, and radius around the focus, as shares of the shorter side of the picture. */
const margin = 0.03;
const focusRadius = 0.12;
/** Maximum width and height of the logo as a share of the picture, so that one corner is always free of the focus. */
const maxShare = 0.4;
/** Difference in lightness (0 to 1) between the logo and its background below which it gets a shade. */
const contrast = 0.35;

const defaults = { corner: "bottom-right", opacity: 0.8, share: 0.18 } as const;

interface Box extends Size {
  left: number;
  top: number;
}

/** Reads a logo for `RenderOptions.watermark`. Throws `file-not-found` (exit 2) or `watermark-unusable`. */
export async function readWatermark(path: string, placement: WatermarkPlacement = {}): Promise<Watermark> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (isSystemError(error) && error.code === "ENOENT") throw usage("file-not-found", { path });
    throw failed("watermark-unusable", { path }, error);
  });
  if (!["png", "webp", "jpeg", "avif"].includes(detectFormat(bytes.subarray(0, headBytes)))) {
    throw failed("watermark-unusable", { path });
  }
  await sharp(bytes)
    .stats()
    .catch((error: unknown) => {
      throw failed("watermark-unusable", { path }, error);
    });
  return { path, sha256: sha256(bytes), ...placement };
}

/**
 * Lays a logo over a picture: in its corner, or in the next one where it does not cover the focus. Where the background
 * is about as light as the logo, a soft shade behind the logo keeps it readable.
 *
 * @param focus position in this picture, 0 to 1 each way
 * @param keepClear pixels at the top and bottom that the logo must not cover
 */
export async function addWatermark(
  picture: Pixels,
  watermark: Watermark,
  focus: Focus | undefined,
  keepClear = 0,
): Promise<Pixels> {
  const { corner, opacity, share } = { ...defaults, ...watermark };
  const usable = { width: picture.width, height: Math.max(1, picture.height - 2 * keepClear) };
  const logo = await drawLogo(watermark.path, usable, Math.min(share, maxShare), opacity);
  const box = { ...placeWatermark(picture, logo, corner, focus, keepClear), ...logo.size };
  const layers = [
    { input: logo.data, raw: { ...logo.size, channels: 4 as const }, left: box.left, top: box.top },
  ];
  const ground = lightness(await pipelineOf(picture).extract(box).raw().toBuffer(), 3);
  if (Math.abs(ground - logo.lightness) < contrast) {
    layers.unshift(...(await shade(logo, box, picture, logo.lightness > 0.5 ? 0 : 255)));
  }
  const data = await pipelineOf(picture).composite(layers).removeAlpha().raw().toBuffer();
  return { ...picture, data };
}

/** Places a logo in the wanted corner, or in the first one where it does not cover the focus. */
export function placeWatermark(
  picture: Size,
  logo: { size: Size },
  wanted: Corner,
  focus: Focus | undefined,
  keepClear: number,
): { left: number; top: number } {
  const { width, height } = logo.size;
  const shorter = Math.min(picture.width, picture.height);
  const gap = Math.round(shorter * margin);
  const inCorner = (corner: Corner) => ({
    left: corner.endsWith("left") ? gap : Math.max(0, picture.width - width - gap),
    top: corner.startsWith("top")
      ? Math.min(gap + keepClear, Math.max(0, picture.height - height))
      : Math.max(0, picture.height - height - gap - keepClear),
  });
  // Distance of the focus from the logo, in pixels.
  const distance = ({ left, top }: { left: number; top: number }) => {
    if (!focus) return Number.POSITIVE_INFINITY;
    const [x, y] = [focus[0] * picture.width, focus[1] * picture.height];
    const outside = (at: number, start: number, length: number) =>
      Math.max(start - at, 0, at - start - length);
    return Math.hypot(outside(x, left, width), outside(y, top, height));
  };
  const places = [wanted, ...corners.filter((corner) => corner !== wanted)].map(inCorner);
  return (
    places.find((place) => distance(place) >= shorter * focusRadius) ??
    places.sort((a, b) => distance(b) - distance(a))[0]!
  );
}

interface Logo {
  /** RGBA. */
  data: Buffer;
  size: Size;
  /** Lightness of its opaque part, 0 to 1. */
  lightness: number;
}

async function drawLogo(path: string, room: Size, share: number, opacity: number): Promise<Logo> {
  const { data, info } = await sharp(await readFile(path))
    .resize({
      width: Math.max(1, Math.round(room.width * share)),
      height: Math.max(1, Math.round(room.height * maxShare)),
      fit: "inside",
    })
    .ensureAlpha()
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw failed("watermark-unusable", { path }, error);
    });
  const light = lightness(data, 4);
  for (let at = 3; at < data.length; at += 4) data[at] = Math.round(data[at]! * opacity);
  return { data, size: { width: info.width, height: info.height }, lightness: light };
}

/** Mean luma of pixels, weighted by their alpha where they have one; 0 to 1. */
function lightness(data: Buffer, channels: 3 | 4): number {
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < data.length; at += channels) {
    const alpha = channels === 4 ? data[at + 3]! : 255;
    sum += alpha * (0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!);
    weight += alpha * 255;
  }
  return weight === 0 ? 0.5 : sum / weight;
}

/** Makes a blurred black or white copy of the logo's shape, slightly larger than the logo; none without room for it. */
async function shade(logo: Logo, box: Box, picture: Size, colour: 0 | 255) {
  const { width, height } = logo.size;
  const reach = Math.min(
    Math.max(1, Math.round(width * 0.06)),
    box.left,
    box.top,
    picture.width - box.left - width,
    picture.height - box.top - height,
  );
  if (reach < 1) return [];
  const alpha = Buffer.alloc(width * height);
  for (let i = 0; i < alpha.length; i++) alpha[i] = logo.data[i * 4 + 3]!;
  const size = { width: width + 2 * reach, height: height + 2 * reach };
  const soft = await sharp(alpha, { raw: { width, height, channels: 1 } })
    .extend({ top: reach, bottom: reach, left: reach, right: reach, background: "#000000" })
    .blur(Math.max(0.5, reach / 2))
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  const data = Buffer.alloc(size.width * size.height * 4, colour);
  for (let i = 0; i < soft.length; i++) data[i * 4 + 3] = soft[i]!;
  const layer = { input: data, raw: { ...size, channels: 4 as const } };
  return [{ ...layer, left: box.left - reach, top: box.top - reach }];
}
