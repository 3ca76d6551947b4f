import { expect, it } from "vitest";
import { unsupportedKind } from "../../../src/photo/engine/unsupported.js";

it.each([
  ["VipsJpeg: Unsupported JPEG data precision 12", "jpeg-12bit"],
  ["Input buffer has corrupt header: VipsJpeg: Unsupported JPEG process: SOF type 0xc5", "jpeg-process"],
  ["VipsJpeg: Requested feature was omitted at compile time", "jpeg-process"],
  ["tiff2vips: tiled separate planes not supported", "tiff-planar"],
  ["tiff2vips: ZSTD compression support is not configured", "tiff-kind"],
  ["tiff2vips: Compression scheme 34712 strip decoding is not implemented", "tiff-kind"],
  ["vips_colourspace: no known route from 'multiband' to 'srgb'", "tiff-kind"],
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
