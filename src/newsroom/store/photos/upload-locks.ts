import type { Store } from "../database/open.js";

/** How a lock looked when somebody asked for it. */
export interface HeldLock {
  holder: string;
  /** Counted up by its holder while it lives. */
  beat: number;
}

/** True when `holder` has the lock now; otherwise its present holder is told that somebody waits. */
export async function takeLock(
  store: Store,
  id: string,
  holder: string,
): Promise<true | HeldLock | undefined> {
  const taken = await store
    .insertInto("upload_locks")
    .values({ upload_id: id, holder, beat: 0, wanted: 0 })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return true;
  await store.updateTable("upload_locks").set({ wanted: 1 }).where("upload_id", "=", id).execute();
  return store
    .selectFrom("upload_locks")
    .select(["holder", "beat"])
    .where("upload_id", "=", id)
    .executeTakeFirst();
}

/** Takes the lock from a holder that has not moved since `seen`. */
export async function takeOverLock(
  store: Store,
  id: string,
  previous: HeldLock,
  holder: string,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable("upload_locks")
    .set({ holder, beat: 0, wanted: 0 })
    .where("upload_id", "=", id)
    .where("holder", "=", previous.holder)
    .where("beat", "=", previous.beat)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Shows that the holder lives. Says whether it may keep the lock undisturbed, is asked for it, or has lost it. */
export async function beatLock(
  store: Store,
  id: string,
  holder: string,
): Promise<"kept" | "wanted" | "lost"> {
  const row = await store
    .updateTable("upload_locks")
    .set((old) => ({ beat: old("beat", "+", 1) }))
    .where("upload_id", "=", id)
    .where("holder", "=", holder)
    .returning("wanted")
    .executeTakeFirst();
  return !row ? "lost" : row.wanted ? "wanted" : "kept";
}

export async function releaseLock(store: Store, id: string, holder: string): Promise<void> {
  await store.deleteFrom("upload_locks").where("upload_id", "=", id).where("holder", "=", holder).execute();
}
