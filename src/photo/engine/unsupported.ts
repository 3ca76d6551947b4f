/** What the decoders say of a kind that they know and do not decode; which is not damage. */
const sayings: readonly (readonly [found: string, saying: RegExp])[] = [
  ["jpeg-12bit", /data precision 1[26]\b/i],
  ["jpeg-process", /Unsupported JPEG process|arithmetic/i],
  ["tiff-planar", /separate planes not supported/i],
  // libtiff and libvips, of compressions, depths and colours.
  ["tiff-kind", /tiff.*(not supported|unsupported|not configured|unknown compression|not implemented)/is],
  // libheif names its error; "Unsupported feature" has code 4 and "Unsupported file type" code 3.
  ["heif-kind", /(heif|libheif [34]\.)/i],
];

/**
 * Returns the name of the kind that a decoder's message calls unsupported, for `photo-not-supported`; undefined for all other
 * messages. What sharp says of bytes that no decoder takes ("unsupported image format") is also said of cut-off files.
 */
export function unsupportedKind(message: string): string | undefined {
  if (/unsupported image format/i.test(message)) return undefined;
  const found = sayings.find(([, saying]) => saying.test(message))?.[0];
  const isSaid = /unsupported|not supported|not configured|not implemented|libheif [34]\./i.test(message);
  return isSaid ? found : undefined;
}
