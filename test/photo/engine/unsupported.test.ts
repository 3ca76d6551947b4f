import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { misreadTiffKind } from "../../../src/photo/engine/tiff-kinds.js";
import { unsupportedKind } from "../../../src/photo/engine/unsupported.js";
import { directory, short } from "../../support/exif-bytes.js";

it.each([
  ["VipsJpeg: Unsupported JPEG data precision 12", "jpeg-12bit"],
  ["Input buffer has corrupt header: VipsJpeg: Unsupported JPEG process: SOF type 0xc5", "jpeg-process"],
  ["VipsJpeg: Requested feature was omitted at compile time", "jpeg-process"],
  ["tiff2vips: tiled separate planes not supported", "tiff-planar"],
  ["tiff2vips: ZSTD compression support is not configured", "tiff-kind"],
  ["tiff2vips: Compression scheme 34712 strip decoding is not implemented", "tiff-kind"],
  ["vips_colourspace: no known route from 'multiband' to 'srgb'", "tiff-kind"],
  ["Input buffer has corrupt header: VipsJpeg: Unsupported JPEG data precision 9", "jpeg-process"],
  ["Input buffer has corrupt header: image: bad labq format", "tiff-kind"],
  ["heif: Unsupported feature: Unsupported codec (4.3000)", "heif-kind"],
  ["libheif 4.3002", "heif-kind"],
])("%s: a kind that is not read", (message, found) => {
  expect(unsupportedKind(message)).toBe(found);
});

it.each([
  "VipsJpeg: premature end of JPEG image",
  "VipsJpeg: Unsupported marker type 0x3a",
  "VipsJpeg: Unsupported JPEG data precision 200",
  "Input buffer contains unsupported image format",
  "heif: Invalid input: Unexpected end of file (2.100)",
  "heif: Error while loading plugin: Support for this compression format has not been built in (11.6003)",
  "tiff2vips: Decoding error at scanline 0, incorrect header check",
  "libheif 2.100",
  "",
])("%s: damage", (message) => {
  expect(unsupportedKind(message)).toBeUndefined();
});

describe("a TIFF that is decoded with wrong colours", () => {
  const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
  const tiff = (...fields: [tag: number, value: number][]) =>
    Buffer.concat([
      Buffer.from("II*\0\x08\0\0\0", "latin1"),
      directory(
        fields.map(([tag, value]) => [tag, short, u16(value)] as const),
        8,
      ),
    ]);

  it.each([
    [
      "YCbCr without JPEG",
      [
        [258, 8],
        [259, 8],
        [262, 6],
      ],
      "tiff-kind",
    ],
    [
      "32 bits",
      [
        [258, 32],
        [262, 2],
      ],
      "tiff-kind",
    ],
    [
      "floating point",
      [
        [258, 16],
        [262, 2],
        [339, 3],
      ],
      "tiff-kind",
    ],
    [
      "a sensor's numbers",
      [
        [258, 16],
        [262, 32803],
      ],
      "raw",
    ],
  ] as [string, [number, number][], string][])("%s is a kind that is not read", (_, fields, found) => {
    expect(misreadTiffKind(tiff(...fields))).toBe(found);
  });

  it("is none of those that are read", async () => {
    expect(misreadTiffKind(tiff([258, 8], [259, 7], [262, 6]))).toBeUndefined();
    expect(misreadTiffKind(tiff([258, 16], [262, 2], [339, 1]))).toBeUndefined();
    expect(misreadTiffKind(Buffer.from("II*\0\xff\xff\xff\xff", "latin1"))).toBeUndefined();
    const own = await sharp(await samplePhoto({ width: 30, height: 20 }))
      .tiff()
      .toBuffer();
    expect(misreadTiffKind(own)).toBeUndefined();
  });
});
