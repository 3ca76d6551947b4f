import type { State } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";

/** Counts submissions per state. States without submissions are missing from the map. */
export async function countByState(store: Store, states: readonly State[]): Promise<Map<State, number>> {
  const rows = await store
    .selectFrom("submissions")
    .select(["state", (count) => count.fn.countAll().as("count")])
    .where("state", "in", states)
    .groupBy("state")
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** Time of arrival of the submission that has waited longest for an editor; undefined when none waits. */
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

/** Counts unfinished uploads. Those older than a day are removed, so that only the last day's count. */
export async function countUnfinishedUploads(store: Store): Promise<number> {
  const { count } = await store
    .selectFrom("uploads")
    .select((rows) => rows.fn.countAll().as("count"))
    .where("finished_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
