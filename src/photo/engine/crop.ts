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

/** Position of a crop, as a share of the free space each way: [0, 0] is the upper left, [0.5, 0.5] the centre. */
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
 * The busiest part is searched on a picture of this size, made once for all crops. libvips itself searches a picture of
 * 32 pixels, but renders the whole picture first.
 */
const searchEdge = 384;

/** Places a crop around the focus, as closely as the edges of the picture allow. */
export function cropAround([x, y]: Focus, picture: Size, crop: Size): Origin {
  const start = (centre: number, whole: number, part: number) =>
    Math.round(Math.min(Math.max(centre * whole - part / 2, 0), whole - part));
  return {
    left: start(x, picture.width, crop.width),
    top: start(y, picture.height, crop.height),
  };
}

/** Places a crop at a side, a corner or the centre. */
export function cropAt(position: keyof typeof places, picture: Size, crop: Size): Origin {
  const [x, y] = places[position];
  return {
    left: Math.round((picture.width - crop.width) * x),
    top: Math.round((picture.height - crop.height) * y),
  };
}

/** Makes the small copy of a picture in which `cropByContent` searches. */
export async function shrinkForSearch(pixels: Pixels): Promise<Pixels> {
  const size = scaled(pixels, Math.min(1, searchEdge / Math.max(pixels.width, pixels.height)));
  const small = pipelineOf(pixels).resize({ ...size, fit: "fill", kernel: "linear" });
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Places a crop where attention (what people look at) or entropy (detail) is highest. */
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
  const search = pipelineOf(small).resize({ ...inSmall, fit: "cover", position: sharp.strategy[strategy] });
  const { info } = await search.raw().toBuffer({ resolveWithObject: true });
  const start = (offset: number | undefined, whole: number, part: number) =>
    Math.min(Math.round(Math.abs(offset ?? 0) / factor), whole - part);
  return {
    left: start(info.cropOffsetLeft, picture.width, crop.width),
    top: start(info.cropOffsetTop, picture.height, crop.height),
  };
}

/** Returns the size of the whole picture from which a crop of `fit` is taken. */
export function uncropped(photo: Size, fit: Fit): Size {
  const { width, height } = scaled(photo, fit.scale);
  return { width: Math.max(width, fit.width), height: Math.max(height, fit.height) };
}
