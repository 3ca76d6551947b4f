import sharp from "sharp";

type Lab = readonly [l: number, a: number, b: number];

/** Mean CIEDE2000 of two sRGB pictures of one size; under 1 nobody sees, 2 is seen side by side. */
export async function meanDeltaE(image: Buffer, other: Buffer): Promise<number> {
  const lab = (picture: Buffer) =>
    sharp(picture, { ignoreIcc: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("lab")
      .raw({ depth: "float" })
      .toBuffer({ resolveWithObject: true });
  const [a, b] = await Promise.all([lab(image), lab(other)]);
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return Number.POSITIVE_INFINITY;
  const [x, y] = [a.data, b.data].map(
    ({ buffer, byteOffset, length }) => new Float32Array(buffer, byteOffset, length / 4),
  ) as [Float32Array, Float32Array];
  let sum = 0;
  for (let i = 0; i < x.length; i += 3) {
    sum += deltaE2000([x[i]!, x[i + 1]!, x[i + 2]!], [y[i]!, y[i + 1]!, y[i + 2]!]);
  }
  return sum / (x.length / 3);
}

/** Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula (2005). */
export function deltaE2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const rad = Math.PI / 180;
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (b: number, p: number) => (b === 0 && p === 0 ? 0 : (Math.atan2(b, p) / rad + 360) % 360);
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)];
  const apart = Math.abs(h1 - h2);
  let dh = c1 * c2 === 0 ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  else if (dh < -180) dh += 360;
  const deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * rad);
  let meanH = h1 + h2;
  if (c1 * c2 !== 0) meanH = apart <= 180 ? meanH / 2 : meanH < 360 ? (meanH + 360) / 2 : (meanH - 360) / 2;
  const [meanL, meanCp] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const t =
    1 -
    0.17 * Math.cos((meanH - 30) * rad) +
    0.24 * Math.cos(2 * meanH * rad) +
    0.32 * Math.cos((3 * meanH + 6) * rad) -
    0.2 * Math.cos((4 * meanH - 63) * rad);
  const sl = 1 + (0.015 * (meanL - 50) ** 2) / Math.sqrt(20 + (meanL - 50) ** 2);
  const sc = 1 + 0.045 * meanCp;
  const sh = 1 + 0.015 * meanCp * t;
  const rotation =
    -2 *
    Math.sqrt(meanCp ** 7 / (meanCp ** 7 + 25 ** 7)) *
    Math.sin(60 * rad * Math.exp(-(((meanH - 275) / 25) ** 2)));
  const [dl, dc, dhh] = [(l2 - l1) / sl, (c2 - c1) / sc, deltaH / sh];
  return Math.sqrt(dl * dl + dc * dc + dhh * dhh + rotation * dc * dhh);
}
