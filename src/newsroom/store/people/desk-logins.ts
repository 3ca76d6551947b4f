import type { Selectable } from "kysely";
import { sha256 } from "../../../files/hash.js";
import type { Store } from "../database/open.js";
import type { DeskFailureRow, DeskLinkRow, DeskLoginRow } from "../schema.js";

/** The stored hash of a one-time link's secret. */
export const linkHash = (secret: string): string => sha256(`link:${secret}`);

/** The stored hash of a login name that was tried, known or not. */
const failureHash = (loginName: string): string => sha256(`login:${loginName}`);

/** Replaces a person's password and authenticator. */
export async function putLogin(store: Store, row: DeskLoginRow): Promise<void> {
  await store.deleteFrom("desk_logins").where("user_id", "=", row.user_id).execute();
  await store.insertInto("desk_logins").values(row).execute();
}

/** @param loginName in lower case */
export async function findLogin(
  store: Store,
  loginName: string,
): Promise<Selectable<DeskLoginRow> | undefined> {
  return store.selectFrom("desk_logins").selectAll().where("login_name", "=", loginName).executeTakeFirst();
}

export async function loginOf(store: Store, userId: string): Promise<Selectable<DeskLoginRow> | undefined> {
  return store.selectFrom("desk_logins").selectAll().where("user_id", "=", userId).executeTakeFirst();
}

/** Records the time step of a code. False when this code, or a later one, was used already. */
export async function spendTotpStep(store: Store, userId: string, step: number): Promise<boolean> {
  const spent = await store
    .updateTable("desk_logins")
    .set({ totp_step: step })
    .where("user_id", "=", userId)
    .where("totp_step", "<", step)
    .executeTakeFirst();
  return spent.numUpdatedRows > 0n;
}

/** Reads the tries of a login name since its last success. Names are stored as hashes. */
export async function failuresOf(
  store: Store,
  loginName: string,
): Promise<Selectable<DeskFailureRow> | undefined> {
  return store
    .selectFrom("desk_failures")
    .selectAll()
    .where("login_hash", "=", failureHash(loginName))
    .executeTakeFirst();
}

/** Counts a try as failed before it is evaluated, and marks that one is on its way. In a writing transaction. */
export async function beginTry(
  transaction: Store,
  loginName: string,
  tried: { failures: number; at: Date; until: Date },
): Promise<void> {
  const counted = {
    failures: tried.failures,
    last_at: tried.at.toISOString(),
    trying_until: tried.until.toISOString(),
  };
  await transaction
    .insertInto("desk_failures")
    .values({ login_hash: failureHash(loginName), ...counted })
    .onConflict((on) => on.column("login_hash").doUpdateSet(counted))
    .execute();
}

/** Ends a try that failed: it stays counted, and the next may begin. */
export async function endTry(store: Store, loginName: string): Promise<void> {
  await store
    .updateTable("desk_failures")
    .set({ trying_until: null })
    .where("login_hash", "=", failureHash(loginName))
    .execute();
}

export async function forgetFailures(store: Store, loginName: string): Promise<void> {
  await store.deleteFrom("desk_failures").where("login_hash", "=", failureHash(loginName)).execute();
}

/** Replaces a person's login link. */
export async function putLink(store: Store, row: DeskLinkRow): Promise<void> {
  await store.deleteFrom("desk_links").where("user_id", "=", row.user_id).execute();
  await store.insertInto("desk_links").values(row).execute();
}

export async function findLink(store: Store, hash: string): Promise<Selectable<DeskLinkRow> | undefined> {
  return store.selectFrom("desk_links").selectAll().where("hash", "=", hash).executeTakeFirst();
}

/** @param usedBy hash of the browser's cookie, by which a second press in the same browser is recognised */
export async function markLinkUsed(store: Store, hash: string, usedBy: string, now: Date): Promise<void> {
  await store
    .updateTable("desk_links")
    .set({ used_at: now.toISOString(), used_by: usedBy })
    .where("hash", "=", hash)
    .execute();
}

/** Deletes a person's password and authenticator. */
export async function deleteLoginOf(store: Store, userId: string): Promise<void> {
  await store.deleteFrom("desk_logins").where("user_id", "=", userId).execute();
}

export async function deleteLinksOf(store: Store, userId: string): Promise<void> {
  await store.deleteFrom("desk_links").where("user_id", "=", userId).execute();
}
