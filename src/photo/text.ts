import type { PhotoText } from "./types.js";

/**
 * The XMP packet that says what `text` says, or undefined when it says nothing (Adobe XMP Specification Part 1;
 * IPTC Photo Metadata Standard: Description, Alt Text (Accessibility), Creator, Credit Line).
 */
export function xmpPacket(text: PhotoText): string | undefined {
  const properties = [
    text.caption && `<dc:description>${localized(text.caption)}</dc:description>`,
    text.alt &&
      `<Iptc4xmpCore:AltTextAccessibility>${localized(text.alt)}</Iptc4xmpCore:AltTextAccessibility>`,
    text.credit && `<dc:creator><rdf:Seq><rdf:li>${escapeXml(text.credit)}</rdf:li></rdf:Seq></dc:creator>`,
    text.credit && `<photoshop:Credit>${escapeXml(text.credit)}</photoshop:Credit>`,
  ].filter(Boolean);
  if (properties.length === 0) return undefined;
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">',
    ...properties,
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join("");
}

function localized(value: string): string {
  return `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(value)}</rdf:li></rdf:Alt>`;
}

/** Text for XML 1.0: what it cannot hold at all (control characters, lone surrogates, U+FFFE/F) is left out. */
function escapeXml(value: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/\r\n?/g, "\n")
    .replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
