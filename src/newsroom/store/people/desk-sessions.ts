import type { Selectable } from "kysely";
import { sha256 } from "../../../files/hash.js";
import type { Store } from "../database/open.js";
import type { DeskSessionRow } from "../schema.js";
import { type Holder, holderColumns, isCurrentMembership } from "./users.js";

const touchEveryMs = 60 * 1000;

/** The stored hash of a session's cookie. Random bits need no slow hash. */
export const sessionHash = (cookie: string): string => sha256(`session:${cookie}`);

export async function insertSession(store: Store, row: DeskSessionRow): Promise<void> {
  await store.insertInto("desk_sessions").values(row).execute();
}

/** Finds a session with its user. Does not check its age or the user's access. */
export async function findSession(
  store: Store,
  hash: string,
  now: Date,
): Promise<(Selectable<DeskSessionRow> & Holder) | undefined> {
  return store
    .selectFrom("desk_sessions")
    .innerJoin("users", "users.id", "desk_sessions.user_id")
    .leftJoin("memberships", (join) => join.on(isCurrentMembership(now)))
    .selectAll("desk_sessions")
    .select(holderColumns)
    .where("desk_sessions.hash", "=", hash)
    .executeTakeFirst();
}

/** Records the use of a session, at most once a minute, so that not every read costs a synced write. */
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

/** Records that the session's owner has just proved once more who they are. */
export async function confirmSession(store: Store, hash: string, now: Date): Promise<void> {
  await store
    .updateTable("desk_sessions")
    .set({ authenticated_at: now.toISOString() })
    .where("hash", "=", hash)
    .execute();
}

/** Lists a person's open sessions, newest first. */
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

/** Deletes all sessions of a person. */
export async function deleteSessionsOf(store: Store, userId: string): Promise<void> {
  await store.deleteFrom("desk_sessions").where("user_id", "=", userId).execute();
}

/** Deletes sessions not used since `before`, and older links, failed logins and counted attempts. */
export async function deleteOldLogins(store: Store, before: Date): Promise<void> {
  const at = before.toISOString();
  await store.deleteFrom("desk_sessions").where("seen_at", "<", at).execute();
  await store.deleteFrom("desk_links").where("expires_at", "<", at).execute();
  await store.deleteFrom("desk_failures").where("last_at", "<", at).execute();
  await store.deleteFrom("attempts").where("since_at", "<", at).execute();
}
