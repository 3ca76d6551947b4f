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

/** Lists where what a redaction took away is still out, the first of them. Nothing for a comment and a reason, which never were. */
export async function stillOutOf(
  store: Store,
  redaction: Pick<Redaction, "submission" | "revision" | "sha256">,
  now: Date,
): Promise<OutPublication[]> {
  const target = targetOf(redaction);
  if (!target) return [];
  return findStillOut(store, target, { all: true }, { after: undefined, limit: limits.page_items }, now);
}

function targetOf({
  submission,
  revision,
  sha256,
}: Pick<Redaction, "submission" | "revision" | "sha256">): ShownTarget | undefined {
  if (sha256 !== null) return { sha256 };
  return submission !== null && revision !== null ? { submission, revision } : undefined;
}
