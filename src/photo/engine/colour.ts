import type { CodePoints } from "./code-points.js";
import { type ColourModel, encodeSrgb, isConvertible } from "./conversion.js";

/** CIE XYZ of the sRGB primaries, adapted to D50 as ICC profiles store them (IEC 61966-2-1; ICC.1:2022). */
const srgbPrimaries: Readonly<Record<string, readonly number[]>> = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};
/** Lookup tables of small profiles deviate by half a step of 8 bits; two steps would be visible. */
const curveTolerance = 1.5 / 255;
const primaryTolerance = 0.0015;

/** Returns the device colour space of an ICC profile, e.g. "RGB", "GRAY", "CMYK"; "" for other bytes. */
export function profileSpace(icc: Buffer): string {
  return icc.length > 132 && icc.toString("latin1", 36, 40) === "acsp"
    ? icc.toString("latin1", 16, 20).trim()
    : "";
}

/**
 * Whether an ICC profile is sRGB, judged by its primaries and curves, because its name proves nothing. Returns false when
 * in doubt, which only costs a conversion.
 */
export function isSrgb(icc: Buffer): boolean {
  try {
    if (profileSpace(icc) !== "RGB" || icc.toString("latin1", 20, 24) !== "XYZ ") return false;
    const tags = readTags(icc);
    if ([...tags.keys()].some((name) => /^(A2B|D2B|cicp)/.test(name))) return false;
    return (
      Object.entries(srgbPrimaries).every(([name, expected]) => isPrimary(tags.get(name), expected)) &&
      ["rTRC", "gTRC", "bTRC"].every((name) => isSrgbCurve(tags.get(name)))
    );
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Returns how a profile of curves and a matrix, or of one curve for grey, means its numbers; undefined for a profile that
 * is more than that. Display P3 of phones is, and converting by it takes a third of LittleCMS's time.
 */
export function modelOfProfile(icc: Buffer): ColourModel | undefined {
  try {
    const space = profileSpace(icc);
    if (icc.toString("latin1", 20, 24) !== "XYZ ") return undefined;
    const tags = readTags(icc);
    if ([...tags.keys()].some((name) => /^(A2B|D2B|cicp)/.test(name))) return undefined;
    if (space === "GRAY") {
      const curve = tags.get("kTRC");
      return curve && supported({ tones: [curve, curve, curve].map(readCurve), toSrgb: identity });
    }
    if (space !== "RGB") return undefined;
    const primaries: (readonly number[])[] = [];
    const tones: ((x: number) => number)[] = [];
    for (const channel of ["r", "g", "b"]) {
      const [primary, curve] = [tags.get(`${channel}XYZ`), tags.get(`${channel}TRC`)];
      if (!primary || !curve) return undefined;
      primaries.push([0, 1, 2].map((i) => fixed16(primary, 8 + i * 4)));
      tones.push(readCurve(curve));
    }
    const toSrgb = linearSrgb.map((row) =>
      primaries.map((xyz) => row.reduce((sum, factor, i) => sum + factor * xyz[i]!, 0)),
    );
    return supported({ tones, toSrgb });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Returns primaries and transfer function, as numbers of ITU-T H.273, that a profile states beside its tables (ICC.1:2022,
 * 9.2.17); undefined for most profiles.
 */
export function codePointsOfProfile(icc: Buffer): CodePoints | undefined {
  try {
    const cicp = profileSpace(icc) === "RGB" ? readTags(icc).get("cicp") : undefined;
    return cicp && { primaries: cicp.readUInt8(8), transfer: cicp.readUInt8(9) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An unsupported curve gives NaN, which is not convertible. */
function supported(model: ColourModel): ColourModel | undefined {
  return isConvertible(model) ? model : undefined;
}

const identity = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** XYZ of D50 to linear sRGB: the inverse of `srgbPrimaries`. */
const linearSrgb = [
  [3.1341359, -1.6173863, -0.4906619],
  [-0.978795, 1.9161415, 0.0334527],
  [0.0719577, -0.2289768, 1.4053961],
] as const;

function readTags(icc: Buffer): Map<string, Buffer> {
  const tags = new Map<string, Buffer>();
  const count = Math.min(icc.readUInt32BE(128), 100);
  for (let at = 132; at < 132 + count * 12; at += 12) {
    const start = icc.readUInt32BE(at + 4);
    tags.set(icc.toString("latin1", at, at + 4), icc.subarray(start, start + icc.readUInt32BE(at + 8)));
  }
  return tags;
}

function isPrimary(tag: Buffer | undefined, expected: readonly number[]): boolean {
  return (
    tag !== undefined &&
    expected.every((value, i) => Math.abs(fixed16(tag, 8 + i * 4) - value) < primaryTolerance)
  );
}

function isSrgbCurve(tag: Buffer | undefined): boolean {
  if (!tag) return false;
  const curve = readCurve(tag);
  return Array.from({ length: 33 }, (_, i) => i / 32).every(
    (x) => Math.abs(encodeSrgb(curve(x)) - x) < curveTolerance,
  );
}

/** A tone curve as a function of 0..1: `curv` or `para` (ICC.1:2022, 10.6 and 10.18). */
function readCurve(tag: Buffer): (x: number) => number {
  if (tag.toString("latin1", 0, 4) === "para") {
    const kind = tag.readUInt16BE(8);
    const at = (i: number) => fixed16(tag, 12 + i * 4);
    const gamma = at(0);
    if (kind === 0) return (x) => x ** gamma;
    const [a, b] = [at(1), at(2)];
    if (kind === 3) return (x) => (x >= at(4) ? (a * x + b) ** gamma : at(3) * x);
    if (kind === 4) return (x) => (x >= at(4) ? (a * x + b) ** gamma + at(5) : at(3) * x + at(6));
    return () => Number.NaN; // kinds 1 and 2 are in no sRGB profile
  }
  if (tag.toString("latin1", 0, 4) !== "curv") return () => Number.NaN;
  const count = tag.readUInt32BE(8);
  if (count === 0) return (x) => x;
  if (count === 1) return (x) => x ** (tag.readUInt16BE(12) / 256);
  const entry = (i: number) => tag.readUInt16BE(12 + i * 2) / 65535;
  return (x) => {
    const place = x * (count - 1);
    const low = Math.min(Math.floor(place), count - 2);
    return entry(low) + (entry(low + 1) - entry(low)) * (place - low);
  };
}

/** s15Fixed16Number. */
function fixed16(tag: Buffer, offset: number): number {
  return tag.readInt32BE(offset) / 65536;
}
