import type { User } from "../../../contract/contract.js";
import type { Role } from "../../../contract/lifecycle.js";
import { findKecamatan } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import { issueCode, issueToken, spendCode } from "../../store/people/tokens.js";
import {
  activeMembership,
  insertUser,
  markRevoked,
  markSuspended,
  readUsers,
} from "../../store/people/users.js";

/** Someone to be let into the newsroom. */
export interface NewUser {
  name: string;
  role: Role;
  /** Kemendagri code; operators have one, nobody else. */
  kecamatan?: string | undefined;
  /** ISO 8601; from then on nothing of theirs works. */
  expires_at?: string | undefined;
  /** A token for scripts at once, instead of an activation code. */
  token?: boolean | undefined;
}

/** The only time that a code or a token is known in clear. */
export interface AddedUser {
  user: User;
  activation_code?: string;
  token?: string;
  expires_at?: string | null;
}

/** Why role and kecamatan do not go together; undefined when they do. */
export function kecamatanProblem(
  role: Role,
  kecamatan: string | undefined,
): "required" | "unknown" | "unwanted" | undefined {
  if (role !== "operator") return kecamatan === undefined ? undefined : "unwanted";
  if (kecamatan === undefined) return "required";
  return findKecamatan(kecamatan)?.code === kecamatan ? undefined : "unknown";
}

/*
 * What follows knows no caller: on the newsroom's own machine whoever owns the data folder manages its people.
 * Each takes a transaction.
 */

/** Adds someone (see `kecamatanProblem`) with an activation code, or with a token. */
export async function addUser(transaction: Store, wanted: NewUser, now: Date): Promise<AddedUser> {
  const until = wanted.expires_at === undefined ? null : new Date(wanted.expires_at).toISOString();
  const id = await insertUser(
    transaction,
    { name: wanted.name, role: wanted.role, kecamatan: wanted.kecamatan ?? null, until },
    now,
  );
  const [user] = await readUsers(transaction, now, [id]);
  if (!wanted.token) return { user: user!, activation_code: await issueCode(transaction, id, now) };
  return { user: user!, token: await issueToken(transaction, id, "token", until, now), expires_at: until };
}

/** What is done to someone's access: ended for good, ended until it is given back, given back. */
export type AccessChange = "revoke" | "suspend" | "resume";

/** Changes someone's access. The last active admin keeps theirs. */
export async function changeAccess(
  transaction: Store,
  userId: string,
  change: AccessChange,
  now: Date,
): Promise<User | "not-found" | "last-admin"> {
  const everyone = await readUsers(transaction, now);
  const person = everyone.find((one) => one.id === userId);
  if (!person) return "not-found";
  const admins = everyone.filter((one) => one.role === "admin" && one.active);
  if (change !== "resume" && admins.length === 1 && admins[0]?.id === userId) return "last-admin";
  if (change === "revoke") await markRevoked(transaction, userId, now);
  else await markSuspended(transaction, userId, change === "suspend" ? now : null);
  const [after] = await readUsers(transaction, now, [userId]);
  return after!;
}

/** Turns an activation code into a token for one device; undefined when the code is good for nothing. */
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
  if (!user?.active || !membership) return undefined;
  const expires_at = membership.until_at;
  return { token: await issueToken(transaction, userId, device, expires_at, now), expires_at, user };
}
