import type { State } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";

/** How many submissions are in each of these states; one that has none is missing. */
export async function countByState(store: Store, states: readonly State[]): Promise<Map<State, number>> {
  const rows = await store
    .selectFrom("submissions")
    .select(["state", (count) => count.fn.countAll().as("count")])
    .where("state", "in", states)
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** When the submission that has waited longest for an editor was received; undefined when none waits. */
export async function oldestWaiting(store: Store): Promise<string | undefined> {
  const row = await store
    .selectFrom("submissions")
    .select("received_at")
    .where("state", "=", "submitted")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.received_at;
}

/** Uploads that were begun and are not whole; those of the last day, as older ones are removed. */
export async function countUnfinishedUploads(store: Store): Promise<number> {
  const { count } = await store
    .selectFrom("uploads")
    .select((rows) => rows.fn.countAll().as("count"))
    .where("finished_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
