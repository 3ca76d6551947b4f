import type { PhotoText } from "../types.js";

/** EXIF 2.32 (ASCII) and Windows Explorer's own tags (UTF-16, little-endian, ending in a zero). */
const tags = {
  imageDescription: 0x010e,
  artist: 0x013b,
  copyright: 0x8298,
  xpTitle: 0x9c9b,
  xpComment: 0x9c9c,
  xpAuthor: 0x9c9d,
} as const;
const [byte, ascii] = [1, 2];
/** ASCII forms of characters that Unicode normalization does not decompose into ASCII. */
const plainForms: Readonly<Record<string, string>> = {
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‘": "'",
  "’": "'",
  "–": "-",
  "—": "-",
  "−": "-",
  "×": "x",
  "©": "(c)",
  ß: "ss",
  æ: "ae",
  ø: "o",
  đ: "d",
};

/**
 * Builds the TIFF block of an Exif segment that holds `text`, for programs that do not read XMP. Returns undefined for an
 * empty text.
 */
export function exifBlock(text: PhotoText): Buffer | undefined {
  const entries: [tag: number, type: number, content: Buffer][] = [];
  const add = (tag: number, type: number, value: string | undefined, content: (value: string) => Buffer) => {
    if (value) entries.push([tag, type, content(value)]);
  };
  add(tags.imageDescription, ascii, text.caption, asciiOf);
  add(tags.artist, ascii, text.credit, asciiOf);
  add(tags.copyright, ascii, text.copyright, asciiOf);
  add(tags.xpTitle, byte, text.caption, utf16Of);
  add(tags.xpComment, byte, text.alt, utf16Of);
  add(tags.xpAuthor, byte, text.credit, utf16Of);
  return entries.length === 0 ? undefined : directory(entries);
}

/** Converts text to ASCII: removes accents, straightens quotes and dashes, and drops characters without an ASCII form. */
export function plainText(value: string): string {
  return value
    .replace(/[^\x20-\x7e]/gu, (character) => plainForms[character] ?? character)
    .normalize("NFKD")
    .replace(/[^\x20-\x7e\s]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

function asciiOf(value: string): Buffer {
  return Buffer.from(`${plainText(value)}\0`, "latin1");
}

function utf16Of(value: string): Buffer {
  return Buffer.from(`${value.replaceAll("\0", "")}\0`, "utf16le");
}

/** Builds one image file directory (TIFF 6.0). Entries are in ascending order; values longer than 4 bytes follow it. */
function directory(entries: readonly [tag: number, type: number, content: Buffer][]): Buffer {
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write("II*\0", "latin1");
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  const contents: Buffer[] = [];
  let end = head.length;
  for (const [i, [tag, type, content]] of entries.entries()) {
    const at = 10 + i * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(content.length, at + 4);
    if (content.length <= 4) {
      content.copy(head, at + 8);
      continue;
    }
    head.writeUInt32LE(end, at + 8);
    // TIFF requires every value to begin at an even offset.
    const padded = content.length % 2 ? Buffer.concat([content, Buffer.alloc(1)]) : content;
    contents.push(padded);
    end += padded.length;
  }
  return Buffer.concat([head, ...contents]);
}
