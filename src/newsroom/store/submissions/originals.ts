import { setImmediate as nextTurn } from "node:timers/promises";
import type { Content } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import { inScope, type Scope } from "../scope.js";

/** Submissions that are looked through at a time: SQLite answers without a turn of the event loop. */
const batch = 200;
/**
 * Photos of one original that are found at most. A client makes a handful; a script may claim the same original for any number, and one
 * question takes a limited number of values.
 */
const most = 500;

/**
 * Finds the photos of revisions within a scope that were made of an original, the oldest submissions' first: only the revisions know its
 * hash, and no index does. A redaction removes it.
 *
 * @param original SHA-256 in hexadecimal, lower case
 * @param limit it stops there: what was sent later does not hide what was sent before
 */
export async function photosMadeOf(
  store: Store,
  original: string,
  scope: Scope,
  limit = most,
): Promise<string[]> {
  // As JSON.stringify writes it. No text of a post can hold it, since its quotes are escaped there.
  const pattern = `%"source_sha256":"${original}"%`;
  const found = new Set<string>();
  for (let after = ""; ; ) {
    const ids = await store
      .selectFrom("submissions")
      .select("submissions.id")
      .where("submissions.id", ">", after)
      .where((where) => inScope(where, scope))
      .orderBy("submissions.id")
      .limit(batch)
      .execute();
    const last = ids.at(-1)?.id;
    if (last === undefined) return [...found];
    const rows = await store
      .selectFrom("revisions")
      .select("content")
      .where(
        "submission_id",
        "in",
        ids.map(({ id }) => id),
      )
      .where("content", "like", pattern)
      .orderBy("submission_id")
      .orderBy("number")
      .execute();
    for (const { content } of rows) {
      const { photos } = JSON.parse(content) as Content;
      for (const { sha256, source_sha256 } of photos) if (source_sha256 === original) found.add(sha256);
    }
    if (ids.length < batch || found.size >= limit) return [...found].slice(0, limit);
    after = last;
    await nextTurn();
  }
}
