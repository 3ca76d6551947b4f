import path from "node:path";
import { inOneLanguage, xmpPackets, xmpTexts } from "./blocks/xmp.js";
import { isCameraWord, isTypedByPerson } from "./camera-words.js";
import { groupsOf, textOf } from "./fields.js";
import { isMisread } from "./mended-text.js";
import { metadataBytes } from "./metadata-bytes.js";

/** Captions embedded in a photo file. Untrusted text. */
interface EmbeddedCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** Characters that the newsroom accepts. */
const maxLengths = { caption: 2000, alt: 1000, credit: 255 };

/**
 * Reads caption, alternative text and credit line that a person wrote into a photo (IPTC Photo Metadata Standard, in
 * XMP; IIM; Windows Explorer's comment and title; EXIF), each in one language. A file that cannot be read gives none.
 * The camera's owner is not used as the credit.
 *
 * @param onUnread called when an IIM text is left out, because its character set is not known (`isMisread`)
 */
export async function embeddedCaptions(file: string, onUnread?: () => void): Promise<EmbeddedCaptions> {
  const content = await metadataBytes(file);
  if (!content) return {};
  const { exif = {}, iptc = {} } = await groupsOf(content);
  const xmp = xmpPackets(content).packets.flatMap(xmpTexts);
  const name = path.basename(file);
  const captions: EmbeddedCaptions = {};
  const readIptc = (tag: unknown) => {
    if (!isMisread(textOf(tag, maxLengths.caption))) return tag;
    onUnread?.();
    return undefined;
  };
  const add = (
    key: keyof EmbeddedCaptions,
    tags: unknown[],
    isBelieved = (text: string) => !isCameraWord(text, name),
  ) => {
    const found = tags
      .map((tag) => textOf(tag, maxLengths[key]))
      .find((text) => text !== "" && isBelieved(text));
    if (found && captions[key] === undefined) captions[key] = found;
  };
  const typed = [
    inOneLanguage(xmp, "description"),
    readIptc(iptc["Caption/Abstract"]),
    exif.XPComment,
    exif.XPTitle,
  ];
  add("caption", typed);
  add("caption", [exif.ImageDescription], (text) => isTypedByPerson(text, name));
  add("alt", [inOneLanguage(xmp, "AltTextAccessibility")]);
  add("credit", [inOneLanguage(xmp, "Credit"), readIptc(iptc.Credit)]);
  return captions;
}
