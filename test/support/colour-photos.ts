import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** sRGB colours of the patches: within every colour space that the tests use. */
export const patches = [
  [200, 40, 40],
  [40, 180, 60],
  [40, 70, 200],
  [220, 200, 40],
  [128, 128, 128],
  [30, 30, 34],
] as const;
const [patchWidth, height] = [24, 24];

type Row = readonly [number, number, number];
/** Linear Adobe RGB and ProPhoto of linear sRGB are computed by the inverse of XYZ columns, adapted to D50 (ICC.1:2022). */
export interface Space {
  /** XYZ of red, green and blue, D50. */
  primaries: readonly [Row, Row, Row];
  gamma: number;
}
const srgbD50: Space["primaries"] = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
];
export const spaces = {
  "Adobe RGB": {
    primaries: [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
    gamma: 563 / 256,
  },
  "Display P3": {
    primaries: [
      [0.51512, 0.2412, -0.00105],
      [0.29198, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
    gamma: 2.2,
  },
  ProPhoto: {
    primaries: [
      [0.79767, 0.28804, 0],
      [0.13519, 0.71188, 0],
      [0.03134, 0.00009, 0.82491],
    ],
    gamma: 1.8,
  },
} as const satisfies Record<string, Space>;

/** Numbers, 0 to 1, that mean an sRGB colour in a space. */
export function numbersOf([r, g, b]: Row, { primaries, gamma }: Space): number[] {
  const linear = [r, g, b].map((value) => toLight(value / 255));
  const xyz = [0, 1, 2].map((i) => linear.reduce((sum, value, k) => sum + value * srgbD50[k]![i]!, 0));
  const inverse = inverseOf(primaries);
  return [0, 1, 2].map((i) => {
    const light = xyz.reduce((sum, value, k) => sum + value * inverse[k]![i]!, 0);
    return Math.min(1, Math.max(0, light)) ** (1 / gamma);
  });
}

export function toLight(x: number): number {
  return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
}

function inverseOf(m: readonly Row[]): number[][] {
  const at = (row: number, column: number) => m[row % 3]![column % 3]!;
  const minor = (r: number, c: number) =>
    at(r + 1, c + 1) * at(r + 2, c + 2) - at(r + 1, c + 2) * at(r + 2, c + 1);
  const determinant = [0, 1, 2].reduce((sum, i) => sum + at(0, i) * minor(0, i), 0);
  return [0, 1, 2].map((r) => [0, 1, 2].map((c) => minor(c, r) / determinant));
}

/** The patches side by side, as a PNG of 8 or 16 bits with these numbers, and with chunks before its pixels. */
export async function pngOfPatches(
  numbers: readonly (readonly number[])[],
  { bits = 16, chunks = [] }: { bits?: 8 | 16; chunks?: readonly Buffer[] } = {},
): Promise<Buffer> {
  const channels = numbers[0]!.length as 1 | 3 | 4;
  const width = patchWidth * numbers.length;
  const most = 2 ** bits - 1;
  const pixels = new (bits === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  for (let i = 0; i < pixels.length; i++) {
    const patch = numbers[Math.floor((Math.floor(i / channels) % width) / patchWidth)]!;
    pixels[i] = Math.round(patch[i % channels]! * most);
  }
  const space = channels === 1 ? (bits === 16 ? "grey16" : "b-w") : bits === 16 ? "rgb16" : "srgb";
  const png = await sharp(pixels, { raw: { width, height, channels } }).toColourspace(space).png().toBuffer();
  // The signature and IHDR are the first 33 bytes.
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

/** The patches as they should look. */
export function referenceOf(colours: readonly (readonly number[])[]): Promise<Buffer> {
  return pngOfPatches(
    colours.map((colour) => colour.map((value) => value / 255)),
    { bits: 8 },
  );
}

/** PNG (Third Edition), 5.3. */
export function pngChunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export function profileChunk(icc: Buffer): Buffer {
  return pngChunk("iCCP", Buffer.concat([Buffer.from("own\0\0", "latin1"), deflateSync(icc)]));
}

/** An ICC profile (ICC.1:2022) of a space of three primaries, or of grey with one curve. */
export function profileOf(space: Space | { gamma: number }): Buffer {
  const isGrey = !("primaries" in space);
  const text = (name: string, value: string) =>
    [name, Buffer.from(`text\0\0\0\0${value}\0`, "latin1")] as const;
  const xyz = (name: string, values: Row) => {
    const tag = Buffer.alloc(20);
    tag.write("XYZ ", "latin1");
    for (const [i, value] of values.entries()) tag.writeInt32BE(Math.round(value * 65_536), 8 + i * 4);
    return [name, tag] as const;
  };
  const curve = (name: string) => {
    const tag = Buffer.alloc(14);
    tag.write("curv", "latin1");
    tag.writeUInt32BE(1, 8);
    tag.writeUInt16BE(Math.round(space.gamma * 256), 12);
    return [name, tag] as const;
  };
  const tags = [
    text("desc", "own"),
    text("cprt", "own"),
    xyz("wtpt", [0.9642, 1, 0.8249]),
    ...(isGrey
      ? [curve("kTRC")]
      : ["r", "g", "b"].flatMap((name, i) => [xyz(`${name}XYZ`, space.primaries[i]!), curve(`${name}TRC`)])),
  ];
  const head = Buffer.alloc(132 + tags.length * 12);
  const parts: Buffer[] = [];
  let at = head.length;
  for (const [i, [name, tag]] of tags.entries()) {
    head.write(name, 132 + i * 12, "latin1");
    head.writeUInt32BE(at, 136 + i * 12);
    head.writeUInt32BE(tag.length, 140 + i * 12);
    const padded = Buffer.concat([tag, Buffer.alloc((4 - (tag.length % 4)) % 4)]);
    parts.push(padded);
    at += padded.length;
  }
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x02400000, 8);
  head.write(`mntr${isGrey ? "GRAY" : "RGB "}XYZ `, 12, "latin1");
  head.write("acsp", 36, "latin1");
  for (const [i, value] of [0.9642, 1, 0.8249].entries()) {
    head.writeInt32BE(Math.round(value * 65_536), 68 + i * 4);
  }
  head.writeUInt32BE(tags.length, 128);
  return Buffer.concat([head, ...parts]);
}

/** Inserts an EXIF that holds only a colour space and, unless undefined, an interoperability index (EXIF 2.32). */
export function withExifColour(jpeg: Buffer, colourSpace: number, index?: string): Buffer {
  const tiff = Buffer.alloc(74);
  const field = (at: number, tag: number, type: number, count: number) => {
    tiff.writeUInt16BE(tag, at);
    tiff.writeUInt16BE(type, at + 2);
    tiff.writeUInt32BE(count, at + 4);
    return at + 8;
  };
  tiff.write("MM\0*\0\0\0\x08", "latin1");
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt32BE(26, field(10, 0x8769, 4, 1));
  tiff.writeUInt16BE(index === undefined ? 1 : 2, 26);
  tiff.writeUInt16BE(colourSpace, field(28, 0xa001, 3, 1));
  if (index !== undefined) {
    tiff.writeUInt32BE(56, field(40, 0xa005, 4, 1));
    tiff.writeUInt16BE(1, 56);
    tiff.write(`${index}\0`, field(58, 1, 2, 4), "latin1");
  }
  const content = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** SMPTE ST 2084: the number, 0 to 1, of a brightness in cd/m². */
export function pqOf(light: number): number {
  const y = (light / 10_000) ** (2610 / 16384);
  return ((3424 / 4096 + (2413 / 128) * y) / (1 + (2392 / 128) * y)) ** (2523 / 32);
}
