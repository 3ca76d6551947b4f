import type { LookupKeys } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import type { Session } from "../publishing.js";
import type { Post } from "./posts.js";
import { removePhotos } from "./remove-photos.js";
import { picturesIn, storedFor } from "./stored-photos.js";

/** What an intent may name of them: more than a post has. */
const most = 40;

/**
 * The photos that kominfo has stored for the live post and that its correction does not show any more, as an intent names them:
 * "12 https://…". Reads only. Throws as `siteProblem`.
 *
 * @param kept ids of the photos that the corrected post shows
 */
export async function droppedPhotos(
  session: Session,
  live: Post,
  kept: ReadonlySet<number>,
): Promise<string[]> {
  if (picturesIn(live).every((id) => id === 0 || kept.has(id))) return [];
  const stored = await storedFor(session, live, []);
  return stored
    .flatMap(({ id, addresses: [full = ""] }) => (id === null || kept.has(id) ? [] : [`${id} ${full}`]))
    .slice(0, most);
}

/**
 * Removes from the media library what a correction has dropped: its address would open for ever. What another post shows, a draft too,
 * stays. Returns the addresses that still open. Throws as `siteProblem`.
 */
export async function removeDropped(session: Session, { dropped = [] }: LookupKeys): Promise<string[]> {
  const named = [dropped].flat();
  if (named.length === 0) return [];
  try {
    const photos = await storedFor(session, "deleted", [{ media: named }]);
    await removePhotos(session, photos, undefined, { keepsDrafts: true });
    return [];
  } catch (error) {
    if (!(error instanceof KominfoError) || error.code !== "web-photos-visible") throw error;
    return (error as KominfoError<"web-photos-visible">).params.links.slice();
  }
}
