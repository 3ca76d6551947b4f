import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { onTestFinished } from "vitest";
import { type SampleOptions, sampleCorners, samplePhoto } from "../../scripts/sample-photo.mjs";

/** Somewhere in the regency; what no rendition may tell. */
export const somewhere = { latitude: -6.2931, longitude: 107.1512 };

/** A folder that is gone after the test. */
export async function photoFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-photo-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a generated photo, small unless told otherwise, and returns its path. */
export async function writePhoto(
  folder: string,
  name: string,
  options: Partial<SampleOptions> = {},
): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, await samplePhoto({ width: 300, height: 200, ...options }));
  return file;
}

/**
 * Writes `count` small photos of pure noise, whose bytes hardly shrink: heavy for their pixels, quick to make and to
 * prepare. Another number, other pictures.
 */
export async function writeNoise(folder: string, count: number, seed: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (let n = 1; n <= count; n++) {
    const [width, height] = [320, 240];
    const data = Buffer.alloc(width * height * 3);
    let grain = (seed * 100_003 + n) >>> 0 || 1;
    for (let at = 0; at < data.length; at++) {
      // xorshift32
      grain ^= grain << 13;
      grain ^= grain >>> 17;
      grain ^= grain << 5;
      data[at] = grain & 255;
    }
    const file = path.join(folder, `IMG_${n}.jpg`);
    const image = sharp(data, { raw: { width, height, channels: 3 } });
    await writeFile(file, await image.jpeg({ quality: 90 }).toBuffer());
    files.push(file);
  }
  return files;
}

/** Which of the four patches of a sample is in each corner, by colour: ["topLeft", …] when it is upright. */
export async function cornersSeen(picture: Buffer): Promise<string[]> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const [w, h] = [info.width, info.height];
  const places = [
    [w / 16, h / 16],
    [(w * 15) / 16, h / 16],
    [w / 16, (h * 15) / 16],
    [(w * 15) / 16, (h * 15) / 16],
  ] as const;
  return places.map(([x, y]) => {
    const at = (Math.floor(y) * w + Math.floor(x)) * info.channels;
    const distance = (colour: readonly number[]) =>
      colour.reduce((sum, channel, i) => sum + Math.abs(channel - data[at + i]!), 0);
    const [name, colour] = Object.entries(sampleCorners).sort((a, b) => distance(a[1]) - distance(b[1]))[0]!;
    return distance(colour) < 60 ? name : "none";
  });
}

/** Mean difference of two pictures of one size, per channel, 0 to 255. */
export async function meanDifference(image: Buffer, other: Buffer): Promise<number> {
  const raw = (picture: Buffer) => sharp(picture, { ignoreIcc: true }).removeAlpha().raw().toBuffer();
  const [a, b] = await Promise.all([raw(image), raw(other)]);
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** The segments of a JPEG before its pixels, and what follows its end (ISO/IEC 10918-1, annex B). */
export function jpegParts(picture: Buffer): {
  segments: { marker: number; content: Buffer }[];
  trailer: Buffer;
} {
  const segments = [];
  let at = 2;
  while (picture[at + 1] !== 0xda) {
    const length = picture.readUInt16BE(at + 2);
    segments.push({ marker: picture[at + 1]!, content: picture.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
  // Within the pixels 0xff is followed by 0 or a restart marker, so the first end marker is the end.
  return { segments, trailer: picture.subarray(picture.indexOf(Buffer.from([0xff, 0xd9]), at) + 2) };
}

/** Kinds of files that a newsroom takes, and whether a decoder needs the whole picture in memory. */
export const pictureKinds: readonly { kind: string; format: "jpeg" | "png" | "webp"; whole: boolean }[] = [
  { kind: "jpeg", format: "jpeg", whole: false },
  { kind: "jpeg, grey", format: "jpeg", whole: false },
  { kind: "jpeg, progressive", format: "jpeg", whole: true },
  { kind: "jpeg, progressive and grey", format: "jpeg", whole: true },
  { kind: "png", format: "png", whole: false },
  { kind: "png, interlaced", format: "png", whole: true },
  { kind: "webp", format: "webp", whole: true },
  { kind: "webp, lossless", format: "webp", whole: true },
  { kind: "webp, transparent", format: "webp", whole: true },
];

/** A picture of one of `pictureKinds` in one colour, small on disk for its pixels. */
export async function pictureOf(kind: string, width: number, height: number): Promise<Buffer> {
  const channels = kind.endsWith("transparent") ? 4 : 3;
  const background = { r: 180, g: 90, b: 40, alpha: 0.5 };
  let image = sharp({ create: { width, height, channels, background }, limitInputPixels: false });
  if (kind.endsWith("grey")) image = image.toColourspace("b-w");
  const progressive = /progressive|interlaced/.test(kind);
  if (kind.startsWith("png")) return image.png({ progressive }).toBuffer();
  if (kind.startsWith("webp")) return image.webp({ lossless: kind.endsWith("lossless") }).toBuffer();
  return image.jpeg({ progressive, chromaSubsampling: "4:4:4" }).toBuffer();
}
