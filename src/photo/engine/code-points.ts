import { type ColourModel, decodeSrgb, isConvertible } from "./conversion.js";

/** Colour as numbers of ITU-T H.273: 8.1 primaries, 8.2 transfer characteristics. */
export interface CodePoints {
  primaries: number;
  transfer: number;
}

/** Brighter than white: the numbers are of a high dynamic range, by one of the two transfer functions of ITU-R BT.2100. */
export type HdrTransfer = "pq" | "hlg";

type Chromaticities = readonly [r: Place, g: Place, b: Place];
/** Chromaticity (CIE 1931). */
export type Place = readonly [x: number, y: number];
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

const xyz = ([x, y]: Place) => [x / y, 1, (1 - x - y) / y];
/** Bradford (ICC.1:2022, annex E): XYZ to the sharpened answers of the eye. */
const bradford = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

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

/** Deviation of chromaticities from those of sRGB that is rounding. */
const sameColour = 0.002;

/**
 * Returns what numbers of these primaries mean; undefined for sRGB, and for primaries that no picture can have.
 *
 * @param exponent of the curve from numbers to light; none for the curve of sRGB
 */
export function modelOfPrimaries(
  exponent: number | undefined,
  primaries: { white: Place; rgb: Chromaticities } | undefined,
): ColourModel | undefined {
  const tone = exponent === undefined ? decodeSrgb : (x: number) => x ** exponent;
  const tones = [tone, tone, tone];
  const plain: ColourModel | undefined =
    exponent === undefined ? undefined : { tones, toSrgb: matrixToSrgb(srgb) };
  if (!primaries) return plain;
  const { white, rgb } = primaries;
  const isSame = [white, ...rgb].every((place, i) =>
    place.every((value, k) => Math.abs(value - [d65, ...srgb][i]![k]!) < sameColour),
  );
  if (isSame) return plain;
  const model = { tones, toSrgb: matrixToSrgb(rgb, white) };
  return [white, ...rgb].every(([x, y]) => x > 0 && y > 0 && x + y <= 1) && isConvertible(model)
    ? model
    : plain;
}

/** SMPTE RP 177: the matrix of primaries with the white D65 to XYZ, followed by that of XYZ to sRGB. */
function matrixToSrgb(places: Chromaticities, white = d65): readonly (readonly number[])[] {
  const adapted = multiply(adaptation(white), matrixToXyz(places, white));
  return multiply(inverse(matrixToXyz(srgb, d65)), adapted);
}

/** XYZ under a white to XYZ under D65. */
function adaptation(white: Place): number[][] {
  const seen = (place: Place) =>
    bradford.map((row) => row.reduce((sum, f, i) => sum + f * xyz(place)[i]!, 0));
  const [from, to] = [seen(white), seen(d65)];
  const scaled = bradford.map((row, i) => row.map((value) => (value * to[i]!) / from[i]!));
  return multiply(inverse(bradford), scaled);
}

function matrixToXyz(places: Chromaticities, white: Place): number[][] {
  const columns = places.map(xyz);
  const unscaled = [0, 1, 2].map((row) => columns.map((column) => column[row]!));
  const sum = xyz(white);
  const scale = inverse(unscaled).map((row) => row.reduce((total, factor, i) => total + factor * sum[i]!, 0));
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
