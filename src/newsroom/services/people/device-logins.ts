import type { DeviceLogin, PersonTokens, User } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { listTokens } from "../../store/people/tokens.js";
import { type Actor, type Caller, requireAdmin } from "../caller.js";
import { problem } from "../problem.js";
import { endToken } from "./accounts.js";
import { findPerson } from "./administration.js";

/** Lists the tokens of a person that have not ended, newest first: never the tokens themselves. Checks no caller. */
export async function liveTokens(store: Store, userId: string, now: Date): Promise<DeviceLogin[]> {
  const tokens = await listTokens(store, userId);
  const at = now.toISOString();
  return tokens
    .filter(({ revoked_at, expires_at }) => revoked_at === null && (expires_at === null || expires_at > at))
    .map(({ id, label, created_at, last_used_at, expires_at }) => ({
      ...{ id, label, created_at, last_used_at, expires_at },
    }));
}

/**
 * Ends these tokens of a person, each with its line of rotations. Takes a transaction and checks no caller. One that has ended
 * already stays as it is.
 */
export async function endTokens(
  transaction: Store,
  actor: Actor,
  user: Pick<User, "id" | "name">,
  tokenIds: readonly string[],
  now: Date,
): Promise<void> {
  for (const id of tokenIds) await endToken(transaction, actor, user, id, now);
}

/** Lists somebody's devices for an admin. Throws `forbidden`, `not-found`. */
export async function readTokens(store: Store, caller: Caller, id: string, now: Date): Promise<PersonTokens> {
  requireAdmin(caller);
  const user = await findPerson(store, id, now);
  return { user, items: await liveTokens(store, user.id, now) };
}

/** Ends one of somebody's tokens for an admin; takes a transaction. Throws `forbidden`, and `not-found` where the person has none such. */
export async function endTokenOf(
  transaction: Store,
  caller: Caller,
  { id, token }: { id: string; token: string },
  now: Date,
): Promise<void> {
  requireAdmin(caller);
  const user = await findPerson(transaction, id, now);
  const all = await listTokens(transaction, user.id);
  const found = all.find((one) => one.id === token.toLowerCase());
  if (!found) throw problem("not-found");
  await endToken(transaction, caller, user, found.id, now);
}
