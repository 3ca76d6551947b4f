import { createHash } from "node:crypto";
import type { RenderedPhoto } from "../../contract/contract.js";

/** Changes when `renderChannelPhoto` makes visibly other pixels of the same photo. */
const form = 1;

/**
 * Names a picture by what it is made of: the photo, the part, the size and the words in it. So it is found at a site, also where another
 * version of the encoder has made it, before it is downloaded and made.
 */
export function pictureName(photo: Omit<RenderedPhoto, "lead">): string {
  const { sha256, crop, width, height, caption, alt, credit } = photo;
  const part = crop && [crop.left, crop.top, crop.width, crop.height];
  const made = JSON.stringify([form, sha256, part, width, height, caption, alt, credit]);
  return createHash("sha256").update(made).digest("hex").slice(0, 16);
}
