import type { Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import type { Store } from "../database/open.js";
import type { TokenRow } from "../schema.js";
import { codeHash, newActivationCode, newToken, tokenHash } from "../secrets.js";
import { type Holder, holderColumns, isCurrentMembership } from "./users.js";

const codeLifetimeMs = 72 * 60 * 60 * 1000;
const rotatedTokenLifetimeMs = 24 * 60 * 60 * 1000;
const touchEveryMs = 60 * 1000;

/** A token to issue. @property replaces the token that the new one succeeds */
interface TokenToIssue extends Pick<TokenRow, "user_id" | "label" | "expires_at" | "issued_by"> {
  replaces?: Pick<TokenRow, "id" | "family">;
}

/** Issues a token for one device. Only the return value has it in clear; the store keeps its hash. */
export async function issueToken(
  store: Store,
  { replaces, ...row }: TokenToIssue,
  now: Date,
): Promise<{ id: string; token: string }> {
  const token = newToken();
  const id = uuid();
  await store
    .insertInto("tokens")
    .values({
      ...row,
      id,
      hash: tokenHash(token),
      created_at: now.toISOString(),
      last_used_at: null,
      revoked_at: null,
      replaces: replaces?.id ?? null,
      family: replaces?.family ?? id,
    })
    .execute();
  return { id, token };
}

/** What has to be known of a token when it is used. */
const usedColumns = [
  "id",
  "user_id",
  "label",
  "last_used_at",
  "expires_at",
  "revoked_at",
  "replaces",
] as const;

export type UsedToken = Pick<TokenRow, (typeof usedColumns)[number]>;

/** Finds a token with its user. Does not check expiry or access. */
export async function findTokenByHash(
  store: Store,
  hash: string,
  now: Date,
): Promise<(UsedToken & Holder) | undefined> {
  return store
    .selectFrom("tokens")
    .innerJoin("users", "users.id", "tokens.user_id")
    .leftJoin("memberships", (join) => join.on(isCurrentMembership(now)))
    .select(usedColumns.map((column) => `tokens.${column}` as const))
    .select(holderColumns)
    .where("tokens.hash", "=", hash)
    .executeTakeFirst();
}

/**
 * Issues a new token of the same person, device and expiry that replaces this one. The old token ends when the new one is
 * first used (`endReplaced`), or after a day. It has one successor at most: a repeated call, after a lost answer, ends
 * the successor that nobody has used.
 */
export async function rotateToken(
  store: Store,
  tokenId: string,
  now: Date,
): Promise<{ id: string; token: string }> {
  const old = await store
    .selectFrom("tokens")
    .selectAll()
    .where("id", "=", tokenId)
    .executeTakeFirstOrThrow();
  await store
    .updateTable("tokens")
    .set({ revoked_at: now.toISOString() })
    .where("replaces", "=", old.id)
    .where("revoked_at", "is", null)
    .execute();
  const { user_id, label, expires_at } = old;
  const issued = { user_id, label, expires_at, issued_by: user_id, replaces: old };
  const successor = await issueToken(store, issued, now);
  const day = new Date(now.getTime() + rotatedTokenLifetimeMs).toISOString();
  if (old.expires_at === null || old.expires_at > day) {
    await store.updateTable("tokens").set({ expires_at: day }).where("id", "=", old.id).execute();
  }
  return successor;
}

/** Revokes the token that this one replaces, at its first use. */
export async function endReplaced(
  store: Store,
  token: Pick<TokenRow, "id" | "replaces" | "last_used_at">,
  now: Date,
): Promise<void> {
  if (token.replaces === null || token.last_used_at !== null) return;
  await store
    .updateTable("tokens")
    .set({ revoked_at: now.toISOString() })
    .where("id", "=", token.replaces)
    .where("revoked_at", "is", null)
    .execute();
}

/** Records the use of a token, at most once a minute, so that not every read costs a synced write. */
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

/** Issues an activation code, valid once within 72 hours. It replaces the person's earlier code. */
export async function issueCode(
  store: Store,
  userId: string,
  issuedBy: string | null,
  now: Date,
): Promise<string> {
  await forgetCodes(store, userId);
  const code = newActivationCode();
  await store
    .insertInto("activation_codes")
    .values({
      hash: codeHash(code),
      user_id: userId,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + codeLifetimeMs).toISOString(),
      used_at: null,
      issued_by: issuedBy,
    })
    .execute();
  return code;
}

/** Deletes a person's unused codes. */
export async function forgetCodes(store: Store, userId: string): Promise<void> {
  await store
    .deleteFrom("activation_codes")
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .execute();
}

/** Finds the user of a code without spending it; undefined when it is unknown, used or expired. */
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

/** Lists a person's tokens, newest first. */
export async function listTokens(
  store: Store,
  userId: string,
): Promise<Omit<Selectable<TokenRow>, "hash" | "replaces" | "family">[]> {
  return store
    .selectFrom("tokens")
    .select(["id", "user_id", "label", "created_at", "last_used_at", "expires_at", "revoked_at", "issued_by"])
    .where("user_id", "=", userId)
    .orderBy("id", "desc")
    .limit(200)
    .execute();
}

/**
 * Revokes one token of a person, with all that replaced it or were replaced by it: whoever has one of them may have the
 * others. A revoked token keeps its time of revocation. False when none was left to revoke.
 */
export async function revokeTokenOf(
  store: Store,
  userId: string,
  tokenId: string,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable("tokens")
    .set({ revoked_at: now.toISOString() })
    .where("family", "in", (of) => of.selectFrom("tokens").select("family").where("id", "=", tokenId))
    .where("user_id", "=", userId)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Spends a code and returns its user's id; undefined when it is unknown, used or expired. */
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
