/** What the decoders say of a kind that they know and do not decode; which is not damage. */
const sayings: readonly (readonly [found: string, saying: RegExp])[] = [
  ["jpeg-12bit", /JPEG data precision 12\b/],
  // Lossless and hierarchical frames, arithmetic coding, and JPEG-LS.
  [
    "jpeg-process",
    /JPEG data precision ([2-7]|9|1[013-6])\b|Unsupported JPEG process|VipsJpeg: Requested feature was omitted|marker type 0xf7/,
  ],
  ["tiff-planar", /separate planes not supported/],
  // Compressions, depths and colours, as libtiff and libvips name them.
  [
    "tiff-kind",
    /^(.*tiff.*(not supported|unsupported|not configured|not implemented|LOGLUV)|.*no known route|.*bad labq format)/is,
  ],
  // libheif numbers its errors: 3 is an unsupported file type, 4 an unsupported feature.
  ["heif-kind", /heif: .*(unsupported|not supported)|libheif [34]\./i],
];

/**
 * Returns the name of the kind that a decoder's message calls unsupported, for `photo-not-supported`; undefined for all other
 * messages. What sharp says of bytes that no decoder takes ("unsupported image format") is also said of cut-off files.
 */
export function unsupportedKind(message: string): string | undefined {
  if (/unsupported image format/i.test(message)) return undefined;
  return sayings.find(([, saying]) => saying.test(message))?.[0];
}
