import type { Pixels } from "./pixels.js";

/** What the numbers of a picture mean: linear light of each channel, and the share of each in linear sRGB. */
export interface ColourModel {
  /** Linear light, 0 to 1, of a number, 0 to 1; for red, green and blue. */
  tones: readonly ((x: number) => number)[];
  /** Rows: red, green, blue of linear sRGB; columns: red, green, blue of the picture. */
  toSrgb: readonly (readonly number[])[];
}

/** Decoded pixels of 16 bits. */
export interface DeepPixels {
  data: Uint16Array;
  width: number;
  height: number;
  channels: number;
}

/** Fine enough to distinguish the darkest values of 8 bits, small enough for a processor's first-level cache. */
const linearSteps = 8_191;
/** How far a sum may exceed black or white, as a share of white; ProPhoto's maximum is 1.1. */
const reach = 2;
const encodedSrgb = Uint8Array.from({ length: (1 + 2 * reach) * linearSteps + 2 }, (_, i) =>
  Math.round(encodeSrgb(Math.min(1, Math.max(0, i / linearSteps - reach))) * 255),
);

/** The number, 0 to 255, of linear light; what is below black or above white becomes it. */
export function encodedByte(linear: number): number {
  const place = Math.round((Math.min(1, Math.max(0, linear)) + reach) * linearSteps);
  return encodedSrgb[place]!;
}

/**
 * Returns a function that converts RGB numbers of this many values a channel to sRGB of 8 bits. `target` may be the array
 * that is read. The model fits (`isConvertible`).
 */
function converterOf(
  { tones, toSrgb }: ColourModel,
  values: 256 | 65_536,
): (numbers: Uint8Array | Uint16Array, target: Uint8Array) => void {
  // Contribution of each value of each channel to each channel of linear sRGB: [to][from][value].
  const adds = new Int32Array(9 * values);
  for (const [to, row] of toSrgb.entries()) {
    for (const [from, share] of row.entries()) {
      const start = (to * 3 + from) * values;
      const tone = tones[from]!;
      for (let v = 0; v < values; v++)
        adds[start + v] = Math.round(share * tone(v / (values - 1)) * linearSteps);
    }
  }
  return (numbers, target) => convert(numbers, target, adds, values);
}

function convert(
  numbers: Uint8Array | Uint16Array,
  target: Uint8Array,
  adds: Int32Array,
  values: number,
): void {
  const zero = reach * linearSteps;
  const [second, third] = [values * 3, values * 6];
  for (let at = 0; at < numbers.length; at += 3) {
    const [r, g, b] = [numbers[at]!, numbers[at + 1]! + values, numbers[at + 2]! + values * 2];
    target[at] = encodedSrgb[zero + adds[r]! + adds[g]! + adds[b]!]!;
    target[at + 1] = encodedSrgb[zero + adds[r + second]! + adds[g + second]! + adds[b + second]!]!;
    target[at + 2] = encodedSrgb[zero + adds[r + third]! + adds[g + third]! + adds[b + third]!]!;
  }
}

/** Whether white stays white, all values are numbers, and no sum exceeds what the tables hold. */
export function isConvertible({ tones, toSrgb }: ColourModel): boolean {
  return toSrgb.every((row) => {
    const ends = row.map((share, i) => share * tones[i]!(1));
    const sum = (choose: (value: number) => number) => ends.reduce((total, end) => total + choose(end), 0);
    const isWithin = sum((end) => Math.max(0, end)) <= 1 + reach && sum((end) => Math.min(0, end)) >= -reach;
    return Math.abs(sum((end) => end) - 1) <= 0.01 && isWithin;
  });
}

/** Converts pixels of 8 bits in place. */
export function convertPixels(pixels: Pixels, model: ColourModel): Pixels {
  converterOf(model, 256)(pixels.data, pixels.data);
  return pixels;
}

/** Converts pixels of 16 bits without alpha. */
export function convertDeepPixels({ data, width, height }: DeepPixels, model: ColourModel): Pixels {
  const target = Buffer.allocUnsafe(data.length);
  converterOf(model, 65_536)(data, target);
  return { data: target, width, height };
}

/** Lays pixels of 16 bits with alpha on white; returns those without alpha as they are. */
export function onWhite(pixels: DeepPixels): DeepPixels {
  const { data, channels } = pixels;
  if (channels !== 4) return pixels;
  const flat = new Uint16Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const cover = data[from + 3]! / 65_535;
    for (const i of [0, 1, 2]) flat[to + i] = Math.round(data[from + i]! * cover + 65_535 * (1 - cover));
  }
  return { ...pixels, data: flat, channels: 3 };
}

/** The number, 0 to 1, of linear light, 0 to 1 (IEC 61966-2-1). */
export function encodeSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** Linear light, 0 to 1, of a number, 0 to 1 (IEC 61966-2-1). */
export function decodeSrgb(x: number): number {
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}
