import type { Store } from "../database/open.js";

/** Erases the names of entries older than `before`, with their salt. The chain stays verifiable. */
export async function eraseNames(store: Store, before: Date): Promise<void> {
  await store
    .updateTable("audit_details")
    .set({ actor_name: null, subject_name: null, names_salt: null })
    .where("names_salt", "is not", null)
    .where("seq", "in", olderThan(store, before))
    .execute();
}

/** Erases the addresses and browsers of entries older than `before`, with their salt. */
export async function eraseOrigins(store: Store, before: Date): Promise<void> {
  await store
    .updateTable("audit_details")
    .set({ address: null, browser: null, origin_salt: null })
    .where("origin_salt", "is not", null)
    .where("seq", "in", olderThan(store, before))
    .execute();
}

function olderThan(store: Store, before: Date) {
  return store.selectFrom("audit_entries").select("audit_entries.seq").where("at", "<", before.toISOString());
}
