import type { RenderedPhoto, Size } from "./types.js";

type Crop = NonNullable<RenderedPhoto["crop"]>;

/** Fractions from the left and from the top. */
interface Focus {
  x: number;
  y: number;
}

const centre: Focus = { x: 0.5, y: 0.5 };

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/**
 * The largest part of a photo that has `ratio` (width by height), around its focus as far as the edges allow, else around its
 * centre. null: all of the photo has that ratio, to the pixel.
 */
export function cropTo(size: Size, ratio: number, focus: Focus = centre): Crop | null {
  const width = clamp(Math.round(size.height * ratio), 1, size.width);
  const height = clamp(Math.round(size.width / ratio), 1, size.height);
  if (size.width - width <= 1 && size.height - height <= 1) return null;
  return {
    left: clamp(Math.round(focus.x * size.width - width / 2), 0, size.width - width),
    top: clamp(Math.round(focus.y * size.height - height / 2), 0, size.height - height),
    width,
    height,
  };
}

/** The share of a photo that a crop leaves out, 0 to 1. */
export function lossOf(size: Size, crop: Crop | null): number {
  return crop === null ? 0 : 1 - (crop.width * crop.height) / (size.width * size.height);
}

/** Scales down so that neither side is longer than `longest` pixels. Never enlarges. */
export function scaleDown(size: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
