import { failed } from "../../../errors/errors.js";
import type { Store } from "../database/open.js";
import type { HandoverRow } from "../schema.js";

/** Finds the reason why this database must not be served, if any. */
export async function findHandover(store: Store): Promise<HandoverRow | undefined> {
  return store.selectFrom("handovers").selectAll().executeTakeFirst();
}

/** @param other the source of an `unfinished` copy, or the new place of a `moved` newsroom, without secrets */
export async function startHandover(store: Store, state: HandoverRow["state"], other: string): Promise<void> {
  await store
    .insertInto("handovers")
    .values({ id: 1, state, other })
    .onConflict((on) => on.column("id").doUpdateSet({ state, other }))
    .execute();
}

export async function finishHandover(store: Store): Promise<void> {
  await store.deleteFrom("handovers").execute();
}

/** Throws `newsroom-unfinished` for an incomplete copy, `newsroom-moved` when the newsroom was moved elsewhere. */
export async function requireServable(store: Store, path: string): Promise<void> {
  const handover = await findHandover(store);
  if (!handover) return;
  if (handover.state === "moved") throw failed("newsroom-moved", { path, to: handover.other });
  throw failed("newsroom-unfinished", { path, from: handover.other });
}
