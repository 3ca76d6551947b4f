import type { PhotoFormat } from "../../types.js";
import { fileParts, type UnreadPart } from "../blocks/file-parts.js";
import { iimBlocks } from "../blocks/iim.js";
import { type TiffBlock, tiffBlock } from "../blocks/tiff.js";
import { maxTexts, xmpPackets, xmpTexts } from "../blocks/xmp.js";
import type { Position } from "./coordinates.js";
import { addExif } from "./exif-facts.js";
import { createFindings, type Findings } from "./findings.js";
import { addComment } from "./free-text.js";
import { addIim, addNamedText, addXmp } from "./text-facts.js";

/** What a file tells about a person or a place, from every block of metadata in it. Untrusted text; clean it before printing. */
export interface PrivateFacts {
  gps: Position | null;
  /** Names of the place, from the nearest to the widest. */
  place: string | null;
  /** The camera's owner and the photographer; else whom a notice of copyright names. */
  owner: string | null;
  /** Serial numbers of camera, lens and flash. */
  serial_numbers: string[];
  /** Names of people in the picture. */
  persons: string[];
  /** A film of the seconds around the shot, with sound ("motion photo"). */
  video: boolean;
  /** Parts that may hold more: nobody may say that the file leaks nothing. */
  unread: UnreadPart[];
}

/** Blocks of EXIF read of one file: pictures within pictures are few. */
const maxBlocks = 40;
const exifNote = 0x927c;

/**
 * Reads every block of EXIF, XMP and IIM anywhere in a file: of the picture, of further pictures and small ones within
 * it, and of what follows its end. Never throws because of the bytes.
 */
export function privateFacts(content: Buffer, format: PhotoFormat): PrivateFacts {
  const findings = createFindings();
  const parts = fileParts(content, format);
  for (const part of parts.unread) findings.unread.add(part);
  for (const source of [content, ...parts.unpacked]) addBlocks(findings, source);
  for (const { name, text } of parts.texts) addNamedText(findings, name, text);
  for (const comment of parts.comments) addComment(findings, comment);
  findings.positions.finish();
  if (findings.hasUntoldComment()) findings.unread.add("text");
  const { places, serials, persons, unread, positions } = findings;
  return {
    gps: positions.first() ?? null,
    place: places.join() || null,
    owner: findings.owner() || null,
    serial_numbers: serials.all(),
    persons: persons.all(),
    video: parts.video,
    unread: [...unread].sort(),
  };
}

function addBlocks(findings: Findings, source: Buffer): void {
  for (const block of exifBlocks(source)) addExif(findings, block);
  const { packets, isWhole } = xmpPackets(source);
  if (!isWhole) findings.unread.add("xmp");
  for (const packet of packets) {
    const texts = xmpTexts(packet);
    if (texts.length >= maxTexts) findings.unread.add("xmp");
    addXmp(findings, texts);
  }
  for (const block of iimBlocks(source)) addIim(findings, block);
}

/** Finds the blocks of EXIF by their header, in the order of the file, but no header within a maker note. */
function exifBlocks(source: Buffer): TiffBlock[] {
  const starts = [...offsetsOf(source, "II*\0"), ...offsetsOf(source, "MM\0*")].sort((a, b) => a - b);
  const blocks: TiffBlock[] = [];
  const notes: [from: number, to: number][] = [];
  for (const start of starts) {
    if (blocks.length >= maxBlocks) break;
    if (notes.some(([from, to]) => start >= from && start < to)) continue;
    const block = tiffBlock(source, start);
    if (!block) continue;
    blocks.push(block);
    for (const { entries } of block.directories) {
      for (const { tag, at, bytes } of entries) if (tag === exifNote) notes.push([at, at + bytes.length]);
    }
  }
  return blocks;
}

function* offsetsOf(source: Buffer, needle: string): Generator<number> {
  const bytes = Buffer.from(needle, "latin1");
  let found = 0;
  for (let at = source.indexOf(bytes); at >= 0 && found < 1000; at = source.indexOf(bytes, at + 1)) {
    found++;
    yield at;
  }
}
