import type { Selectable } from "kysely";
import type { Store } from "../database/open.js";
import type { IdempotencyRow } from "../schema.js";

/** The person, the route and the Idempotency-Key of a request. */
export type RequestIdentity = Pick<IdempotencyRow, "user_id" | "route" | "key">;

export async function findAnswer(
  store: Store,
  { user_id, route, key }: RequestIdentity,
): Promise<Selectable<IdempotencyRow> | undefined> {
  return store
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("user_id", "=", user_id)
    .where("route", "=", route)
    .where("key", "=", key)
    .executeTakeFirst();
}

export async function storeAnswer(store: Store, row: IdempotencyRow): Promise<void> {
  await store.insertInto("idempotency_keys").values(row).execute();
}

/**
 * Drops the bodies of old answers. The rest of the row stays, so that a retry still finds what it made: the answer is
 * made again from that.
 */
export async function dropOldBodies(store: Store, before: Date): Promise<void> {
  await store
    .updateTable("idempotency_keys")
    .set({ body: "" })
    .where("created_at", "<", before.toISOString())
    .where("body", "<>", "")
    .where("made", "is not", null)
    .execute();
}

/**
 * Drops the bodies of answers that describe what has this id, or were given by a route with it, also where what they made
 * is not known: a retry then gets `not-found`. A body of null, of the desk's forms, holds nothing. The bodies themselves
 * are not searched: there may be hundreds of megabytes of them.
 */
export async function dropBodiesOf(store: Store, id: string): Promise<void> {
  await store
    .updateTable("idempotency_keys")
    .set({ body: "" })
    .where("body", "<>", "")
    .where("body", "<>", "null")
    .where((where) => where.or([where("made", "=", id), where("route", "like", `%${id}%`)]))
    .execute();
}
