import type { z } from "zod";
import type { OutPublication, pageQuery, Redaction } from "../../../contract/contract.js";
import { limits } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { isKnownPhoto } from "../../store/photos/photos.js";
import { findStillOut, type ShownTarget } from "../../store/submissions/still-out.js";
import { type Caller, scopeOf } from "../caller.js";
import { type Page, pageOf, sliceOf } from "../page.js";
import { problem } from "../problem.js";

/**
 * Lists where a photo is still out, in every submission that the caller sees, oldest first. The photo may be redacted: then it is gone
 * from the newsroom, and not from the channels. Throws `not-found` for a photo that the caller may not know of.
 */
export async function stillOutOfPhoto(
  store: Store,
  caller: Caller,
  sha256: string,
  query: z.output<typeof pageQuery>,
  now: Date,
): Promise<Page<OutPublication>> {
  const scope = scopeOf(caller);
  if (!(await isKnownPhoto(store, sha256, scope))) throw problem("not-found");
  const found = await findStillOut(store, { sha256 }, scope, sliceOf(query), now);
  return pageOf(found, query.limit, ({ id }) => id);
}

/** What a redaction took away, as far as channels can show it. */
type Taken = Pick<Redaction, "submission" | "revision" | "sha256">;

/**
 * Lists where what a redaction took away is still out, in what the caller sees, the first of them. Nothing for a comment and a
 * reason, which never were.
 */
export async function stillOutOf(
  store: Store,
  caller: Caller,
  redaction: Taken,
  now: Date,
): Promise<OutPublication[]> {
  const target = targetOf(redaction);
  return target ? findStillOut(store, target, scopeOf(caller), first, now) : [];
}

/** Lists what is still out of a submission that the caller sees. */
export async function stillOutOfSubmission(
  store: Store,
  caller: Caller,
  submission: string,
  now: Date,
): Promise<OutPublication[]> {
  return findStillOut(store, { submission }, scopeOf(caller), first, now);
}

const first = { after: undefined, limit: limits.page_items };

function targetOf({ submission, revision, sha256 }: Taken): ShownTarget | undefined {
  if (sha256 !== null) return { sha256 };
  return submission !== null && revision !== null ? { submission, revision } : undefined;
}
