import type { Store } from "../database/open.js";

/** State of a lock that another request holds. */
export interface HeldLock {
  holder: string;
  /** Incremented by the holder while it is alive. */
  beat: number;
}

/** Tries to take the lock. True on success; otherwise marks the lock as wanted and returns its state. */
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

/** Takes the lock from a holder whose beat has not changed since `previous`. */
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

/** Increments the holder's beat. Returns whether the lock is kept, wanted by another request, or lost. */
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

export async function isHeldBy(transaction: Store, id: string, holder: string): Promise<boolean> {
  const row = await transaction
    .selectFrom("upload_locks")
    .select("upload_id")
    .where("upload_id", "=", id)
    .where("holder", "=", holder)
    .executeTakeFirst();
  return row !== undefined;
}

export async function releaseLock(store: Store, id: string, holder: string): Promise<void> {
  await store.deleteFrom("upload_locks").where("upload_id", "=", id).where("holder", "=", holder).execute();
}
