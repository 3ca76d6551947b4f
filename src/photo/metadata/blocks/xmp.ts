/** One text of an XMP packet. */
export interface XmpText {
  /** Local names from the outermost to the innermost; the containers of RDF are left out. */
  path: readonly string[];
  /** `xml:lang` of a language alternative. */
  language: string | null;
  text: string;
}

/** Packets of one file, bytes and texts of one packet, and depth of structures that are followed. */
const maxPackets = 100;
const maxPacketBytes = 16 * 1024 * 1024;
export const maxTexts = 50_000;
const maxDepth = 40;
/** The first and the last words of a packet in each encoding (XMP Specification Part 1, 7.2). */
const packetMarks = [
  { encode: (text: string) => Buffer.from(text), read: (bytes: Buffer) => bytes.toString("utf8") },
  {
    encode: (text: string) => Buffer.from(text, "utf16le"),
    read: (bytes: Buffer) => bytes.toString("utf16le"),
  },
  {
    encode: (text: string) => Buffer.from(text, "utf16le").swap16(),
    read: (bytes: Buffer) => Buffer.from(evenly(bytes)).swap16().toString("utf16le"),
  },
].map(({ encode, read }) => [encode("rdf:RDF"), encode("</rdf:RDF"), read] as const);
const extension = "http://ns.adobe.com/xmp/extension/\0";

/**
 * Finds the XMP packets anywhere in a file, in UTF-8 or UTF-16, joined again where a JPEG holds them in pieces (XMP
 * Specification Part 3, 1.1.3.1). `isWhole` is false when a packet has no end, or when there are absurdly many.
 */
export function xmpPackets(content: Buffer): { packets: string[]; isWhole: boolean } {
  const packets: string[] = [];
  const joined = extendedPackets(content);
  // The pieces of an extended packet have no end of their own; they are read joined.
  let isWhole = addPackets(packets, content) || joined.length > 0;
  for (const source of joined) isWhole = addPackets(packets, source) && isWhole;
  return { packets, isWhole };
}

/** Adds the packets of a file; whether these are all, each with an end. */
function addPackets(packets: string[], source: Buffer): boolean {
  let isWhole = true;
  for (const [start, end, read] of packetMarks) {
    for (let from = source.indexOf(start); from >= 0; ) {
      const to = source.indexOf(end, from);
      if (to < 0 || to - from > maxPacketBytes || packets.length >= maxPackets) {
        isWhole = false;
        break;
      }
      packets.push(`<${read(source.subarray(from, to))}</rdf:RDF>`);
      from = source.indexOf(start, to + end.length);
    }
  }
  return isWhole;
}

/** Joins the pieces of extended XMP, each with a GUID of 32 characters, the whole length and its own offset. */
function extendedPackets(content: Buffer): Buffer[] {
  const pieces = new Map<string, { offset: number; bytes: Buffer }[]>();
  for (let at = content.indexOf(extension); at >= 0; at = content.indexOf(extension, at + 1)) {
    const head = at + extension.length;
    if (at < 2 || head + 40 > content.length) break;
    const end = at - 2 + content.readUInt16BE(at - 2);
    const guid = content.toString("latin1", head, head + 32);
    const piece = { offset: content.readUInt32BE(head + 36), bytes: content.subarray(head + 40, end) };
    const all = pieces.get(guid);
    if (all) all.push(piece);
    else pieces.set(guid, [piece]);
  }
  return [...pieces.values()].map((all) =>
    Buffer.concat(all.sort((a, b) => a.offset - b.offset).map(({ bytes }) => bytes)),
  );
}

/** Reads all texts of a packet, as elements or attributes. Tolerates what is no XML; cut where a packet is absurd. */
export function xmpTexts(packet: string): XmpText[] {
  const texts: XmpText[] = [];
  const open: { name: string | null; language: string | null }[] = [];
  const path = () => open.map(({ name }) => name).filter((name) => name !== null);
  const language = () => open.findLast((element) => element.language !== null)?.language ?? null;
  const add = (names: readonly string[], text: string) => {
    const trimmed = text.trim();
    if (trimmed && names.length > 0) texts.push({ path: names, language: language(), text: trimmed });
  };
  let at = 0;
  let text = "";
  let tooDeep = 0;
  while (at < packet.length && texts.length < maxTexts) {
    const start = packet.indexOf("<", at);
    if (start < 0) break;
    text += unescapeXml(packet.slice(at, start));
    if (packet.startsWith("<!--", start)) {
      at = endAfter(packet, "-->", start);
      continue;
    }
    if (packet.startsWith("<![CDATA[", start)) {
      at = endAfter(packet, "]]>", start);
      text += packet.slice(start + 9, at - 3);
      continue;
    }
    const end = tagEnd(packet, start);
    const tag = packet.slice(start + 1, end);
    at = end + 1;
    if (open.length > 0) add(path(), text);
    text = "";
    if (tag.startsWith("/")) {
      if (tooDeep > 0) tooDeep--;
      else open.pop();
    } else if (open.length >= maxDepth) {
      if (!/^[?!]|\/$/.test(tag)) tooDeep++;
    } else if (!/^[?!]/.test(tag)) {
      const attributes = attributesOf(tag);
      const name = nameOf(/^[^\s/>]+/.exec(tag)?.[0] ?? "");
      open.push({ name, language: attributes.find(([key]) => key === "xml:lang")?.[1] ?? null });
      for (const [key, value] of attributes) {
        if (key === "rdf:value") add(path(), value);
        else if (!/^(xmlns|xml|rdf|x)(:|$)/.test(key)) add([...path(), nameOf(key) ?? key], value);
      }
      if (tag.endsWith("/")) open.pop();
    }
  }
  return texts;
}

/** The text of a property in one language: Indonesian, else the default one, else the first. Empty when there is none. */
export function inOneLanguage(texts: readonly XmpText[], name: string): string {
  const all = texts.filter(({ path }) => path.length === 1 && path[0] === name);
  const chosen =
    // "in" is what Java and old Android write for Indonesian.
    all.find((one) => /^(id|in|ind)(-|$)/i.test(one.language ?? "")) ??
    all.find((one) => one.language?.toLowerCase() === "x-default") ??
    all[0];
  return chosen?.text ?? "";
}

function nameOf(qualified: string): string | null {
  const [prefix = "", local] = qualified.split(":");
  if (prefix === "rdf" || prefix === "x") return null;
  return local ?? prefix;
}

/** The offset of the ">" that ends a tag: one within quotes does not. */
function tagEnd(packet: string, start: number): number {
  let quote = "";
  for (let at = start + 1; at < packet.length; at++) {
    const character = packet[at]!;
    if (quote) {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at;
  }
  return packet.length;
}

function attributesOf(tag: string): [name: string, value: string][] {
  const attributes: [string, string][] = [];
  for (const [, name, double, single] of tag.matchAll(
    /(?<![\w.:-])([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    if (attributes.length >= maxTexts) break;
    attributes.push([name!, unescapeXml(double ?? single ?? "")]);
  }
  return attributes;
}

function endAfter(packet: string, mark: string, from: number): number {
  const at = packet.indexOf(mark, from);
  return at < 0 ? packet.length : at + mark.length;
}

function evenly(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - (bytes.length % 2));
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name) return entities[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
