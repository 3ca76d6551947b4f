import type { Content } from "../contract/contract.js";
import { sha256 } from "../files/hash.js";
import type { Manuscript } from "../post/merge/merge.js";
import type { PostState } from "../workspace/state.js";

/** A mark of what a manuscript says: another order of keys, a comment or a blank at the end of the body changes nothing. */
export function manuscriptMark({ post, body }: Manuscript): string {
  // The first photo leads also where nobody says so.
  const photos = post.photos.map((photo, i) => ({ ...photo, lead: photo.lead && i > 0 }));
  return sha256(JSON.stringify([sorted({ ...post, photos }), body.trim()])).slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A mark of everything that is sent: the manuscript, the bytes of its photos, the hashtags. */
export function contentMark(content: Content): string {
  return sha256(JSON.stringify(sorted(content))).slice(0, 16);
}

/** The revision since which a manuscript has changed here; undefined where it has not, or where nobody knows. */
export function changedSince({ sent, submission }: PostState, manuscript: Manuscript): number | undefined {
  if (!sent || sent.revision !== submission?.revision) return undefined;
  return manuscriptMark(manuscript) === sent.mark ? undefined : sent.revision;
}
