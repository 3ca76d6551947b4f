import { type HdrTransfer, primariesToSrgb } from "./code-points.js";
import { type DeepPixels, encodedByte } from "./conversion.js";
import type { Pixels } from "./pixels.js";

/** ITU-R BT.2408, 3: the brightness of white paper in a picture of high dynamic range. cd/m² */
const paperWhite = 203;
/** Brightness for which HLG is graded (ITU-R BT.2100, note 5f). cd/m² */
const hlgPeak = 1000;
/** Share of white up to which brightness stays as it is; what is brighter is pressed into the rest. */
const knee = 0.7;
/** A picture's mean brightness, as a share of what is shown white, when it is bright throughout. */
const brightMean = 0.5;
/** Share of pixels that may be brighter than what counts as the brightest. */
const outliers = 0.001;

/**
 * Converts pixels of high dynamic range to sRGB. White is 203 cd/m², more in a picture that is bright throughout, which would
 * otherwise be washed out; highlights are pressed together up to the picture's brightest, by one factor for the three
 * channels, so that they keep their hue.
 *
 * @param values number of values a channel
 */
export function toneMap(
  { data, width, height }: Pick<DeepPixels, "width" | "height"> & { data: Uint16Array | Uint8Array },
  { transfer, primaries }: { transfer: HdrTransfer; primaries: number },
  values: 256 | 65_536,
): Pixels {
  const light = Float32Array.from({ length: values }, (_, v) =>
    (transfer === "pq" ? pqLight : hlgLight)(v / (values - 1)),
  );
  // Light of one pixel; an array for each would take five times as long.
  const rgb = new Float64Array(3);
  const look = (at: number) => {
    rgb[0] = light[data[at]!]!;
    rgb[1] = light[data[at + 1]!]!;
    rgb[2] = light[data[at + 2]!]!;
    if (transfer === "pq") return;
    // BT.2100, table 5: the gamma of the whole system acts on the luminance.
    const gain = hlgPeak * Math.max(1e-6, 0.2627 * rgb[0] + 0.678 * rgb[1] + 0.0593 * rgb[2]) ** 0.2;
    for (let i = 0; i < 3; i++) rgb[i]! *= gain;
  };
  const { white, peak } = rangeOf(data.length, look, rgb);
  const rows = primariesToSrgb(primaries).flat();
  const target = Buffer.allocUnsafe(data.length);
  for (let at = 0; at < data.length; at += 3) {
    look(at);
    const brightest = Math.max(rgb[0]!, rgb[1]!, rgb[2]!) / white;
    const factor = brightest > 0 ? compress(brightest, peak / white) / brightest / white : 0;
    for (let i = 0; i < 3; i++) {
      const [x, y, z] = [rows[i * 3]! * rgb[0]!, rows[i * 3 + 1]! * rgb[1]!, rows[i * 3 + 2]! * rgb[2]!];
      target[at + i] = encodedByte((x + y + z) * factor);
    }
  }
  return { data: target, width, height };
}

/** What is shown white, and the brightest of the picture. cd/m² */
function rangeOf(
  length: number,
  look: (at: number) => void,
  rgb: Float64Array,
): { white: number; peak: number } {
  const counts = new Uint32Array(10_001);
  const step = 3 * Math.max(1, Math.floor(length / 3 / 250_000));
  let [sum, seen] = [0, 0];
  for (let at = 0; at + 2 < length; at += step) {
    look(at);
    counts[Math.min(10_000, Math.round(Math.max(rgb[0]!, rgb[1]!, rgb[2]!)))]!++;
    // A lamp does not make a picture bright.
    sum += Math.min(2 * paperWhite, (rgb[0]! + rgb[1]! + rgb[2]!) / 3);
    seen++;
  }
  let peak = 10_000;
  for (let brighter = counts[peak]!; peak > 0 && brighter <= seen * outliers; ) brighter += counts[--peak]!;
  return { white: Math.max(paperWhite, Math.min(peak, sum / seen / brightMean)), peak };
}

/** @param x brightness as a share of white; @param peak the brightest of the picture, which becomes 1 */
function compress(x: number, peak: number): number {
  if (peak <= 1 || x <= knee) return Math.min(1, x);
  // The extended curve of Reinhard et al. (2002), begun at the knee with its slope.
  const room = 1 - knee;
  const [over, most] = [(x - knee) / room, (peak - knee) / room];
  return Math.min(1, knee + (room * over * (1 + over / most ** 2)) / (1 + over));
}

/** SMPTE ST 2084. cd/m² */
function pqLight(x: number): number {
  const [m1, m2, c1, c2, c3] = [2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128];
  const p = x ** (1 / m2);
  return 10_000 * (Math.max(0, p - c1) / (c2 - c3 * p)) ** (1 / m1);
}

/** ITU-R BT.2100, table 5: scene light, 0 to 1. */
function hlgLight(x: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  return x <= 0.5 ? x ** 2 / 3 : (Math.exp((x - c) / a) + b) / 12;
}
