import type { z } from "zod";
import type { OutPublication, pageQuery, Redaction } from "../../../contract/contract.js";
import { limits } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { isKnownPhoto } from "../../store/photos/photos.js";
import { photosMadeOf } from "../../store/submissions/originals.js";
import { countStillOut, findStillOut } from "../../store/submissions/still-out.js";
import { type Caller, scopeOf } from "../caller.js";
import { type Page, pageOf, sliceOf } from "../page.js";
import { problem } from "../problem.js";

/**
 * Lists where a photo is still out, in every submission that the caller sees, oldest first. The photo may be redacted: then it is gone
 * from the newsroom, and not from the channels. The hash may also be that of an original, as it came from a camera: then it is about what
 * was made of it. Throws `not-found` for a photo that the caller may not know of.
 */
export async function stillOutOfPhoto(
  store: Store,
  caller: Caller,
  sha256: string,
  query: z.output<typeof pageQuery>,
  now: Date,
): Promise<Page<OutPublication>> {
  const scope = scopeOf(caller);
  const isStored = await isKnownPhoto(store, sha256, scope);
  // What is stored may itself have been the original of another one.
  const hashes = [...(isStored ? [sha256] : []), ...(await photosMadeOf(store, sha256, scope))];
  if (hashes.length === 0) throw problem("not-found");
  const found = await findStillOut(store, { hashes }, scope, sliceOf(query), now);
  return pageOf(found, query.limit, ({ id }) => id);
}

/** What a redaction took away, as far as channels can show it. */
type Taken = Pick<Redaction, "submission" | "revision" | "sha256">;

/**
 * Lists where what redactions of a submission and of its photos took away is still out, in what the caller sees, the first of them. Nothing
 * for comments and reasons, which never were.
 */
export async function stillOutOf(
  store: Store,
  caller: Caller,
  redactions: readonly Taken[],
  now: Date,
): Promise<OutPublication[]> {
  const hashes = redactions.flatMap(({ sha256 }) => sha256 ?? []);
  const ofRevisions = redactions.filter(({ revision }) => revision !== null);
  const id = ofRevisions[0]?.submission ?? null;
  if (hashes.length === 0 && id === null) return [];
  const revisions = ofRevisions.flatMap(({ submission, revision }) =>
    submission === id ? (revision ?? []) : [],
  );
  const target = { hashes, ...(id !== null && { submission: { id, revisions } }) };
  return findStillOut(store, target, scopeOf(caller), first, now);
}

/** Lists what is still out of a submission that the caller sees. */
export async function stillOutOfSubmission(
  store: Store,
  caller: Caller,
  id: string,
  now: Date,
): Promise<OutPublication[]> {
  return findStillOut(store, { submission: { id } }, scopeOf(caller), first, now);
}

/** Counts for each of these photos, which the caller sees, where it is still out. */
export function countStillOutOf(
  store: Store,
  caller: Caller,
  hashes: readonly string[],
): Promise<Map<string, number>> {
  return countStillOut(store, hashes, scopeOf(caller));
}

const first = { after: undefined, limit: limits.page_items };
