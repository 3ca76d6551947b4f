import type { SelectQueryBuilder } from "kysely";
import type { Schema } from "../schema.js";

/** Submissions that an index can list by id, the newest first. */
type IdQuery = SelectQueryBuilder<Schema, "submissions", { id: string }>;

/** How many submissions of a range a search reads at most; it goes on from there when asked to. */
export const searchLimit = 1000;

/**
 * Where a search for what no index answers stops: the id up to which it reads each range, from the newest on.
 * Undefined when no range has as many as `searched`: then nothing is left out.
 */
export async function endOfSearch(ranges: readonly IdQuery[]): Promise<string | undefined> {
  const ends: string[] = [];
  for (const range of ranges) {
    const last = await range
      .orderBy("id", "desc")
      .offset(searchLimit - 1)
      .limit(1)
      .executeTakeFirst();
    if (last) ends.push(last.id);
  }
  return ends.sort().at(-1);
}
