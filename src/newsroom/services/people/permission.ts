import type { Selectable } from "kysely";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findSession } from "../../store/people/desk-sessions.js";
import { findTokenByHash, type UsedToken } from "../../store/people/tokens.js";
import { type Holder, isBarred } from "../../store/people/users.js";
import type { DeskSessionRow } from "../../store/schema.js";
import type { ActOrigin, Caller } from "../caller.js";

/*
 * Whom a token or a session stands for at this instant. These are the only two places that decide it: at a request's
 * headers, when its turn has come, and again inside each writing transaction (`Writing.write`).
 */

/** A session ends after this time without a request by its user. Milliseconds. */
export const idleMs = 2 * 60 * 60 * 1000;
/** A session ends after this time however active it is: a working day with overtime. Milliseconds. */
export const maxSessionMs = 12 * 60 * 60 * 1000;

/** Finds the person who may act by this token now, with the token; undefined when nobody may. */
export async function holderOfToken(
  store: Store,
  hash: string,
  origin: ActOrigin,
  now: Date,
): Promise<{ caller: Caller; token: UsedToken } | undefined> {
  const token = await findTokenByHash(store, hash, now);
  if (!token) return undefined;
  if (token.revoked_at !== null || (token.expires_at !== null && token.expires_at <= now.toISOString())) {
    return undefined;
  }
  const caller = callerOf(token, origin);
  return caller && { caller, token };
}

/** Finds the person who may act by this session now, with the session; undefined when nobody may. */
export async function holderOfSession(
  store: Store,
  hash: string,
  origin: ActOrigin,
  now: Date,
): Promise<{ caller: Caller; session: Selectable<DeskSessionRow> } | undefined> {
  const session = await findSession(store, hash, now);
  if (!session || isOver(session, now)) return undefined;
  const caller = callerOf(session, origin);
  return caller && abilities[caller.role].desk ? { caller, session } : undefined;
}

function isOver(session: Pick<DeskSessionRow, "created_at" | "seen_at">, now: Date): boolean {
  const since = (at: string) => now.getTime() - Date.parse(at);
  return since(session.seen_at) >= idleMs || since(session.created_at) >= maxSessionMs;
}

function callerOf(holder: Holder, origin: ActOrigin): Caller | undefined {
  const { user_id, name, role, kecamatan } = holder;
  if (role === null) return undefined;
  if (isBarred({ suspended_at: holder.user_suspended_at, revoked_at: holder.user_revoked_at }))
    return undefined;
  return { id: user_id, name, role, kecamatan, origin };
}
