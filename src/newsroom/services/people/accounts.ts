import type { User } from "../../../contract/contract.js";
import { abilities, type Role } from "../../../contract/roles.js";
import { findKecamatan } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import { deleteLinksOf, deleteLoginOf } from "../../store/people/desk-logins.js";
import { deleteSessionsOf } from "../../store/people/desk-sessions.js";
import { issueCode, issueToken, spendCode } from "../../store/people/tokens.js";
import {
  activeMembership,
  insertUser,
  markRevoked,
  markSuspended,
  readUsers,
} from "../../store/people/users.js";

/** A person to add to the newsroom. */
export interface NewUser {
  name: string;
  role: Role;
  /** Kemendagri code; required for operators, absent for everyone else. */
  kecamatan?: string | undefined;
  /** ISO 8601; the end of the person's access. */
  expires_at?: string | undefined;
  /** Issues a token for scripts instead of an activation code. */
  token?: boolean | undefined;
}

/** An added person. The code or token is in clear only here; the store keeps its hash. */
export interface AddedUser {
  user: User;
  activation_code?: string;
  token?: string;
  expires_at?: string | null;
}

/** The reason why role and kecamatan do not go together; undefined when they do. */
export function kecamatanProblem(
  role: Role,
  kecamatan: string | undefined,
): "required" | "unknown" | "unwanted" | undefined {
  if (abilities[role].sees !== "own kecamatan") return kecamatan === undefined ? undefined : "unwanted";
  if (kecamatan === undefined) return "required";
  return findKecamatan(kecamatan)?.code === kecamatan ? undefined : "unknown";
}

/*
 * The functions below check no caller: on the newsroom's own machine the owner of the data folder manages its people.
 * Each takes a transaction.
 */

/**
 * Adds someone (see `kecamatanProblem`) with an activation code, or with a token. A role without codes gets nothing yet if
 * no token is asked for.
 */
export async function addUser(transaction: Store, wanted: NewUser, now: Date): Promise<AddedUser> {
  const until = wanted.expires_at === undefined ? null : new Date(wanted.expires_at).toISOString();
  const id = await insertUser(
    transaction,
    { name: wanted.name, role: wanted.role, kecamatan: wanted.kecamatan ?? null, until },
    now,
  );
  const [user] = await readUsers(transaction, now, [id]);
  if (!wanted.token && !abilities[wanted.role].codes) return { user: user! };
  if (!wanted.token) return { user: user!, activation_code: await issueCode(transaction, id, now) };
  return { user: user!, token: await issueToken(transaction, id, "token", until, now), expires_at: until };
}

/** A change of access: ended for good, suspended, or restored. */
export type AccessChange = "revoke" | "suspend" | "resume";

/**
 * Changes a person's access. The last active admin cannot lose theirs. Suspending ends desk sessions and login links for
 * good: restoring the access does not revive them. Revoking ends the desk's password and authenticator too.
 */
export async function changeAccess(
  transaction: Store,
  userId: string,
  change: AccessChange,
  now: Date,
): Promise<User | "not-found" | "last-admin"> {
  const everyone = await readUsers(transaction, now);
  const person = everyone.find((user) => user.id === userId);
  if (!person) return "not-found";
  const admins = everyone.filter((user) => abilities[user.role].manages && user.active);
  if (change !== "resume" && admins.length === 1 && admins[0]?.id === userId) return "last-admin";
  if (change === "revoke") await markRevoked(transaction, userId, now);
  else await markSuspended(transaction, userId, change === "suspend" ? now : null);
  if (change !== "resume") {
    await deleteSessionsOf(transaction, userId);
    await deleteLinksOf(transaction, userId);
  }
  if (change === "revoke") await deleteLoginOf(transaction, userId);
  const [after] = await readUsers(transaction, now, [userId]);
  return after!;
}

/** Exchanges an activation code for a token of one device; undefined when the code is invalid. */
export async function activate(
  transaction: Store,
  code: string,
  device: string,
  now: Date,
): Promise<{ token: string; expires_at: string | null; user: User } | undefined> {
  const userId = await spendCode(transaction, code, now);
  if (userId === undefined) return undefined;
  const [user] = await readUsers(transaction, now, [userId]);
  const membership = await activeMembership(transaction, userId, now);
  if (!user?.active || !membership || !abilities[membership.role].codes) return undefined;
  const expires_at = membership.until_at;
  return { token: await issueToken(transaction, userId, device, expires_at, now), expires_at, user };
}
