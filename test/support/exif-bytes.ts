import sharp from "sharp";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { insertSegments } from "../../src/photo/metadata/text.js";

/** Tag, type (TIFF 6.0, section 2) and bytes of a value. */
export type Entry = readonly [tag: number, type: number, content: Buffer];
export const [ascii, short, long, undefinedType] = [2, 3, 4, 7];
export const text = (value: string) => Buffer.from(`${value}\0`, "latin1");

/** A directory in little-endian order whose longer values follow it; offsets count from `base` bytes before it. */
export function directory(entries: readonly Entry[], base: number): Buffer {
  const head = Buffer.alloc(2 + entries.length * 12 + 4);
  head.writeUInt16LE(entries.length);
  const values: Buffer[] = [];
  let end = base + head.length;
  for (const [i, [tag, type, content]] of entries.entries()) {
    const at = 2 + i * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(content.length / (type === short ? 2 : type === long ? 4 : 1), at + 4);
    if (content.length <= 4) content.copy(head, at + 8);
    else {
      head.writeUInt32LE(end, at + 8);
      values.push(content);
      end += content.length;
    }
  }
  return Buffer.concat([head, ...values]);
}

/** A JPEG whose EXIF names this maker and holds this maker note. */
export async function withMakerNote(make: string, note: (offset: number) => Buffer): Promise<Buffer> {
  const pointer = Buffer.alloc(4);
  const main = (): Buffer =>
    directory(
      [
        [0x010f, ascii, text(make.padEnd(7))],
        [0x8769, long, pointer],
      ],
      8,
    );
  pointer.writeUInt32LE(8 + main().length);
  // The value follows its directory of one entry: a count, the entry, and no next directory.
  const offset = 8 + main().length + 2 + 12 + 4;
  const exif = directory([[0x927c, undefinedType, note(offset)]], 8 + main().length);
  return withSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0II*\0\x08\0\0\0", "latin1"), main(), exif]));
}

/** A JPEG without metadata but this segment. */
export async function withSegment(marker: number, content: Buffer): Promise<Buffer> {
  const head = Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]);
  return insertSegments(await plain(), Buffer.concat([head, content]));
}

export async function plain(): Promise<Buffer> {
  return sharp(await samplePhoto({ width: 30, height: 20 })).toBuffer();
}
