import { inflateSync } from "node:zlib";
import type { PhotoFormat } from "../types.js";

/** Content of a file outside the picture that viewers show. */
interface HiddenParts {
  trailer_bytes: number;
  pictures: number;
  video: boolean;
}

/** Inspects the bytes after the end of the picture. A damaged file has no end, so nothing is found in it. */
export function hiddenParts(content: Buffer, format: PhotoFormat): HiddenParts {
  const end = endOf(content, format);
  const trailer = end === undefined ? Buffer.alloc(0) : content.subarray(end);
  return {
    trailer_bytes: trailer.length,
    pictures: trailer.indexOf("\xff\xd8\xff", 0, "latin1") < 0 ? 0 : 1,
    // A motion photo of Google or Samsung ends in an MP4 (ISO 14496-12).
    video: /ftyp(mp4|isom|avc|qt |M4V|3gp)/.test(trailer.toString("latin1")),
  };
}

function endOf(content: Buffer, format: PhotoFormat): number | undefined {
  if (format === "jpeg") return jpegEnd(content);
  if (format === "webp") return content.length < 8 ? undefined : content.readUInt32LE(4) + 8;
  if (format !== "png") return undefined;
  for (const { type, end } of pngChunks(content)) if (type === "IEND") return end;
  return undefined;
}

/** Finds the offset after the end marker of a JPEG's first picture (ISO/IEC 10918-1, annex B). */
export function jpegEnd(content: Buffer): number | undefined {
  let at = 2;
  while (at + 4 <= content.length) {
    if (content[at] !== 0xff) return undefined;
    const marker = content[at + 1]!;
    if (marker === 0xd9) return at + 2;
    if (marker === 0xff) {
      at++; // padding
      continue;
    }
    at += 2 + content.readUInt16BE(at + 2);
    if (marker !== 0xda) continue;
    // Within a scan 0xff is followed by 0 or a restart marker; anything else ends it.
    do at = content.indexOf(0xff, at + 1);
    while (at >= 0 && (content[at + 1] === 0 || isRestart(content[at + 1])));
    if (at < 0) return undefined;
    if (content[at + 1] === 0xd9) return at + 2;
  }
  return undefined;
}

function isRestart(marker: number | undefined): boolean {
  return marker !== undefined && marker >= 0xd0 && marker <= 0xd7;
}

/** The largest colour profiles are those of printers. */
const maxProfileBytes = 4 * 1024 * 1024;

/** Returns the description of a PNG's colour profile (PNG 3rd edition, 11.3.2); null when none can be read. */
export function pngProfileName(content: Buffer): string | null {
  for (const { type, start, end } of pngChunks(content)) {
    if (type === "sRGB") return "sRGB";
    if (type === "IDAT") return null;
    if (type !== "iCCP") continue;
    try {
      // The chunk holds a name, a zero byte, the compression method, and the compressed profile.
      const packed = content.subarray(content.indexOf(0, start) + 2, end - 4);
      return profileName(inflateSync(packed, { maxOutputLength: maxProfileBytes }));
    } catch {
      return null;
    }
  }
  return null;
}

/** The description of an ICC profile: ASCII in version 2, the first language of several in version 4 (ICC.1:2022, 9.2.41). */
function profileName(icc: Buffer): string | null {
  const count = Math.min(icc.readUInt32BE(128), 100);
  for (let at = 132; at < 132 + count * 12; at += 12) {
    if (icc.toString("latin1", at, at + 4) !== "desc") continue;
    const tag = icc.subarray(icc.readUInt32BE(at + 4));
    if (tag.toString("latin1", 0, 4) === "desc") {
      return tag.toString("latin1", 12, 12 + Math.min(tag.readUInt32BE(8), 200)).split("\0")[0] || null;
    }
    const [length, start] = [Math.min(tag.readUInt32BE(20), 400), tag.readUInt32BE(24)];
    return (
      Buffer.from(tag.subarray(start, start + length))
        .swap16()
        .toString("utf16le") || null
    );
  }
  return null;
}

export function* pngChunks(content: Buffer): Generator<{ type: string; start: number; end: number }> {
  let at = 8;
  while (at + 12 <= content.length) {
    const end = at + 12 + content.readUInt32BE(at);
    yield { type: content.toString("latin1", at + 4, at + 8), start: at + 8, end };
    at = end;
  }
}
