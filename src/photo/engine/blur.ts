import type { BlurBox } from "../types.js";
import type { Pixels } from "./pixels.js";
import type { Size } from "./size.js";

/**
 * Cells along the longer side of a box. A face keeps about 16 colours of its thousands of pixels, and a number plate one row of four:
 * neither a person nor a program finds out who or what it was, also not by trying out what could have been there.
 */
const cellsAcross = 4;
/** Steps of the colour of a cell: fine differences would tell similar originals apart. */
const levels = 16;

interface Part extends Size {
  left: number;
  top: number;
}

/**
 * Makes parts of a picture unrecognisable, in place: each becomes a few soft patches of rounded mean colours, computed from nothing but
 * those. Boxes may overlap. All renditions are made from these pixels, so none has anything else of what was there.
 */
export function blurBoxes(pixels: Pixels, boxes: readonly BlurBox[]): void {
  for (const box of boxes) blurPart(pixels, partOf(pixels, box));
}

/** The pixels of a box. Rounded outwards, with two pixels more for what a resize has mixed into its neighbours. */
function partOf({ width, height }: Size, [x, y, w, h]: BlurBox): Part {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x * width) - 2));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y * height) - 2));
  const right = Math.min(width, Math.ceil((x + w) * width) + 2);
  const bottom = Math.min(height, Math.ceil((y + h) * height) + 2);
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

function blurPart(pixels: Pixels, part: Part): void {
  const cell = Math.max(1, Math.max(part.width, part.height) / cellsAcross);
  const columns = Math.max(1, Math.round(part.width / cell));
  const rows = Math.max(1, Math.round(part.height / cell));
  const means = meanColours(pixels, part, columns, rows);
  const mean = (column: number, row: number, channel: number) =>
    means[(clamp(row, rows) * columns + clamp(column, columns)) * 3 + channel]!;
  for (let y = 0; y < part.height; y++) {
    // Between the middles of two cells their colours pass into one another.
    const v = ((y + 0.5) * rows) / part.height - 0.5;
    const [row, down] = [Math.floor(v), v - Math.floor(v)];
    for (let x = 0; x < part.width; x++) {
      const u = ((x + 0.5) * columns) / part.width - 0.5;
      const [column, across] = [Math.floor(u), u - Math.floor(u)];
      const at = ((part.top + y) * pixels.width + part.left + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upper = mix(mean(column, row, channel), mean(column + 1, row, channel), across);
        const lower = mix(mean(column, row + 1, channel), mean(column + 1, row + 1, channel), across);
        pixels.data[at + channel] = Math.round(mix(upper, lower, down));
      }
    }
  }
}

/** The mean colour of each cell, rounded to a few levels. */
function meanColours(pixels: Pixels, part: Part, columns: number, rows: number): Uint8Array {
  const sums = new Float64Array(columns * rows * 3);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < part.height; y++) {
    const row = Math.floor((y * rows) / part.height);
    for (let x = 0; x < part.width; x++) {
      const cell = row * columns + Math.floor((x * columns) / part.width);
      const at = ((part.top + y) * pixels.width + part.left + x) * 3;
      counts[cell]! += 1;
      for (let channel = 0; channel < 3; channel++) sums[cell * 3 + channel]! += pixels.data[at + channel]!;
    }
  }
  const step = 255 / (levels - 1);
  return Uint8Array.from(sums, (sum, i) =>
    Math.round(Math.round(sum / Math.max(1, counts[Math.floor(i / 3)]!) / step) * step),
  );
}

function clamp(index: number, count: number): number {
  return Math.min(count - 1, Math.max(0, index));
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
