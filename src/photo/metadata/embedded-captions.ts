import { groupsOf, textOf } from "./fields.js";
import { metadataBytes } from "./metadata-bytes.js";

/** What a photo says of its own picture. Foreign text. */
export interface EmbeddedCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

/** What cameras and programs write where a caption would stand (ImageDescription, EXIF 2.32, tag 0x010E). */
const noCaption =
  /^(olympus digital camera|samsung( camera pictures)?|sony dsc|dcim|default|untitled|image|.*\.jpe?g)$/i;
/** Characters, as the newsroom takes them. */
const maxLengths = { caption: 2000, alt: 1000, credit: 255 };

/**
 * Caption, alternative text and credit line that somebody wrote into a photo (IPTC Photo Metadata Standard, in XMP;
 * IIM; EXIF); none for a file that cannot be read. Who owns the camera is no credit.
 */
export async function embeddedCaptions(file: string): Promise<EmbeddedCaptions> {
  const content = await metadataBytes(file);
  if (!content) return {};
  const { exif = {}, xmp = {}, iptc = {} } = await groupsOf(content);
  const told: EmbeddedCaptions = {};
  const add = (key: keyof EmbeddedCaptions, ...tags: unknown[]) => {
    const texts = tags.map((tag) => textOf(tag, maxLengths[key]));
    const said = texts.find((text) => text !== "" && !noCaption.test(text));
    if (said) told[key] = said;
  };
  add("caption", xmp.description, iptc["Caption/Abstract"], exif.ImageDescription);
  add("alt", xmp.AltTextAccessibility);
  add("credit", xmp.Credit, iptc.Credit);
  return told;
}
