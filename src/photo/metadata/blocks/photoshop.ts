import { decoded } from "./tiff.js";

/** What the resources of Photoshop (Adobe Photoshop File Formats, "Image Resources") say in words. */
export interface PhotoshopWords {
  texts: string[];
  /** Whether no other resource can hold words that this program does not read. */
  isWhole: boolean;
}

/** Resources of words: an address, a caption, names of channels, a workflow's address, a path of automatic saving. */
const [channels, caption, address, unicodeChannels, workflow, savedAs] = [
  0x03ee, 0x03f0, 0x040b, 0x0415, 0x041b, 0x043e,
];
/** Paths of a drawing. */
const [firstPath, lastPath] = [2000, 2998];
const pascal: readonly number[] = [channels, caption];
const unicode: readonly number[] = [unicodeChannels, savedAs];
const plain: readonly number[] = [address, workflow];
/** Resources of settings and numbers, or that other readers here find by their own marks: IIM, EXIF, XMP, small pictures. */
const settings: readonly (readonly [from: number, to: number])[] = [
  [1000, 1099],
  [2000, 3000],
  [7000, 7004],
  [8000, 8000],
  [10_000, 10_000],
];
/** Names that Photoshop gives to channels. */
const ownNames = /^(transparency|transparansi|alpha|layer mask|quick mask|spot colou?r|work path)[\s\d]*$/i;

/** Reads the words in the resources of a JPEG, without the name before the first. */
export function photoshopWords(resources: Buffer): PhotoshopWords {
  const words: PhotoshopWords = { texts: [], isWhole: true };
  const add = (text: string) => {
    const bare = text.replace(/\p{Cc}+/gu, " ").trim();
    if (bare && !ownNames.test(bare)) words.texts.push(bare);
  };
  let at = 0;
  while (at + 12 <= resources.length) {
    if (resources.toString("latin1", at, at + 4) !== "8BIM") break;
    const id = resources.readUInt16BE(at + 4);
    const nameLength = resources[at + 6]!;
    const start = at + 7 + nameLength + ((nameLength + 1) % 2);
    if (start + 4 > resources.length) break;
    const size = resources.readUInt32BE(start);
    const data = resources.subarray(start + 4, start + 4 + size);
    // A path of the drawing is called what somebody called it; older versions name every resource themselves.
    if (id >= firstPath && id <= lastPath) add(decoded(resources.subarray(at + 7, at + 7 + nameLength)));
    if (pascal.includes(id)) for (const text of pascalTexts(data)) add(text);
    else if (unicode.includes(id))
      add(
        Buffer.from(data.subarray(0, data.length & ~1))
          .swap16()
          .toString("utf16le"),
      );
    else if (plain.includes(id)) add(decoded(data));
    else if (!settings.some(([from, to]) => id >= from && id <= to)) words.isWhole = false;
    at = start + 4 + size + (size % 2);
  }
  if (resources.subarray(at).some((byte) => byte !== 0)) words.isWhole = false;
  return words;
}

/** Texts, each with its length in one byte before it. */
function* pascalTexts(data: Buffer): Generator<string> {
  for (let at = 0; at < data.length; at += 1 + data[at]!)
    yield decoded(data.subarray(at + 1, at + 1 + data[at]!));
}
