import { inflateSync } from "node:zlib";
import type { PhotoFormat } from "../../types.js";
import { jpegEnd, pngChunks } from "../hidden-parts.js";
import { photoshopWords } from "./photoshop.js";
import { decoded, tiffBlock } from "./tiff.js";

/** A part of a file that can hold anything, and that this program does not read. */
export type UnreadPart =
  | "maker-note"
  | "exif"
  | "xmp"
  | "gps"
  | "text"
  | "thermal"
  | "segment"
  | "picture"
  | "trailer";

/** A text of a PNG, with its keyword (PNG 3rd edition, 11.3.3). */
interface NamedText {
  name: string;
  text: string;
}

interface FileParts {
  texts: NamedText[];
  /** Comments of a JPEG or a GIF, which have no keyword. */
  comments: string[];
  /** Metadata that lay packed in the file, as it lies in a JPEG. */
  unpacked: Buffer[];
  unread: Set<UnreadPart>;
  /** A film that lies in the file beside the picture (Samsung's HEIC). */
  video: boolean;
}

/** The largest text that is unpacked, and all of one file: profiles of metadata are smaller, a bomb is larger. */
const maxTextBytes = 4 * 1024 * 1024;
const maxUnpackedBytes = 16 * 1024 * 1024;
/** Pictures of one JPEG: cameras write two or three. */
const maxPictures = 50;
/** Segments of a JPEG that hold nothing of a person or a place, or that are read elsewhere, by marker. */
const jpegSegments: readonly (readonly [marker: number, content: RegExp])[] = [
  [0xe0, /^(JFIF|JFXX|AVI1)/],
  [0xe1, /^(Exif\0|http:\/\/ns\.adobe\.com\/(xap\/1\.0|xmp\/extension)\/)/],
  [0xe2, /^(ICC_PROFILE\0|MPF\0|urn:iso:std:iso:ts:21496)/],
  [0xea, /^AROT\0/],
  [0xec, /^Ducky/],
  [0xed, /^(Photoshop 3\.0\0|Adobe_CM)/],
  [0xee, /^Adobe/],
];
const photoshop = "Photoshop 3.0\0";
const pngTypes = new Set(
  (
    "IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT tIME acTL fcTL fdAT cICP mDCV mDCv cLLI " +
    "cLLi oFFs pCAL sCAL sTER eXIf tEXt zTXt iTXt vpAg caNv orNT iDOT"
  ).split(" "),
);
const webpTypes = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", "EXIF", "XMP "]);
const gifPrograms = /^(NETSCAPE2\.0|ANIMEXTS1\.0|XMP DataXMP|ICCRGBG1012|MGK8BIM0000|MGKIPTC0000)$/;
const boxTypes = new Set(["ftyp", "meta", "mdat", "free", "skip", "wide", "moov", "idat"]);

/** Goes through a file by its format and says which parts are in it that no other reader here knows. */
export function fileParts(content: Buffer, format: PhotoFormat): FileParts {
  const parts: FileParts = { texts: [], comments: [], unpacked: [], unread: new Set(), video: false };
  if (format === "jpeg") jpegParts(content, parts);
  else if (format === "png") pngParts(content, parts);
  else if (format === "gif") gifParts(content, parts);
  else if (format === "webp") webpParts(content, parts);
  else if (format === "heic" || format === "avif") boxParts(content, parts);
  else if (format === "tiff" && /^(II\+|MM\0\+)/.test(content.toString("latin1", 0, 4)))
    parts.unread.add("exif");
  return parts;
}

/** The pictures of a JPEG one after the other; what follows them is no picture. */
function jpegParts(content: Buffer, { unread, comments }: FileParts): void {
  let rest = content;
  let pictures = 0;
  while (rest.toString("latin1", 0, 3) === "\xff\xd8\xff") {
    for (const part of unknownSegments(rest, comments)) unread.add(part);
    const end = jpegEnd(rest);
    pictures++;
    if (end === undefined || pictures > maxPictures) {
      if (rest !== content) unread.add("picture");
      return;
    }
    rest = withoutPadding(rest.subarray(end));
  }
  if (rest.length > 0) unread.add("trailer");
}

/** Cameras fill up to a whole block, with zeros mostly. */
function withoutPadding(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

/** Yields the parts that are not read, and adds the comments (ISO/IEC 10918-1, B.2.4.5). */
function* unknownSegments(jpeg: Buffer, comments: string[]): Generator<UnreadPart> {
  let at = 2;
  const resources: Buffer[] = [];
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff) {
    const marker = jpeg[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const bytes = jpeg.subarray(at + 4, at + 2 + jpeg.readUInt16BE(at + 2));
    at += 2 + jpeg.readUInt16BE(at + 2);
    if (marker === 0xfe) comments.push(decoded(bytes));
    if (marker < 0xe0 || marker > 0xef) continue;
    const head = bytes.toString("latin1", 0, 40);
    if (marker === 0xed && head.startsWith(photoshop)) resources.push(bytes.subarray(photoshop.length));
    // Whatever is behind that name is no block of EXIF.
    if (/^Exif\0/.test(head) && !tiffBlock(bytes, 6)) yield "exif";
    if (/^FLIR\0/.test(head)) yield "thermal";
    // Photoshop's settings for the web: the quality is 15 bytes, a comment and a notice of copyright follow it.
    else if (/^Ducky/.test(head) && bytes.subarray(15).some((byte) => byte)) yield "text";
    else if (
      !jpegSegments.some(([of, known]) => of === marker && known.test(head)) &&
      bytes.some((byte) => byte)
    )
      yield "segment";
  }
  // Those that one segment does not hold go on in the next.
  const { texts, isWhole } = photoshopWords(Buffer.concat(resources));
  comments.push(...texts);
  if (!isWhole) yield "segment";
}

function pngParts(content: Buffer, parts: FileParts): void {
  let end = 0;
  let room = maxUnpackedBytes;
  for (const chunk of pngChunks(content)) {
    end = chunk.end;
    if (!pngTypes.has(chunk.type)) parts.unread.add("segment");
    const data = content.subarray(chunk.start, chunk.end - 4);
    if (chunk.type === "eXIf" && !tiffBlock(data, 0) && !tiffBlock(data, 6)) parts.unread.add("exif");
    if (/^(tE|zT|iT)Xt$/.test(chunk.type)) room -= pngText(chunk.type, data, parts, room);
    if (chunk.type === "IEND") break;
  }
  if (withoutPadding(content.subarray(end)).length > 0) parts.unread.add("trailer");
}

/** Reads one text and returns the bytes it took unpacked; at most `room`. */
function pngText(type: string, data: Buffer, parts: FileParts, room: number): number {
  const nameEnd = data.indexOf(0);
  if (nameEnd < 0) return 0;
  const name = data.toString("latin1", 0, nameEnd);
  let bytes = data.subarray(nameEnd + 1);
  let isPacked = type === "zTXt";
  if (type === "zTXt") bytes = bytes.subarray(1);
  if (type === "iTXt") {
    isPacked = bytes[0] === 1;
    // Language and translated keyword, each ending in a zero byte.
    const language = bytes.indexOf(0, 2);
    bytes = bytes.subarray(bytes.indexOf(0, language + 1) + 1);
  }
  if (isPacked) {
    try {
      bytes = inflateSync(bytes, { maxOutputLength: Math.max(1, Math.min(maxTextBytes, room)) });
    } catch {
      parts.unread.add("text");
      return 0;
    }
  }
  // ImageMagick and exiftool write EXIF, IPTC and XMP as hexadecimal text: a name, a length, the bytes.
  const profile =
    /^Raw profile type /.test(name) && /^\s*\w+\s+\d+\s+([0-9a-f\s]+)$/i.exec(bytes.toString("latin1"));
  if (profile) parts.unpacked.push(Buffer.from(profile[1]!.replace(/\s+/g, ""), "hex"));
  else if (name !== "XML:com.adobe.xmp") {
    parts.texts.push({ name, text: bytes.toString(type === "iTXt" ? "utf8" : "latin1") });
  } else if (isPacked) parts.unpacked.push(bytes);
  return isPacked ? bytes.length : 0;
}

/** The blocks of a GIF (GIF89a, 24 and 26): comments, and extensions of programs by their eleven characters. */
function gifParts(content: Buffer, parts: FileParts): void {
  const palette = (flags = 0) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  /** Joins the pieces of a block, each with its length before it; a length of zero ends it. */
  const block = (from: number) => {
    const pieces: Buffer[] = [];
    let at = from;
    for (let size = content[at]; size; size = content[at]) {
      pieces.push(content.subarray(at + 1, at + 1 + size));
      at += 1 + size;
    }
    return { pieces, end: at + 1 };
  };
  let at = 13 + palette(content[10]);
  while (at < content.length && content[at] !== 0x3b) {
    if (content[at] === 0x2c) at = block(at + 11 + palette(content[at + 9])).end;
    else if (content[at] !== 0x21) break;
    else {
      const { pieces, end } = block(at + 2);
      if (content[at + 1] === 0xfe || content[at + 1] === 0x01) {
        // A plain text begins with twelve bytes of its place and colours.
        const words = content[at + 1] === 0xfe ? pieces : pieces.slice(1);
        parts.comments.push(decoded(Buffer.concat(words)));
      } else if (content[at + 1] === 0xff && !gifPrograms.test(pieces[0]?.toString("latin1") ?? "")) {
        parts.unread.add("segment");
      }
      at = end;
    }
  }
  if (withoutPadding(content.subarray(at + 1)).length > 0) parts.unread.add("trailer");
}

function webpParts(content: Buffer, { unread }: FileParts): void {
  const end = content.length < 8 ? 0 : content.readUInt32LE(4) + 8;
  for (let at = 12; at + 8 <= Math.min(end, content.length); ) {
    if (!webpTypes.has(content.toString("latin1", at, at + 4))) unread.add("segment");
    const size = content.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  if (withoutPadding(content.subarray(end)).length > 0) unread.add("trailer");
}

/** The boxes of a HEIF file (ISO/IEC 14496-12, 4.2). */
function boxParts(content: Buffer, parts: FileParts): void {
  for (let at = 0; at + 8 <= content.length; ) {
    const type = content.toString("latin1", at + 4, at + 8);
    let size = content.readUInt32BE(at);
    if (size === 1 && at + 16 <= content.length) size = Number(content.readBigUInt64BE(at + 8));
    // 0: the box reaches to the end of the file.
    if (size === 0) size = content.length - at;
    if (size < 8) {
      parts.unread.add("trailer");
      return;
    }
    if (type === "mpvd") parts.video = true;
    else if (!boxTypes.has(type)) parts.unread.add("segment");
    at += size;
  }
}
