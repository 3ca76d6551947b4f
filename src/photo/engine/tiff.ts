import type { Pixels } from "./pixels.js";

/** Field types of TIFF 6.0. */
const [short, long, undefinedBytes] = [3, 4, 7];

/**
 * Wraps pixels and a colour profile in an uncompressed TIFF, the cheapest file from which libvips reads both. The pixel
 * values are in the colour space of the profile.
 */
export function tiffOf({ data, width, height }: Pixels, profile: Buffer): Buffer {
  const bitsAt = 8;
  const directoryAt = bitsAt + 6;
  const tags: [tag: number, type: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 3, bitsAt],
    [259, short, 1, 1], // not compressed
    [262, short, 1, 2], // RGB
    [273, long, 1, 0], // offset of the pixels
    [277, short, 1, 3],
    [278, long, 1, height],
    [279, long, 1, data.length],
    [34675, undefinedBytes, profile.length, 0], // offset of the profile (ICC.1:2022, annex B.4)
  ];
  const profileAt = directoryAt + 2 + tags.length * 12 + 4;
  const pixelsAt = profileAt + profile.length + (profile.length % 2);
  tags[5]![3] = pixelsAt;
  tags[9]![3] = profileAt;

  const file = Buffer.allocUnsafe(pixelsAt + data.length).fill(0, 0, pixelsAt);
  file.write("II*\0", "latin1");
  file.writeUInt32LE(directoryAt, 4);
  for (const at of [0, 2, 4]) file.writeUInt16LE(8, bitsAt + at);
  file.writeUInt16LE(tags.length, directoryAt);
  for (const [i, [tag, type, count, value]] of tags.entries()) {
    const at = directoryAt + 2 + i * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  profile.copy(file, profileAt);
  data.copy(file, pixelsAt);
  return file;
}
