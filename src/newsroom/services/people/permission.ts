import type { Selectable } from "kysely";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findSession } from "../../store/people/desk-sessions.js";
import { findTokenByHash } from "../../store/people/tokens.js";
import { activeMembership, isBarred } from "../../store/people/users.js";
import type { DeskSessionRow, TokenRow } from "../../store/schema.js";
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
): Promise<{ caller: Caller; token: Selectable<TokenRow> } | undefined> {
  const found = await findTokenByHash(store, hash);
  if (!found) return undefined;
  const { name, user_suspended_at, user_revoked_at, ...token } = found;
  if (token.revoked_at !== null || (token.expires_at !== null && token.expires_at <= now.toISOString())) {
    return undefined;
  }
  const person = { id: token.user_id, name, suspended_at: user_suspended_at, revoked_at: user_revoked_at };
  const caller = await callerOf(store, person, origin, now);
  return caller && { caller, token };
}

/** Finds the person who may act by this session now, with the session; undefined when nobody may. */
export async function holderOfSession(
  store: Store,
  hash: string,
  origin: ActOrigin,
  now: Date,
): Promise<{ caller: Caller; session: Selectable<DeskSessionRow> } | undefined> {
  const found = await findSession(store, hash);
  if (!found) return undefined;
  const { name, suspended_at, revoked_at, ...session } = found;
  if (isOver(session, now)) return undefined;
  const person = { id: session.user_id, name, suspended_at, revoked_at };
  const caller = await callerOf(store, person, origin, now);
  return caller && abilities[caller.role].desk ? { caller, session } : undefined;
}

function isOver(session: Pick<DeskSessionRow, "created_at" | "seen_at">, now: Date): boolean {
  const since = (at: string) => now.getTime() - Date.parse(at);
  return since(session.seen_at) >= idleMs || since(session.created_at) >= maxSessionMs;
}

async function callerOf(
  store: Store,
  person: { id: string; name: string; suspended_at: string | null; revoked_at: string | null },
  origin: ActOrigin,
  now: Date,
): Promise<Caller | undefined> {
  if (isBarred(person)) return undefined;
  const membership = await activeMembership(store, person.id, now);
  if (!membership) return undefined;
  return { id: person.id, name: person.name, role: membership.role, kecamatan: membership.kecamatan, origin };
}
