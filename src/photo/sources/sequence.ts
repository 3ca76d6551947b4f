import { boxAt } from "./boxes.js";

/**
 * An AVIF animation names itself `avis`, which libvips refuses, but holds a still picture as well when `avif` is among its
 * compatible brands (AV1 Image File Format, 6 and 8). Returns a copy that names itself by that picture, and how many pictures
 * follow one another; other bytes as they are.
 */
export function sequenceAsPicture(bytes: Buffer): { bytes: Buffer; frames?: number } {
  if (bytes.toString("latin1", 4, 12) !== "ftypavis") return { bytes };
  const brands = boxAt(bytes, "ftyp")?.toString("latin1", 8) ?? "";
  if (!/^(.{4})*(avif|mif1)/s.test(brands) || !boxAt(bytes, "meta")) return { bytes };
  const copy = Buffer.from(bytes);
  copy.write("avif", 8, "latin1");
  // The sample sizes (ISO/IEC 14496-12, 8.7.3.2) of the first track.
  const sizes = boxAt(bytes, "moov", "trak", "mdia", "minf", "stbl", "stsz");
  return { bytes: copy, ...(sizes && sizes.length >= 12 && { frames: sizes.readUInt32BE(8) }) };
}

/** How many pictures a PNG shows one after the other (PNG Third Edition, 11.3.4.1: acTL, before the pixels); 1 for a still one. */
export function framesOfPng(bytes: Buffer): number {
  for (let at = 8; at + 16 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    if (name === "IDAT") break;
    if (name === "acTL") return Math.max(1, bytes.readUInt32BE(at + 8));
  }
  return 1;
}
