import type { SelectQueryBuilder } from "kysely";
import type { Schema } from "../schema.js";

/** A query for submission ids that an index answers, newest first. */
type IdQuery = SelectQueryBuilder<Schema, "submissions", { id: string }>;

/** Maximum number of submissions that a search reads per range and request. The next request continues from there. */
export const searchLimit = 1000;

/**
 * The id at which an unindexed search stops: it reads each range from the newest submission down to this id. Undefined when
 * every range has fewer than `searchLimit` submissions, so that the search is complete.
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
