import { type CodePoints, modelOfPrimaries, type Place } from "./code-points.js";
import type { ColourModel } from "./conversion.js";

/** The chunks of a PNG (Third Edition, 11.3.2) that say what its numbers mean, besides a profile. */
export interface PngColour {
  /** cICP, which wins over a profile and over the others. */
  points?: CodePoints;
  /** gAMA and cHRM, which count only where nothing else says anything. */
  model?: ColourModel;
}

/** Exponents of encoding that gAMA has in practice, from linear light to the Macs of 1990; others are mistakes. */
const [leastGamma, mostGamma] = [0.3, 1.1];
/** How far an exponent may be from that of sRGB, 1/2.2, and mean its curve: programs round it. */
const gammaTolerance = 0.006;

/** Reads the chunks before the pixels. Chunks that are too short, or make no sense, say nothing. */
export function colourOfPng(bytes: Buffer): PngColour {
  let points: CodePoints | undefined;
  let gamma: number | undefined;
  let places: Place[] | undefined;
  let isSrgb = false;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    if (name === "IDAT") break;
    if (name === "cICP" && data.length === 4) points = { primaries: data[0]!, transfer: data[1]! };
    if (name === "sRGB") isSrgb = true;
    if (name === "gAMA" && data.length === 4) gamma = data.readUInt32BE(0) / 100_000;
    if (name === "cHRM" && data.length === 32) {
      const number = (i: number) => data.readUInt32BE(i * 4) / 100_000;
      places = [0, 1, 2, 3].map((i) => [number(2 * i), number(2 * i + 1)] as const);
    }
  }
  const model = isSrgb ? undefined : modelOf(gamma, places);
  return { ...(points && { points }), ...(model && { model }) };
}

function modelOf(gamma: number | undefined, places: readonly Place[] | undefined): ColourModel | undefined {
  const isCurve = gamma !== undefined && gamma >= leastGamma && gamma <= mostGamma;
  const exponent = isCurve && Math.abs(gamma - 1 / 2.2) > gammaTolerance ? 1 / gamma : undefined;
  const [white, r, g, b] = places ?? [];
  return modelOfPrimaries(exponent, white && r && g && b ? { white, rgb: [r, g, b] } : undefined);
}
