import { failed } from "../../errors/errors.js";
import type { PhotoText } from "../types.js";
import { exifBlock } from "./exif.js";

const namespaces = {
  dc: "http://purl.org/dc/elements/1.1/",
  photoshop: "http://ns.adobe.com/photoshop/1.0/",
  Iptc4xmpCore: "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
};
/** What precedes a packet in its segment (Adobe XMP Specification Part 3, 1.1.3). */
export const xmpHeader = "http://ns.adobe.com/xap/1.0/\0";
/** Bytes that a JPEG segment can hold after its length (ISO/IEC 10918-1, B.1.1.4). */
const segmentLimit = 65_533;

/**
 * Builds the XMP packet that holds `text`; undefined for an empty text (Adobe XMP Specification Part 1; IPTC Photo Metadata Standard: Description, Alt Text (Accessibility), Creator, Credit Line, Copyright Notice,
 * Date Created, Sublocation).
 */
function xmpPacket(text: PhotoText): string | undefined {
  const properties = [
    element("dc:description", text.caption, localized),
    element("Iptc4xmpCore:AltTextAccessibility", text.alt, localized),
    element("dc:creator", text.credit, (value) => `<rdf:Seq><rdf:li>${escapeXml(value)}</rdf:li></rdf:Seq>`),
    element("photoshop:Credit", text.credit, escapeXml),
    element("dc:rights", text.copyright, localized),
    element("photoshop:DateCreated", text.date, escapeXml),
    element("Iptc4xmpCore:Location", text.place, escapeXml),
  ].filter((property) => property !== undefined);
  if (properties.length === 0) return undefined;
  const declared = Object.entries(namespaces).map(([prefix, name]) => ` xmlns:${prefix}="${name}"`);
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about=""${declared.join("")}>`,
    ...properties,
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join("");
}

/** Reads a packet of `xmpPacket`; of any other packet it returns nothing, or texts for which `textSegments` builds other bytes. */
export function readXmpPacket(packet: string): PhotoText | undefined {
  const of = (name: string) => {
    const content = new RegExp(`<${name}>(?:<rdf:(?:Alt|Seq)><rdf:li[^>]*>)?([^<]+)<`).exec(packet)?.[1];
    return content && unescapeXml(content);
  };
  const [caption, alt] = [of("dc:description"), of("Iptc4xmpCore:AltTextAccessibility")];
  const [credit, copyright] = [of("photoshop:Credit"), of("dc:rights")];
  const [date, place] = [of("photoshop:DateCreated"), of("Iptc4xmpCore:Location")];
  const text: PhotoText = {
    ...(caption && { caption }),
    ...(alt && { alt }),
    ...(credit && { credit }),
    ...(copyright && { copyright }),
    ...(date && { date }),
    ...(place && { place }),
  };
  return Object.keys(text).length > 0 ? text : undefined;
}

/**
 * Builds the JPEG segments that hold `text`: EXIF, then XMP. The buffer is empty for an empty text.
 *
 * @param path only for the error `photo-text-too-long`
 */
export function textSegments(text: PhotoText, path: string): Buffer {
  const exif = exifBlock(text);
  const xmp = xmpPacket(text);
  const segment = (name: string, content: Buffer) => {
    const length = 2 + name.length + content.length;
    if (length > segmentLimit) throw failed("photo-text-too-long", { path, limit: segmentLimit });
    return Buffer.concat([
      Buffer.from([0xff, 0xe1, length >> 8, length & 255]),
      Buffer.from(name, "latin1"),
      content,
    ]);
  };
  return Buffer.concat([
    ...(exif ? [segment("Exif\0\0", exif)] : []),
    ...(xmp ? [segment(xmpHeader, Buffer.from(xmp))] : []),
  ]);
}

/** Inserts segments where EXIF requires them: right after the start-of-image marker. */
export function insertSegments(jpeg: Buffer, segments: Buffer): Buffer {
  return segments.length === 0 ? jpeg : Buffer.concat([jpeg.subarray(0, 2), segments, jpeg.subarray(2)]);
}

function element(
  name: string,
  value: string | undefined,
  content: (value: string) => string,
): string | undefined {
  return value ? `<${name}>${content(value)}</${name}>` : undefined;
}

function localized(value: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(value)}</rdf:li></rdf:Alt>`;
}

/** Escapes text for XML 1.0 and drops what XML cannot hold (control characters, lone surrogates, U+FFFE/F). */
function escapeXml(value: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[&<>"]/g, (character) => entities[character] ?? "");
}

/** Undoes `escapeXml`. */
function unescapeXml(value: string): string {
  const characters: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return value.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name]!);
}
