/** One value of an image file directory (TIFF 6.0, section 2), whose bytes lie within the block. */
export interface TiffEntry {
  tag: number;
  /** 1 to 18, TIFF 6.0, its supplements and BigTIFF. */
  type: number;
  /** Offset of the bytes in the block's content. */
  at: number;
  bytes: Buffer;
}

/** Directories as EXIF 2.32 names them; `other` holds those of thumbnails, pages and parts of raw files. */
type DirectoryKind = "main" | "exif" | "gps" | "other";

interface TiffDirectory {
  kind: DirectoryKind;
  entries: readonly TiffEntry[];
}

/** Where values are read from: offsets count from `base`. */
export interface TiffPlace {
  content: Buffer;
  base: number;
  littleEndian: boolean;
}

export interface TiffBlock extends TiffPlace {
  directories: readonly TiffDirectory[];
  /** Whether every value lay within the file. */
  complete: boolean;
}

/** Bytes of one value by type; 13 is a pointer to a directory, 16 to 18 are those of BigTIFF, which Apple uses as well. */
const sizesByType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Text in UTF-8 (EXIF 3.0, 4.6.2). */
export const utf8Type = 129;
const sizeOf = (type: number) => (type === utf8Type ? 1 : (sizesByType[type] ?? 0));
const pointers: Readonly<Record<number, DirectoryKind>> = {
  34665: "exif",
  34853: "gps",
  40965: "other",
  330: "other",
};
/** Directories and values read of one block: a loop of pointers ends here. */
const maxDirectories = 40;
const maxEntries = 2000;

/** Reads all directories of the TIFF block at `base`; undefined when there is no TIFF header or no first directory. */
export function tiffBlock(content: Buffer, base: number): TiffBlock | undefined {
  const order = content.toString("latin1", base, base + 4);
  if (order !== "II*\0" && order !== "MM\0*") return undefined;
  const place = { content, base, littleEndian: order.startsWith("II") };
  const directories: TiffDirectory[] = [];
  let complete = true;
  const waiting: [DirectoryKind, number][] = [["main", number32(place, base + 4) ?? 0]];
  const seen = new Set<number>();
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [kind, offset] = next;
    if (offset === 0 || seen.has(offset)) continue;
    if (directories.length >= maxDirectories) return { ...place, directories, complete: false };
    seen.add(offset);
    const directory = readDirectory(place, offset);
    if (!directory) {
      if (directories.length === 0) return undefined;
      complete = false;
      continue;
    }
    complete &&= directory.complete;
    directories.push({ kind, entries: directory.entries });
    for (const entry of directory.entries) {
      const pointed = pointers[entry.tag];
      // Only a directory of the picture itself points: in the GPS directory the same numbers mean something else.
      if (pointed && kind !== "gps") for (const at of numbersOf(place, entry)) waiting.push([pointed, at]);
    }
    if (kind === "main" || kind === "other") waiting.push(["other", directory.next]);
  }
  return { ...place, directories, complete };
}

/**
 * Reads one directory. Returns undefined when what is there is none: no entries, or types that TIFF does not know.
 *
 * @param offset counted from the base of the place
 */
export function readDirectory(
  place: TiffPlace,
  offset: number,
): { entries: TiffEntry[]; complete: boolean; next: number } | undefined {
  const { content, base } = place;
  const start = base + offset;
  const count = number16(place, start);
  if (count === undefined || count === 0 || count > maxEntries) return undefined;
  const entries: TiffEntry[] = [];
  let complete = true;
  let strange = 0;
  for (let i = 0; i < count; i++) {
    const at = start + 2 + i * 12;
    const [tag, type, values] = [number16(place, at), number16(place, at + 2), number32(place, at + 4)];
    if (tag === undefined || type === undefined || values === undefined) {
      complete = false;
      break;
    }
    const size = sizeOf(type) * values;
    if (sizeOf(type) === 0) {
      strange++;
      continue;
    }
    const from = size <= 4 ? at + 8 : base + (number32(place, at + 8) ?? content.length);
    if (from + size > content.length) complete = false;
    else entries.push({ tag, type, at: from, bytes: content.subarray(from, from + size) });
  }
  if (entries.length === 0 || strange > count / 2) return undefined;
  return {
    entries,
    complete: complete && strange === 0,
    next: number32(place, start + 2 + count * 12) ?? 0,
  };
}

/** The numbers of a value; a fraction without a denominator is NaN. Text has none. */
export function numbersOf({ littleEndian }: TiffPlace, { type, bytes }: TiffEntry, most = 64): number[] {
  const size = sizeOf(type);
  if (type === 2 || type === utf8Type || size === 0) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers: number[] = [];
  for (let at = 0; at + size <= bytes.length && numbers.length < most; at += size) {
    const little = littleEndian;
    if (type === 1 || type === 7) numbers.push(view.getUint8(at));
    else if (type === 6) numbers.push(view.getInt8(at));
    else if (type === 3) numbers.push(view.getUint16(at, little));
    else if (type === 8) numbers.push(view.getInt16(at, little));
    else if (type === 4 || type === 13) numbers.push(view.getUint32(at, little));
    else if (type === 9) numbers.push(view.getInt32(at, little));
    else if (type === 5) numbers.push(quotient(view.getUint32(at, little), view.getUint32(at + 4, little)));
    else if (type === 10) numbers.push(quotient(view.getInt32(at, little), view.getInt32(at + 4, little)));
    else if (type === 11) numbers.push(view.getFloat32(at, little));
    else if (type >= 16) numbers.push(Number(view.getBigUint64(at, little)));
    else numbers.push(view.getFloat64(at, little));
  }
  return numbers;
}

/** The text of a value: UTF-8, else Latin-1, up to its first zero byte. */
export function asciiOf({ bytes }: TiffEntry): string {
  const end = bytes.indexOf(0);
  return decoded(end < 0 ? bytes : bytes.subarray(0, end));
}

/** UTF-8 where it is, else Latin-1: cameras and old programs write either. */
export function decoded(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? bytes.toString("latin1") : text;
}

function quotient(numerator: number, denominator: number): number {
  return denominator === 0 ? Number.NaN : numerator / denominator;
}

function number16({ content, littleEndian }: TiffPlace, at: number): number | undefined {
  if (at < 0 || at + 2 > content.length) return undefined;
  return littleEndian ? content.readUInt16LE(at) : content.readUInt16BE(at);
}

function number32({ content, littleEndian }: TiffPlace, at: number): number | undefined {
  if (at < 0 || at + 4 > content.length) return undefined;
  return littleEndian ? content.readUInt32LE(at) : content.readUInt32BE(at);
}
