import {
  asciiOf,
  decoded,
  numbersOf,
  readDirectory,
  type TiffEntry,
  type TiffPlace,
  tiffBlock,
} from "./tiff.js";

/** What a camera's maker wrote for itself about the camera and its owner. */
export interface MakerNote {
  owners: string[];
  serials: string[];
  places: string[];
  /** Whether nothing else can be in it: false wherever this reader does not know the whole note. */
  isWhole: boolean;
}

/** Where private values are in the notes of one maker. Numbers of tags, from exiftool.org/TagNames. */
interface Layout {
  /** What the note begins with, or else who made the camera. */
  head?: RegExp;
  make?: RegExp;
  /** Offset of the directory in the note. */
  directory: number;
  /** Values are counted from the note itself, not from the picture's block. */
  isOwnBase?: true;
  order?: "II" | "MM";
  owners?: readonly number[];
  serials?: readonly number[];
  places?: readonly number[];
  /** Directories within the note, with the tags of serial numbers in them. */
  inner?: Readonly<Record<number, readonly number[]>>;
  isWhole?: true;
}

/** Canon's description of the lens begins with its serial number in five bytes. */
const canonLens = 0x4019;
const layouts: readonly Layout[] = [
  // Every tag that is known holds exposure, motion, or numbers of the picture itself.
  { head: /^Apple iOS\0/, directory: 14, isOwnBase: true, order: "MM", isWhole: true },
  { head: /^FUJIFILM/, directory: 12, isOwnBase: true, order: "II", serials: [0x0010] },
  {
    head: /^OM SYSTEM\0/,
    directory: 16,
    isOwnBase: true,
    serials: [0x0404],
    inner: { 8208: [0x0101, 0x0102, 0x0202, 0x0302, 0x1002] },
  },
  {
    head: /^OLYMPUS\0/,
    directory: 12,
    isOwnBase: true,
    serials: [0x0404],
    inner: { 8208: [0x0101, 0x0102, 0x0202, 0x0302, 0x1002] },
  },
  { head: /^OLYMP\0/, directory: 8, serials: [0x0404], inner: { 8208: [0x0101, 0x0102, 0x0202, 0x0302] } },
  {
    head: /^Panasonic\0/,
    directory: 12,
    serials: [0x0025, 0x0052, 0x0054],
    places: [0x0067, 0x0069, 0x006b, 0x006d, 0x006f],
  },
  { head: /^LEICA\0/, directory: 8, serials: [0x0303, 0x0305, 0x0025] },
  { head: /^PENTAX \0/, directory: 10, isOwnBase: true, serials: [0x0229, 0x0230] },
  { head: /^AOC\0/, directory: 6, serials: [0x0229, 0x0230] },
  { head: /^(SIGMA|FOVEON)\0\0/, directory: 10, serials: [0x0002] },
  { head: /^(SONY (DSC|CAM|MOBILE)|VHAB)/, directory: 12 },
  { head: /^Nikon\0\x01/, directory: 8, serials: [0x001d, 0x00a0] },
  { head: /^(Ricoh|RICOH)\0/, directory: 8, serials: [0x0005] },
  { make: /^canon/i, directory: 0, owners: [0x0009], serials: [0x000c, 0x0096, canonLens] },
  { make: /^nikon/i, directory: 0, serials: [0x001d, 0x00a0] },
  { make: /^samsung/i, directory: 0, serials: [0xa002] },
];
const nikonSerials = [0x001d, 0x00a0];

/**
 * Reads owner, serial numbers and place names from a maker note (EXIF 2.32, tag 0x927C). Every maker has its own format,
 * none is published, and most notes hold parts that nobody outside reads.
 *
 * @param make the camera's maker as the picture's block names it
 */
export function makerNote(block: TiffPlace, entry: TiffEntry, make: string): MakerNote {
  const found: MakerNote = { owners: [], serials: [], places: [], isWhole: false };
  const head = entry.bytes.toString("latin1", 0, 24);
  // Nikon's newer notes are a block of their own within the note.
  const nikon = /^Nikon\0\x02/.test(head) ? tiffBlock(block.content, entry.at + 10) : undefined;
  if (nikon) {
    for (const one of nikon.directories[0]!.entries)
      if (nikonSerials.includes(one.tag)) addSerial(found, nikon, one);
    return found;
  }
  const layout = layouts.find((one) => (one.head ? one.head.test(head) : one.make?.test(make)));
  if (!layout) {
    // Hewlett-Packard and Reconyx write plain text.
    const serial = /SERIAL NUMBER:\s*([\w-]{4,40})/i.exec(entry.bytes.toString("latin1"))?.[1];
    if (serial) found.serials.push(serial);
    return found;
  }
  const place: TiffPlace = {
    content: block.content,
    base: layout.isOwnBase ? entry.at : block.base,
    littleEndian: isLittleEndian(layout, head, block),
  };
  const start = layout.isOwnBase ? layout.directory : entry.at - block.base + layout.directory;
  const directory = readDirectory(place, start);
  if (!directory) return found;
  found.isWhole = layout.isWhole === true && directory.complete;
  for (const one of directory.entries) {
    if (layout.owners?.includes(one.tag)) found.owners.push(asciiOf(one).trim());
    if (layout.serials?.includes(one.tag)) addSerial(found, place, one);
    if (layout.places?.includes(one.tag)) addPlace(found, one);
    const inner = layout.inner?.[one.tag];
    if (!inner) continue;
    // The directory itself lies in the value, or the value says where it is.
    const at = one.type === 7 ? one.at - place.base : (numbersOf(place, one)[0] ?? 0);
    for (const two of readDirectory(place, at)?.entries ?? [])
      if (inner.includes(two.tag)) addSerial(found, place, two);
  }
  return found;
}

function isLittleEndian(layout: Layout, head: string, block: TiffPlace): boolean {
  const order = layout.order ?? /^(?:OLYMPUS\0|OM SYSTEM\0{3}|AOC\0|PENTAX \0)(II|MM)/.exec(head)?.[1];
  return order ? order === "II" : block.littleEndian;
}

function addSerial(found: MakerNote, place: TiffPlace, entry: TiffEntry): void {
  const isText = entry.type === 2 || entry.type === 7;
  const bytes = entry.tag === canonLens ? entry.bytes.subarray(0, 5) : entry.bytes;
  const texts = isText ? [printable(bytes)] : numbersOf(place, entry, 4).map(String);
  for (const text of texts) if (/[1-9a-z]/i.test(text)) found.serials.push(text);
}

function addPlace(found: MakerNote, entry: TiffEntry): void {
  const text = decoded(entry.bytes).replaceAll("\0", " ").trim();
  // Written where a camera has none, too.
  if (/\p{L}/u.test(text) && !/^-+$/.test(text)) found.places.push(text);
}

/** Serial numbers are text, or a few bytes that programs show in hexadecimal. */
function printable(bytes: Buffer): string {
  const text = bytes.toString("latin1").replace(/\0.*$/s, "").trim();
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  return bytes.length <= 16 && bytes.some((byte) => byte !== 0) ? bytes.toString("hex") : "";
}
