import { decoded } from "./tiff.js";

/** The texts of IPTC-IIM 4.2, by record and data set: "2:90" is the city. */
export type IimTexts = ReadonlyMap<string, readonly string[]>;

/** Blocks read of one file. */
const maxBlocks = 20;
/** A Photoshop resource that holds IIM (Adobe Photoshop File Formats, 0x0404). */
const resource = Buffer.from("8BIM\x04\x04", "latin1");

/** Finds the IIM blocks in the Photoshop resources of a file. */
export function iimBlocks(content: Buffer): Buffer[] {
  // ImageMagick keeps IIM without its resource, too.
  const blocks: Buffer[] = content[0] === 0x1c ? [content] : [];
  for (let at = content.indexOf(resource); at >= 0; at = content.indexOf(resource, at + 1)) {
    // A name with its length before it follows, padded to an even number of bytes.
    const name = content[at + 6] ?? 0;
    const size = at + 6 + name + 1 + ((name + 1) % 2);
    if (size + 4 > content.length || blocks.length >= maxBlocks) break;
    blocks.push(content.subarray(size + 4, size + 4 + content.readUInt32BE(size)));
  }
  return blocks;
}

/** Reads the data sets of an IIM block, up to the first byte that is none. */
export function iimTexts(block: Buffer): IimTexts {
  return readIim(block).texts;
}

/** Reads the data sets of an IIM block; whether these are all of it, save for zeros at its end. */
export function readIim(block: Buffer): { texts: IimTexts; isWhole: boolean } {
  const texts = new Map<string, string[]>();
  let at = 0;
  while (at + 5 <= block.length && block[at] === 0x1c) {
    const key = `${block[at + 1]}:${block[at + 2]}`;
    let [start, size] = [at + 5, block.readUInt16BE(at + 3)];
    // The first bit says that the length is itself that many bytes long (IIM 4.2, 1.5 c).
    if (size > 0x7fff) {
      const bytes = size & 0x7fff;
      if (bytes < 1 || bytes > 4 || start + bytes > block.length) break;
      size = block.readUIntBE(start, bytes);
      start += bytes;
    }
    const text = decoded(block.subarray(start, start + size))
      .replaceAll("\0", "")
      .trim();
    if (text) texts.set(key, [...(texts.get(key) ?? []), text]);
    at = start + size;
  }
  return { texts, isWhole: block.subarray(at).every((byte) => byte === 0) };
}
