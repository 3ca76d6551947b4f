import type { Selectable } from "kysely";
import { sha256 } from "../../../files/hash.js";
import type { Store } from "../database/open.js";
import type { DeskSessionRow, UserRow } from "../schema.js";

const touchEveryMs = 60 * 1000;

/** What is stored instead of a session's cookie. Random bits need no slow hash. */
export const sessionHash = (cookie: string): string => sha256(`session:${cookie}`);

export async function insertSession(store: Store, row: DeskSessionRow): Promise<void> {
  await store.insertInto("desk_sessions").values(row).execute();
}

/** The session with its owner, whatever has become of them and however old it is. */
export async function findSession(
  store: Store,
  hash: string,
): Promise<(Selectable<DeskSessionRow> & Pick<UserRow, "name" | "suspended_at" | "revoked_at">) | undefined> {
  return store
    .selectFrom("desk_sessions")
    .innerJoin("users", "users.id", "desk_sessions.user_id")
    .selectAll("desk_sessions")
    .select(["users.name", "users.suspended_at", "users.revoked_at"])
    .where("desk_sessions.hash", "=", hash)
    .executeTakeFirst();
}

/** Notes that someone is at it, at most once a minute: reading must not cost a synced write each time. */
export async function touchSession(
  store: Store,
  session: Pick<DeskSessionRow, "hash" | "seen_at">,
  now: Date,
): Promise<void> {
  if (now.getTime() - Date.parse(session.seen_at) < touchEveryMs) return;
  await store
    .updateTable("desk_sessions")
    .set({ seen_at: now.toISOString() })
    .where("hash", "=", session.hash)
    .execute();
}

/** Someone's sessions that are not over, the newest first. */
export async function listSessions(
  store: Store,
  userId: string,
  seenAfter: Date,
): Promise<Selectable<DeskSessionRow>[]> {
  return store
    .selectFrom("desk_sessions")
    .selectAll()
    .where("user_id", "=", userId)
    .where("seen_at", ">", seenAfter.toISOString())
    .orderBy("created_at", "desc")
    .limit(50)
    .execute();
}

export async function deleteSession(store: Store, hash: string): Promise<void> {
  await store.deleteFrom("desk_sessions").where("hash", "=", hash).execute();
}

/** Logs someone out everywhere. */
export async function deleteSessionsOf(store: Store, userId: string): Promise<void> {
  await store.deleteFrom("desk_sessions").where("user_id", "=", userId).execute();
}

/** Forgets sessions that nobody has used since, and links that are over. */
export async function deleteOldLogins(store: Store, before: Date): Promise<void> {
  const at = before.toISOString();
  await store.deleteFrom("desk_sessions").where("seen_at", "<", at).execute();
  await store.deleteFrom("desk_links").where("expires_at", "<", at).execute();
  await store.deleteFrom("desk_failures").where("last_at", "<", at).execute();
}
