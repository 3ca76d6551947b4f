import path from "node:path";
import { type Box, boxes } from "../sources/boxes.js";
import type { PhotoFormat } from "../types.js";
import {
  adobeRgb,
  type CodePoints,
  type HdrTransfer,
  hdrTransferOf,
  modelOfCodePoints,
} from "./code-points.js";
import { codePointsOfProfile, isSrgb, modelOfProfile } from "./colour.js";
import type { ColourModel } from "./conversion.js";
import { colourOfPng } from "./png-colour.js";
import { headerOfTiff, openTiff } from "./tiff-directory.js";

/** What a photo says its numbers mean, when it is not sRGB. */
export type DeclaredColour =
  | { kind: "model"; model: ColourModel }
  /** A profile that only LittleCMS can convert by. */
  | { kind: "profile"; icc: Buffer }
  | { kind: "hdr"; transfer: HdrTransfer; primaries: number };

interface Photo {
  path: string;
  bytes: Buffer;
  format: PhotoFormat;
  icc: Buffer | undefined;
  exif: Buffer | undefined;
}

/**
 * Returns the colour that a photo declares: by code points (HEIF and PNG) where they say high dynamic range, by its ICC
 * profile, by other code points, by a PNG's gamma and primaries, or by EXIF. Returns undefined for sRGB, and for a photo that says nothing.
 */
export function declaredColour({ path, bytes, format, icc, exif }: Photo): DeclaredColour | undefined {
  const png = format === "png" ? colourOfPng(bytes) : undefined;
  const points = format === "avif" || format === "heic" ? codePointsOfHeif(bytes) : png?.points;
  const hdr = [points, icc && codePointsOfProfile(icc)].find((found) => found && hdrTransferOf(found));
  if (hdr) return { kind: "hdr", transfer: hdrTransferOf(hdr)!, primaries: hdr.primaries };
  if (icc) {
    if (isSrgb(icc)) return undefined;
    const model = modelOfProfile(icc);
    return model ? { kind: "model", model } : { kind: "profile", icc };
  }
  const model = points ? modelOfCodePoints(points) : undefined;
  if (model) return { kind: "model", model };
  if (points) return undefined;
  if (png?.model) return { kind: "model", model: png.model };
  const header = format === "tiff" ? bytes : exif && headerOfTiff(exif);
  return header && isAdobeRgb(header, path) ? { kind: "model", model: adobeRgb } : undefined;
}

/** Names of DCF 2.0 (8.3 characters, 4 of them a number) that begin with an underscore are of Adobe RGB photos. */
const adobeRgbName = /^_[a-z0-9_]{3}\d{4}(?!\d)/i;
/** Tags of EXIF 2.32: the directories of EXIF and of interoperability, the colour space, and the interoperability index. */
const [exifAt, interoperabilityAt, colourSpace, index] = [0x8769, 0xa005, 0xa001, 1];
/** Values of the colour space. Some cameras write 2, which no standard has. */
const [adobe, uncalibrated] = [2, 0xffff];

/** DCF 2.0, 3.3.2: an option file of Adobe RGB has the index R03, and a colour space that is not calibrated. */
function isAdobeRgb(tiff: Buffer, file: string): boolean {
  try {
    const read = openTiff(tiff);
    const exif = read?.directory(read.first).get(exifAt);
    if (!read || !exif) return false;
    const tags = read.directory(exif.number);
    const space = tags.get(colourSpace)?.number;
    if (space === adobe) return true;
    if (space !== uncalibrated) return false;
    const interoperability = tags.get(interoperabilityAt);
    const found = interoperability && read.directory(interoperability.number).get(index)?.text;
    return found === undefined ? adobeRgbName.test(path.basename(file)) : found.startsWith("R03");
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** ISO/IEC 23008-12, 9.3 and ISO/IEC 14496-12, 12.1.5: `colr` of type nclx among the properties of the primary picture. */
function codePointsOfHeif(bytes: Buffer): CodePoints | undefined {
  try {
    const meta = boxes(bytes)
      .find(({ name }) => name === "meta")
      ?.content.subarray(4);
    if (!meta) return undefined;
    const inMeta = boxes(meta);
    const properties = boxes(inMeta.find(({ name }) => name === "iprp")?.content ?? empty);
    const all = boxes(properties.find(({ name }) => name === "ipco")?.content ?? empty);
    const primary = inMeta.find(({ name }) => name === "pitm")?.content;
    const links = properties.find(({ name }) => name === "ipma")?.content;
    const own = primary && links ? propertiesOf(itemOf(primary), links).map((i) => all[i - 1]) : [];
    const isNclx = (box: Box | undefined) =>
      box?.name === "colr" && box.content.toString("latin1", 0, 4) === "nclx";
    // A picture of tiles may leave its colour to the tiles.
    const isDescribed = own.some((box) => box?.name === "colr");
    const colr = own.find(isNclx) ?? (isDescribed ? undefined : all.find(isNclx));
    return colr && { primaries: colr.content.readUInt16BE(4), transfer: colr.content.readUInt16BE(6) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const empty = Buffer.alloc(0);
function itemOf(pitm: Buffer): number {
  return pitm.readUInt8(0) === 0 ? pitm.readUInt16BE(4) : pitm.readUInt32BE(4);
}

/** ISO/IEC 23008-12, 9.3.1: the numbers, from 1, of the properties of an item. */
function propertiesOf(item: number, ipma: Buffer): number[] {
  const isLong = ipma.readUInt8(0) >= 1;
  const isWide = (ipma.readUInt8(3) & 1) === 1;
  let at = 8;
  for (let left = ipma.readUInt32BE(4); left > 0; left--) {
    const id = isLong ? ipma.readUInt32BE(at) : ipma.readUInt16BE(at);
    at += isLong ? 4 : 2;
    const count = ipma.readUInt8(at++);
    const step = isWide ? 2 : 1;
    if (id === item) {
      return Array.from({ length: count }, (_, i) =>
        isWide ? ipma.readUInt16BE(at + i * 2) & 0x7fff : ipma.readUInt8(at + i) & 0x7f,
      );
    }
    at += count * step;
  }
  return [];
}
