import type { RenderedPhoto } from "../../contract/contract.js";
import { forEachConcurrently, photosAtOnce } from "../../pool.js";
import type { Job, Session } from "../publishing.js";
import type { MediaItem } from "./article.js";
import { presentMedia, storePhoto } from "./media.js";
import { roleProblem, type SiteUser } from "./site.js";
import { findCategory, tagIds } from "./terms.js";

/** What a post refers to at its site. */
export interface PostParts {
  /** By the photo's hash. */
  media: ReadonlyMap<string, MediaItem>;
  /** Id of the lead photo; 0 for none. */
  featured: number;
  /** undefined leaves it to the site. */
  category: number | undefined;
  tags: readonly number[];
}

/**
 * Stores the photos, and finds category and tags by their names. Warns with `web-category-unknown`. Throws `web-role`
 * (exit 4) before anything is sent where the user's role does not suffice.
 */
export async function prepareParts(session: Session, user: SiteUser, job: Job): Promise<PostParts> {
  const { article, photos } = job.rendering;
  if (!user.can("edit_posts")) throw roleProblem(session, "edit_posts");
  if (photos.length > 0 && !user.can("upload_files")) throw roleProblem(session, "upload_files");
  const [media, category, tags] = await together([
    storePhotos(session, user, job),
    findCategory(session, article?.category ?? ""),
    tagIds(session, article?.tags ?? []),
  ]);
  if (category === undefined && article?.category) {
    job.onWarning?.({ code: "web-category-unknown", params: { category: article.category } });
  }
  const lead = photos.find((photo) => photo.lead);
  return { media, featured: (lead && media.get(lead.sha256)?.id) ?? 0, category, tags };
}

async function storePhotos(session: Session, user: SiteUser, job: Job): Promise<Map<string, MediaItem>> {
  const { article, photos } = job.rendering;
  const items = new Map<string, MediaItem>();
  const sent = new Set<string>();
  const store = (photo: RenderedPhoto) => {
    sent.add(photo.sha256);
    const file = `${article?.slug ?? "foto"}-${photos.indexOf(photo) + 1}`;
    return storePhoto(session, user, photo, () => job.photo(photo), file);
  };
  // `Session.inTurn` spares the site where several channels store some.
  await forEachConcurrently(photos, photosAtOnce, async (photo) => {
    items.set(photo.sha256, await job.once(`media ${photo.sha256}`, () => store(photo)));
    job.onProgress?.({ done: items.size, total: photos.length + 1 });
  });
  // What an earlier run has noted may have been removed at the site since.
  const noted = photos.filter(({ sha256 }) => !sent.has(sha256));
  const present = await presentMedia(
    session,
    noted.map(({ sha256 }) => items.get(sha256)!.id),
  );
  for (const photo of noted) {
    if (!present.has(items.get(photo.sha256)!.id)) items.set(photo.sha256, await store(photo));
  }
  return items;
}

/** Waits for all of them, so that nothing goes on after a failure; then throws the first one. */
export async function together<const T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
