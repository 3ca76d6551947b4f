/** A box of a file of the ISO base media file format: HEIF, AVIF, MP4. */
export interface Box {
  /** Four letters. */
  name: string;
  content: Buffer;
}

/** More boxes than any photo has at one level. */
const maxBoxes = 4_000;

/** Splits bytes into boxes (ISO/IEC 14496-12, 4.2). The last one may be cut off; what is no box ends the list. */
export function boxes(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length && found.length < maxBoxes; ) {
    const short = bytes.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    if (at + head > bytes.length) break;
    const size =
      short === 0 ? bytes.length - at : short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (size < head) break;
    found.push({
      name: bytes.toString("latin1", at + 4, at + 8),
      content: bytes.subarray(at + head, at + size),
    });
    at += size;
  }
  return found;
}

/** Returns the box at a path of names, or undefined. */
export function boxAt(bytes: Buffer, ...names: readonly string[]): Buffer | undefined {
  let content: Buffer | undefined = bytes;
  for (const name of names) content = content && boxes(content).find((box) => box.name === name)?.content;
  return content;
}
