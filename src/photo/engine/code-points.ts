import { type ColourModel, decodeSrgb } from "./conversion.js";

/** Colour as numbers of ITU-T H.273: 8.1 primaries, 8.2 transfer characteristics. */
export interface CodePoints {
  primaries: number;
  transfer: number;
}

/** Brighter than white: the numbers are of a high dynamic range, by one of the two transfer functions of ITU-R BT.2100. */
export type HdrTransfer = "pq" | "hlg";

type Chromaticities = readonly [r: Place, g: Place, b: Place];
type Place = readonly [x: number, y: number];
const d65: Place = [0.3127, 0.329];
const srgb: Chromaticities = [
  [0.64, 0.33],
  [0.3, 0.6],
  [0.15, 0.06],
];
/** ITU-T H.273, table 2, as far as photos use it; all have the white of sRGB. */
const chromaticities: Readonly<Record<number, Chromaticities>> = {
  1: srgb,
  5: [
    [0.64, 0.33],
    [0.29, 0.6],
    [0.15, 0.06],
  ],
  6: [
    [0.63, 0.34],
    [0.31, 0.595],
    [0.155, 0.07],
  ],
  7: [
    [0.63, 0.34],
    [0.31, 0.595],
    [0.155, 0.07],
  ],
  9: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
  12: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};

/** Returns the transfer function of high dynamic range, or undefined. */
export function hdrTransferOf({ transfer }: CodePoints): HdrTransfer | undefined {
  return transfer === 16 ? "pq" : transfer === 18 ? "hlg" : undefined;
}

/** Returns rows that turn linear light of these primaries into linear sRGB; those of sRGB for numbers that are not known. */
export function primariesToSrgb(primaries: number): readonly (readonly number[])[] {
  return matrixToSrgb(chromaticities[primaries] ?? srgb);
}

/**
 * Returns what numbers of these code points mean; undefined for sRGB, for what is not known, and for high dynamic range. The
 * video curves (1, 6, 14, 15) are read as sRGB's, as viewers do.
 */
export function modelOfCodePoints({ primaries, transfer }: CodePoints): ColourModel | undefined {
  const isPlain = (chromaticities[primaries] ?? srgb) === srgb;
  const gamma = ({ 4: 2.2, 5: 2.8, 8: 1 } as Readonly<Record<number, number>>)[transfer];
  if (hdrTransferOf({ primaries, transfer }) || (isPlain && gamma === undefined)) return undefined;
  const tone = gamma === undefined ? decodeSrgb : (x: number) => x ** gamma;
  return { tones: [tone, tone, tone], toSrgb: primariesToSrgb(primaries) };
}

/** Adobe RGB (1998) Color Image Encoding, 4.3.1: its primaries and its gamma of 2 + 51/256. */
export const adobeRgb: ColourModel = {
  tones: [0, 1, 2].map(() => (x: number) => x ** (563 / 256)),
  toSrgb: matrixToSrgb([
    [0.64, 0.33],
    [0.21, 0.71],
    [0.15, 0.06],
  ]),
};

/** SMPTE RP 177: the matrix of primaries with the white D65 to XYZ, followed by that of XYZ to sRGB. */
function matrixToSrgb(places: Chromaticities): readonly (readonly number[])[] {
  return multiply(inverse(matrixToXyz(srgb)), matrixToXyz(places));
}

function matrixToXyz(places: Chromaticities): number[][] {
  const xyz = ([x, y]: Place) => [x / y, 1, (1 - x - y) / y];
  const columns = places.map(xyz);
  const unscaled = [0, 1, 2].map((row) => columns.map((column) => column[row]!));
  const white = xyz(d65);
  const scale = inverse(unscaled).map((row) => row.reduce((sum, factor, i) => sum + factor * white[i]!, 0));
  return unscaled.map((row) => row.map((value, i) => value * scale[i]!));
}

function multiply(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row) => [0, 1, 2].map((i) => row.reduce((sum, value, k) => sum + value * b[k]![i]!, 0)));
}

function inverse(m: readonly (readonly number[])[]): number[][] {
  const at = (row: number, column: number) => m[row % 3]![column % 3]!;
  const cofactor = (row: number, column: number) =>
    at(row + 1, column + 1) * at(row + 2, column + 2) - at(row + 1, column + 2) * at(row + 2, column + 1);
  const determinant = [0, 1, 2].reduce((sum, i) => sum + at(0, i) * cofactor(0, i), 0);
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => cofactor(column, row) / determinant));
}
