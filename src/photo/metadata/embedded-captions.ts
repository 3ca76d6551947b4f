import { groupsOf, textOf } from "./fields.js";
import { metadataBytes } from "./metadata-bytes.js";

/** Captions embedded in a photo file. Untrusted text. */
interface EmbeddedCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** Placeholders that cameras and programs write instead of a caption (ImageDescription, EXIF 2.32, tag 0x010E). */
const placeholder =
  /^(olympus digital camera|samsung( camera pictures)?|sony dsc|dcim|default|untitled|image|.*\.jpe?g)$/i;
/** Characters that the newsroom accepts. */
const maxLengths = { caption: 2000, alt: 1000, credit: 255 };

/**
 * Reads caption, alternative text and credit line that a person wrote into a photo (IPTC Photo Metadata Standard, in
 * XMP; IIM; EXIF). A file that cannot be read gives none. The camera's owner is not used as the credit.
 */
export async function embeddedCaptions(file: string): Promise<EmbeddedCaptions> {
  const content = await metadataBytes(file);
  if (!content) return {};
  const { exif = {}, xmp = {}, iptc = {} } = await groupsOf(content);
  const captions: EmbeddedCaptions = {};
  const add = (key: keyof EmbeddedCaptions, ...tags: unknown[]) => {
    const texts = tags.map((tag) => textOf(tag, maxLengths[key]));
    const found = texts.find((text) => text !== "" && !placeholder.test(text));
    if (found) captions[key] = found;
  };
  add("caption", xmp.description, iptc["Caption/Abstract"], exif.ImageDescription);
  add("alt", xmp.AltTextAccessibility);
  add("credit", xmp.Credit, iptc.Credit);
  return captions;
}
