import sharp from "sharp";
import type { Focus, Position } from "../types.js";
import { pipelineOf } from "./decode.js";
import type { Pixels } from "./pixels.js";
import { type Fit, type Size, scaled } from "./size.js";

/** The upper left corner of a crop. */
export interface Origin {
  left: number;
  top: number;
}

/** Where a crop lies, each 0 to 1 of the room there is: [0, 0] is the upper left, [0.5, 0.5] the centre. */
const places: Readonly<Record<Exclude<Position, "attention" | "entropy">, readonly [number, number]>> = {
  centre: [0.5, 0.5],
  top: [0.5, 0],
  right: [1, 0.5],
  bottom: [0.5, 1],
  left: [0, 0.5],
  "top-left": [0, 0],
  "top-right": [1, 0],
  "bottom-left": [0, 1],
  "bottom-right": [1, 1],
};

/**
 * Looking for the busiest part is done on a picture of this size, once for all crops: libvips itself looks at one
 * of 32 pixels, but makes the whole rendition first.
 */
const lookoutEdge = 384;

/** Where a crop of `crop` lies in a picture of `picture` pixels: around the focus, as near as the edges allow. */
export function cropAround([x, y]: Focus, picture: Size, crop: Size): Origin {
  const start = (centre: number, whole: number, part: number) =>
    Math.round(Math.min(Math.max(centre * whole - part / 2, 0), whole - part));
  return {
    left: start(x, picture.width, crop.width),
    top: start(y, picture.height, crop.height),
  };
}

/** Where a crop lies that keeps a side, a corner or the centre. */
export function cropAt(position: keyof typeof places, picture: Size, crop: Size): Origin {
  const [x, y] = places[position];
  return {
    left: Math.round((picture.width - crop.width) * x),
    top: Math.round((picture.height - crop.height) * y),
  };
}

/** A small copy of a picture, to look for what is worth keeping. */
export async function shrinkForSearch(pixels: Pixels): Promise<Pixels> {
  const size = scaled(pixels, Math.min(1, lookoutEdge / Math.max(pixels.width, pixels.height)));
  const small = pipelineOf(pixels).resize({ ...size, fit: "fill", kernel: "linear" });
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Where the crop lies that has the most of what people look at (attention) or of detail (entropy). */
export async function cropByContent(
  strategy: "attention" | "entropy",
  small: Pixels,
  picture: Size,
  crop: Size,
): Promise<Origin> {
  const factor = small.width / picture.width;
  const inSmall = {
    width: Math.min(small.width, Math.max(1, Math.round(crop.width * factor))),
    height: Math.min(small.height, Math.max(1, Math.round(crop.height * factor))),
  };
  const look = pipelineOf(small).resize({ ...inSmall, fit: "cover", position: sharp.strategy[strategy] });
  const { info } = await look.raw().toBuffer({ resolveWithObject: true });
  const start = (offset: number | undefined, whole: number, part: number) =>
    Math.min(Math.round(Math.abs(offset ?? 0) / factor), whole - part);
  return {
    left: start(info.cropOffsetLeft, picture.width, crop.width),
    top: start(info.cropOffsetTop, picture.height, crop.height),
  };
}

/** The size of the whole picture from which a crop of `fit` is taken. */
export function uncropped(photo: Size, fit: Fit): Size {
  const { width, height } = scaled(photo, fit.scale);
  return { width: Math.max(width, fit.width), height: Math.max(height, fit.height) };
}
