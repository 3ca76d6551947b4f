import type { AuditEntry } from "../contract/contract.js";
import { keptSince } from "./services/audit.js";
import { readSettings } from "./services/settings.js";
import { type ChainProof, verifyChain } from "./store/audit/chain.js";
import { listEntries } from "./store/audit/entries.js";
import { openStore, type Store, type StoreLocation } from "./store/database/open.js";

/*
 * The audit log for the owner of the data folder, directly in the newsroom's database; a service may run on it at the same
 * time. All functions throw the errors of `openStore`.
 */

/** Lists the entries since an instant, newest first. */
export async function listAudit(place: StoreLocation, since: Date, now: Date): Promise<AuditEntry[]> {
  return withStore(place, now, (store) =>
    listEntries(store, { since: since.toISOString() }, { after: undefined, limit: Number.MAX_SAFE_INTEGER }),
  );
}

/** Checks that the log is as it was written, but for what the settings of today let be erased. */
export async function verifyAudit(place: StoreLocation, now: Date): Promise<ChainProof> {
  return withStore(place, now, async (store) =>
    verifyChain(store, keptSince((await readSettings(store)).audit, now)),
  );
}

async function withStore<T>(place: StoreLocation, now: Date, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place, now, false);
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}
