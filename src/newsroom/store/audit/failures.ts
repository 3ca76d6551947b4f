import type { Selectable } from "kysely";
import type { Store } from "../database/open.js";
import type { AuditFailureRow } from "../schema.js";

export async function findFailures(
  store: Store,
  key: string,
): Promise<Selectable<AuditFailureRow> | undefined> {
  return store.selectFrom("audit_failures").selectAll().where("key", "=", key).executeTakeFirst();
}

export async function putFailures(store: Store, row: AuditFailureRow): Promise<void> {
  await store
    .insertInto("audit_failures")
    .values(row)
    .onConflict((on) => on.column("key").doUpdateSet({ since: row.since, skipped: row.skipped }))
    .execute();
}

/** Counts the kinds of failed logins that got an entry after `since`. */
export async function countFailureKinds(store: Store, since: Date): Promise<number> {
  const { kinds } = await store
    .selectFrom("audit_failures")
    .select((of) => of.fn.countAll().as("kinds"))
    .where("since", ">", since.toISOString())
    .executeTakeFirstOrThrow();
  return Number(kinds);
}

/** Deletes and returns the kinds whose last entry is older than `before`. */
export async function takeOldFailures(store: Store, before: Date): Promise<Selectable<AuditFailureRow>[]> {
  const at = before.toISOString();
  const rows = await store.selectFrom("audit_failures").selectAll().where("since", "<=", at).execute();
  await store.deleteFrom("audit_failures").where("since", "<=", at).execute();
  return rows;
}
