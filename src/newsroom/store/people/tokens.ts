import type { Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import type { Store } from "../database/open.js";
import type { TokenRow, UserRow } from "../schema.js";
import { codeHash, newActivationCode, newToken, tokenHash } from "../secrets.js";

const codeLifetimeMs = 72 * 60 * 60 * 1000;
const rotatedTokenLifetimeMs = 24 * 60 * 60 * 1000;
const touchEveryMs = 60 * 1000;

/** Makes a token, one per device. It is only known here and now: the store keeps its hash. */
export async function issueToken(
  store: Store,
  userId: string,
  label: string,
  expiresAt: string | null,
  now: Date,
  replaces: string | null = null,
): Promise<string> {
  const token = newToken();
  await store
    .insertInto("tokens")
    .values({
      id: uuid(),
      user_id: userId,
      hash: tokenHash(token),
      label,
      created_at: now.toISOString(),
      last_used_at: null,
      expires_at: expiresAt,
      revoked_at: null,
      replaces,
    })
    .execute();
  return token;
}

/** The token with its owner, whatever has become of them; undefined when it was never issued. */
export async function findToken(
  store: Store,
  token: string,
): Promise<(Selectable<TokenRow> & Pick<UserRow, "name" | "suspended_at">) | undefined> {
  return store
    .selectFrom("tokens")
    .innerJoin("users", "users.id", "tokens.user_id")
    .selectAll("tokens")
    .select(["users.name", "users.suspended_at"])
    .where("tokens.hash", "=", tokenHash(token))
    .executeTakeFirst();
}

/**
 * A new token of the same person, device and expiry, which takes this one's place: the old one ends when the new one
 * is first used (`endReplaced`), or after a day.
 */
export async function rotateToken(store: Store, tokenId: string, now: Date): Promise<string> {
  const old = await store
    .selectFrom("tokens")
    .selectAll()
    .where("id", "=", tokenId)
    .executeTakeFirstOrThrow();
  const token = await issueToken(store, old.user_id, old.label, old.expires_at, now, old.id);
  const day = new Date(now.getTime() + rotatedTokenLifetimeMs).toISOString();
  if (old.expires_at === null || old.expires_at > day) {
    await store.updateTable("tokens").set({ expires_at: day }).where("id", "=", old.id).execute();
  }
  return token;
}

/** Ends the token whose place this one took, on its first use. */
export async function endReplaced(
  store: Store,
  token: Pick<TokenRow, "id" | "replaces" | "last_used_at">,
  now: Date,
): Promise<void> {
  if (token.replaces === null || token.last_used_at !== null) return;
  await revokeToken(store, token.replaces, now);
}

/** Notes the use of a token, at most once a minute: reading must not cost a synced write each time. */
export async function touchToken(
  store: Store,
  token: Pick<TokenRow, "id" | "last_used_at">,
  now: Date,
): Promise<void> {
  if (token.last_used_at && now.getTime() - Date.parse(token.last_used_at) < touchEveryMs) return;
  await store
    .updateTable("tokens")
    .set({ last_used_at: now.toISOString() })
    .where("id", "=", token.id)
    .execute();
}

/** From now on this token opens nothing. */
export async function revokeToken(store: Store, id: string, now: Date): Promise<void> {
  await store.updateTable("tokens").set({ revoked_at: now.toISOString() }).where("id", "=", id).execute();
}

/** Makes an activation code for someone: once, 72 hours. */
export async function issueCode(store: Store, userId: string, now: Date): Promise<string> {
  const code = newActivationCode();
  await store
    .insertInto("activation_codes")
    .values({
      hash: codeHash(code),
      user_id: userId,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + codeLifetimeMs).toISOString(),
      used_at: null,
    })
    .execute();
  return code;
}

/** Makes worthless the codes of someone that nobody has used. */
export async function forgetCodes(store: Store, userId: string): Promise<void> {
  await store
    .deleteFrom("activation_codes")
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .execute();
}

/** Whose code it is, without spending it; undefined when it is unknown, spent or too old. */
export async function peekCode(store: Store, typed: string, now: Date): Promise<string | undefined> {
  const row = await store
    .selectFrom("activation_codes")
    .select("user_id")
    .where("hash", "=", codeHash(typed))
    .where("used_at", "is", null)
    .where("expires_at", ">", now.toISOString())
    .executeTakeFirst();
  return row?.user_id;
}

/** Someone's tokens, the newest first. */
export async function listTokens(
  store: Store,
  userId: string,
): Promise<Omit<Selectable<TokenRow>, "hash" | "replaces">[]> {
  return store
    .selectFrom("tokens")
    .select(["id", "user_id", "label", "created_at", "last_used_at", "expires_at", "revoked_at"])
    .where("user_id", "=", userId)
    .orderBy("id", "desc")
    .limit(200)
    .execute();
}

/** Ends one token of a person; one that has ended stays so. */
export async function revokeTokenOf(store: Store, userId: string, tokenId: string, now: Date): Promise<void> {
  await store
    .updateTable("tokens")
    .set({ revoked_at: now.toISOString() })
    .where("id", "=", tokenId)
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .execute();
}

/** Spends a code and returns whose it is; undefined when it is unknown, spent or too old. */
export async function spendCode(store: Store, typed: string, now: Date): Promise<string | undefined> {
  const at = now.toISOString();
  const hash = codeHash(typed);
  const spent = await store
    .updateTable("activation_codes")
    .set({ used_at: at })
    .where("hash", "=", hash)
    .where("used_at", "is", null)
    .where("expires_at", ">", at)
    .executeTakeFirst();
  if (spent.numUpdatedRows === 0n) return undefined;
  const row = await store
    .selectFrom("activation_codes")
    .select("user_id")
    .where("hash", "=", hash)
    .executeTakeFirst();
  return row?.user_id;
}
