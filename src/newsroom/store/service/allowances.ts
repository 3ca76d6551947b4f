import type { Store } from "../database/open.js";

const hourMs = 60 * 60 * 1000;

/** Adds to what an owner has used; kept by the hour, so that the rows of an owner are few. */
export async function addUse(
  transaction: Store,
  use: { owner: string; name: string; amount: number },
  now: Date,
): Promise<void> {
  const at = new Date(Math.floor(now.getTime() / hourMs) * hourMs).toISOString();
  await transaction
    .insertInto("allowances")
    .values({ ...use, at })
    .onConflict((on) =>
      on
        .columns(["owner", "name", "at"])
        .doUpdateSet((row) => ({ amount: row("allowances.amount", "+", use.amount) })),
    )
    .execute();
}

/** The sum of what an owner has used since. */
export async function usedSince(store: Store, owner: string, name: string, since: Date): Promise<number> {
  const row = await store
    .selectFrom("allowances")
    .select((of) => of.fn.sum<number | null>("amount").as("amount"))
    .where("owner", "=", owner)
    .where("name", "=", name)
    .where("at", ">", since.toISOString())
    .executeTakeFirst();
  return Number(row?.amount ?? 0);
}

export async function forgetUses(store: Store, before: Date): Promise<void> {
  await store.deleteFrom("allowances").where("at", "<", before.toISOString()).execute();
}
