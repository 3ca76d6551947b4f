import type { PhotoText } from "../types.js";
import { readXmpPacket, textSegments, xmpHeader } from "./text.js";

/** The texts that kominfo itself wrote into a rendition, and the rest of the file. */
interface OwnText {
  text: PhotoText;
  /** The file without those texts, in which every other metadata is someone else's. */
  rest: Buffer;
}

/**
 * Finds the texts that `textSegments` wrote at the beginning of a JPEG. What the office writes on purpose, its credit above all, is no
 * leak. A file counts only when its bytes are those that kominfo writes for these texts: another program's edits make them foreign.
 */
export function ownText(content: Buffer): OwnText | undefined {
  if (content.length < 4 || content.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  // EXIF may precede the packet; nothing else does.
  for (let segments = 0; segments < 2; segments++) {
    if (at + 4 > content.length || content.readUInt16BE(at) !== 0xffe1) return undefined;
    const end = at + 2 + content.readUInt16BE(at + 2);
    const segment = content.subarray(at + 4, end);
    at = end;
    if (segment.toString("latin1", 0, xmpHeader.length) !== xmpHeader) continue;
    const text = readXmpPacket(segment.toString("utf8", xmpHeader.length));
    if (!text || !textSegments(text, "").equals(content.subarray(2, end))) return undefined;
    return { text, rest: Buffer.concat([content.subarray(0, 2), content.subarray(end)]) };
  }
  return undefined;
}
