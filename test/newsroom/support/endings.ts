import { folderOwner } from "../../../src/newsroom/services/caller.js";
import { changeAccess } from "../../../src/newsroom/services/people/accounts.js";
import type { Store } from "../../../src/newsroom/store/database/open.js";
import { triesAll } from "./attacks.js";

/** Every way in which a person's permission ends, as it stands in the database afterwards. */
export const endings: Record<string, (store: Store, userId: string, now: Date) => Promise<unknown>> = {
  "is revoked": (store, userId, now) => changeAccess(store, folderOwner, userId, "revoke", now),
  "is suspended": (store, userId, now) => changeAccess(store, folderOwner, userId, "suspend", now),
  "is at the end of their membership": (store, userId, now) =>
    store
      .updateTable("memberships")
      .set({ until_at: now.toISOString() })
      .where("user_id", "=", userId)
      .execute(),
  "has a login that expires": async (store, userId, now) => {
    const at = now.toISOString();
    await store.updateTable("tokens").set({ expires_at: at }).where("user_id", "=", userId).execute();
    const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString();
    await store
      .updateTable("desk_sessions")
      .set({ created_at: dayBefore })
      .where("user_id", "=", userId)
      .execute();
  },
};

/**
 * The endings that a suite tries on its n-th route: one of them in turn, so that all are tried; with `triesAll` each on
 * every route.
 */
export function endingsFor(n: number): string[] {
  const names = Object.keys(endings);
  return triesAll ? names : [names[n % names.length]!];
}
