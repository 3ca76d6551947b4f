import type { Content, PhotoReference } from "../newsroom/contract.js";
import type { Post, PostPhoto } from "../post/types.js";

/** The rendition that stands for a photo at the newsroom. */
export interface RenderedPhoto {
  /** Of the rendition, and of the original. */
  sha256: string;
  source_sha256: string;
}

/**
 * A post as the newsroom receives it. The post has passed `checkPost(…, "submit")`.
 *
 * @param rendered by `file` of the photo
 */
export function contentOf(
  slug: string,
  post: Post,
  body: string,
  rendered: ReadonlyMap<string, RenderedPhoto>,
): Content {
  const { photos, ...rest } = post;
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(fields as Omit<Post, "photos">),
    slug,
    photos: photos.map((photo, i) => reference(photo, rendered.get(photo.file)!, leads(photos, i))),
    body,
  };
}

function reference(photo: PostPhoto, rendered: RenderedPhoto, lead: boolean): PhotoReference {
  const { file, caption = "", alt = "", credit = "", source, children } = photo;
  const { sha256, source_sha256 } = rendered;
  const filename = file.split("/").at(-1) ?? file;
  return { sha256, source_sha256, filename, caption, alt, credit, source, children, lead };
}

/** The first photo leads where no other was chosen. */
function leads(photos: readonly PostPhoto[], i: number): boolean {
  return photos.some((photo) => photo.lead) ? photos[i]!.lead : i === 0;
}
