import type { Store } from "../database/open.js";

/** The last entry about themselves that a person has confirmed; 0 if none. */
export async function confirmedSeq(store: Store, userId: string): Promise<number> {
  const row = await store
    .selectFrom("audit_read")
    .select("seq")
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** Records that a person has confirmed the entries up to `seq`. */
export async function confirmSeq(store: Store, userId: string, seq: number): Promise<void> {
  await store
    .insertInto("audit_read")
    .values({ user_id: userId, seq })
    .onConflict((on) => on.column("user_id").doUpdateSet({ seq }))
    .execute();
}
