import { iimTexts } from "../blocks/iim.js";
import { makerNote } from "../blocks/maker-note.js";
import { asciiOf, decoded, numbersOf, type TiffBlock, type TiffEntry, utf8Type } from "../blocks/tiff.js";
import { isCameraWord } from "../camera-words.js";
import { coordinateOf, coordinateText, positionOf } from "./coordinates.js";
import type { Findings } from "./findings.js";
import { addCaption, addComment, addKeyword, addUserFolders } from "./free-text.js";
import { addIimTexts } from "./text-facts.js";

/** EXIF 3.0, DNG 1.6, Microsoft's tags and those of Adobe Camera Raw. */
const tags = {
  make: 0x010f,
  artist: 0x013b,
  copyright: 0x8298,
  iptc: 0x83bb,
  makerNote: 0x927c,
  xpAuthor: 0x9c9d,
  cameraOwner: 0xa430,
  bodySerial: 0xa431,
  lensSerial: 0xa435,
  photographer: 0xa437,
  editor: 0xa438,
  hostComputer: 0x013c,
  dngSerial: 0xc62f,
  dngPrivate: 0xc634,
  rawOwner: 0xfde8,
  rawSerial: 0xfde9,
  geoPoints: 0x8482,
  geoMatrix: 0x85d8,
  imageTitle: 0xa436,
  description: 0x010e,
  userComment: 0x9286,
  xpTitle: 0x9c9b,
  xpComment: 0x9c9c,
  xpKeywords: 0x9c9e,
  xpSubject: 0x9c9f,
} as const;
const owners: readonly number[] = [
  tags.cameraOwner,
  tags.rawOwner,
  tags.artist,
  tags.photographer,
  tags.editor,
];
const serials: readonly number[] = [tags.bodySerial, tags.lensSerial, tags.dngSerial, tags.rawSerial];
/** EXIF 2.32, table 15: latitude, longitude, each with its letter before it; of the camera, then of what it looks at. */
const positions = [
  [1, 2, 3, 4],
  [0x13, 0x14, 0x15, 0x16],
] as const;
const areaInformation = 0x1c;
/**
 * Texts that cameras and programs write about themselves, the picture and the time; in any other anything may stand. Interoperability; TIFF 6.0
 * and its supplements; EXIF 3.0; DNG 1.6; MPF; GeoTIFF and GDAL.
 */
const technical: ReadonlySet<number> = new Set([
  0x0001, 0x1000, 0x010f, 0x0110, 0x0131, 0x0132, 0x014d, 0x0151, 0x8824, 0x9003, 0x9004, 0x9010, 0x9011,
  0x9012, 0x9290, 0x9291, 0x9292, 0xa004, 0xa420, 0xa433, 0xa434, 0xa439, 0xa43a, 0xa43b, 0xa43c, 0xa480,
  0xa481, 0xb000, 0xc614, 0xc615, 0xc68b, 0xc6f3, 0xc6f4, 0xc6f8, 0xc6fe, 0xc71a, 0xc716, 0xc717, 0xc718,
  0xc764, 0x87b1,
]);

/** Adds what a block of EXIF tells. */
export function addExif(findings: Findings, block: TiffBlock): void {
  if (!block.complete) findings.unread.add("exif");
  const main = block.directories.find(({ kind }) => kind === "main")?.entries ?? [];
  const make = main.find(({ tag }) => tag === tags.make);
  for (const { kind, entries } of block.directories) {
    if (kind === "gps") addGps(findings, block, entries);
    else for (const entry of entries) addTag(findings, block, entry, make ? asciiOf(make) : "");
  }
}

function addTag(findings: Findings, block: TiffBlock, entry: TiffEntry, make: string): void {
  const { tag, bytes } = entry;
  if (owners.includes(tag)) findings.owners.add(asciiOf(entry));
  else if (tag === tags.xpAuthor) findings.owners.add(utf16Of(bytes));
  else if (tag === tags.copyright) findings.rights.add(bytes.toString("utf8"));
  else if (serials.includes(tag)) addSerial(findings, asciiOf(entry));
  else if (tag === tags.iptc) addIimTexts(findings, iimTexts(bytes));
  else if (tag === tags.dngPrivate) findings.unread.add("maker-note");
  // GeoTIFF: a place in a projection that is described elsewhere.
  else if (tag === tags.geoPoints || tag === tags.geoMatrix) findings.unread.add("gps");
  else if (tag === tags.makerNote && bytes.some((byte) => byte !== 0)) {
    const note = makerNote(block, entry, make);
    for (const text of note.owners) findings.owners.add(text);
    for (const text of note.serials) addSerial(findings, text);
    for (const text of note.places) findings.places.add("site", text);
    if (!note.isWhole) findings.unread.add("maker-note");
  } else addText(findings, block, entry);
}

/** Texts that people write about a picture, and any other in which the path of a file may stand. */
function addText(findings: Findings, { littleEndian }: TiffBlock, entry: TiffEntry): void {
  const { tag, type, bytes } = entry;
  if (tag === tags.description || tag === tags.imageTitle) addCaption(findings, asciiOf(entry));
  else if (tag === tags.xpTitle || tag === tags.xpSubject) addCaption(findings, utf16Of(bytes));
  else if (tag === tags.xpComment) addComment(findings, utf16Of(bytes));
  else if (tag === tags.xpKeywords) for (const one of utf16Of(bytes).split(";")) addKeyword(findings, one);
  else if (tag === tags.hostComputer) {
    // A phone's model, a system, or what somebody calls the computer: "PC-Siti".
    const text = asciiOf(entry);
    if (!isCameraWord(text) && !/^(mac ?os|os x|windows|linux|android)[\s\d.x]*$/i.test(text))
      addComment(findings, text);
  } else if (tag === tags.userComment) {
    // Eight characters before it name its encoding (EXIF 2.32, table 9).
    const isUnicode = bytes.toString("latin1", 0, 7) === "UNICODE";
    const text = isUnicode ? utf16(bytes.subarray(8), littleEndian) : decoded(bytes.subarray(8));
    // Phones write the settings of the picture here.
    if (isCameraWord(text)) addCaption(findings, text);
    else addComment(findings, text);
  } else if (type === 2 || type === utf8Type) {
    const text = asciiOf(entry);
    if (technical.has(tag)) addUserFolders(findings, text);
    else if (isCameraWord(text)) addCaption(findings, text);
    else addComment(findings, text);
  }
}

function addGps(findings: Findings, block: TiffBlock, entries: readonly TiffEntry[]): void {
  const entryOf = (tag: number) => entries.find((one) => one.tag === tag);
  const coordinate = (letter: number, tag: number) => {
    const [reference, entry] = [entryOf(letter), entryOf(tag)];
    if (!entry) return undefined;
    const side = reference ? asciiOf(reference) : "";
    return entry.type === 2
      ? coordinateText(asciiOf(entry), side)
      : coordinateOf(numbersOf(block, entry), side);
  };
  for (const [north, latitude, east, longitude] of positions) {
    findings.positions.add(positionOf(coordinate(north, latitude), coordinate(east, longitude)));
  }
  // A name of the place, behind eight characters that name its encoding.
  const area = entryOf(areaInformation);
  if (!area) return;
  const isUnicode = area.bytes.toString("latin1", 0, 7) === "UNICODE";
  const text = area.bytes.subarray(8);
  findings.places.add("site", isUnicode ? utf16(text, block.littleEndian) : text.toString("utf8"));
}

/** Adds a serial number; zeros and blanks stand where a camera writes none. */
export function addSerial({ serials }: Findings, text: string): void {
  if (/[1-9a-z]/i.test(text)) serials.add(text);
}

function utf16Of(bytes: Buffer): string {
  return utf16(bytes, true);
}

function utf16(bytes: Buffer, littleEndian: boolean): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (littleEndian ? even : even.swap16()).toString("utf16le").replaceAll("\0", "");
}
