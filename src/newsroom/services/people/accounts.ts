import type { AuditEvent, User } from "../../../contract/contract.js";
import { abilities, type Role } from "../../../contract/roles.js";
import { findKecamatan } from "../../../region/kecamatan.js";
import type { Store } from "../../store/database/open.js";
import { deleteLinksOf, deleteLoginOf } from "../../store/people/desk-logins.js";
import { deleteSessionsOf } from "../../store/people/desk-sessions.js";
import {
  forgetCodes,
  issueCode,
  issueToken,
  revokeTokenOf,
  rotateToken,
  spendCode,
} from "../../store/people/tokens.js";
import {
  activeMembership,
  insertUser,
  markRevoked,
  markSuspended,
  readUsers,
} from "../../store/people/users.js";
import { record } from "../audit.js";
import type { ActOrigin, Actor, Caller } from "../caller.js";

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
export async function addUser(
  transaction: Store,
  actor: Actor,
  wanted: NewUser,
  now: Date,
): Promise<AddedUser> {
  const until = wanted.expires_at === undefined ? null : new Date(wanted.expires_at).toISOString();
  const id = await insertUser(
    transaction,
    { name: wanted.name, role: wanted.role, kecamatan: wanted.kecamatan ?? null, until },
    now,
  );
  const [user] = await readUsers(transaction, now, [id]);
  const { role, kecamatan } = wanted;
  const detail = { role, ...(kecamatan === undefined ? {} : { kecamatan }) };
  await record(transaction, actor, { event: "person-invited", subject: user, detail }, now);
  if (!wanted.token && !abilities[role].codes) return { user: user! };
  return issueSecret(transaction, actor, user!, wanted.token ? { until } : "code", now);
}

/**
 * Issues another activation code to a person, e.g. for a new laptop, which replaces one that was not used; with `token` a token for a
 * script. Existing tokens stay valid. Returns the reason instead: they have no access, or a role without codes.
 */
export async function issueAgain(
  transaction: Store,
  actor: Actor,
  user: User,
  { token }: { token: boolean },
  now: Date,
): Promise<AddedUser | "inactive" | Role> {
  const membership = user.active ? await activeMembership(transaction, user.id, now) : undefined;
  if (!membership) return "inactive";
  if (!token && !abilities[membership.role].codes) return membership.role;
  return issueSecret(transaction, actor, user, token ? { until: membership.until_at } : "code", now);
}

/** Issues an activation code, or a token for a script that is valid `until` then. */
async function issueSecret(
  transaction: Store,
  actor: Actor,
  user: User,
  kind: "code" | { until: string | null },
  now: Date,
): Promise<AddedUser> {
  if (kind === "code") {
    const activation_code = await issueCode(transaction, user.id, actor.id, now);
    await record(transaction, actor, { event: "code-issued", subject: user }, now);
    return { user, activation_code };
  }
  const issued = { user_id: user.id, label: "token", expires_at: kind.until, issued_by: actor.id };
  const { id, token } = await issueToken(transaction, issued, now);
  await record(transaction, actor, { event: "token-issued", subject: user, object: id }, now);
  return { user, token, expires_at: kind.until };
}

/** A change of access: ended for good, suspended, or restored. */
export type AccessChange = "revoke" | "suspend" | "resume";

const changeEvents = {
  revoke: "person-revoked",
  suspend: "person-suspended",
  resume: "person-resumed",
} as const satisfies Record<AccessChange, AuditEvent>;

/**
 * Changes a person's access. The last active admin cannot lose theirs. Suspending ends desk sessions and login links for
 * good: restoring the access does not revive them. Revoking ends the desk's password and authenticator too.
 */
export async function changeAccess(
  transaction: Store,
  actor: Actor,
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
    await forgetCodes(transaction, userId);
  }
  if (change === "revoke") await deleteLoginOf(transaction, userId);
  await record(transaction, actor, { event: changeEvents[change], subject: person }, now);
  const [after] = await readUsers(transaction, now, [userId]);
  return after!;
}

/** Ends one token of a person and those of its line of rotations. A token that has ended already stays as it is. */
export async function endToken(
  transaction: Store,
  actor: Actor,
  user: Pick<User, "id" | "name">,
  tokenId: string,
  now: Date,
): Promise<void> {
  if (!(await revokeTokenOf(transaction, user.id, tokenId, now))) return;
  await record(transaction, actor, { event: "token-ended", subject: user, object: tokenId }, now);
}

/** Issues the successor of the caller's token (`rotateToken`). */
export async function succeedToken(
  transaction: Store,
  caller: Caller,
  tokenId: string,
  now: Date,
): Promise<string> {
  const { id, token } = await rotateToken(transaction, tokenId, now);
  await record(transaction, caller, { event: "token-rotated", subject: caller, object: id }, now);
  return token;
}

/** Ends a person's sessions at the desk. */
export async function endSessions(
  transaction: Store,
  actor: Actor,
  user: Pick<User, "id" | "name">,
  now: Date,
): Promise<void> {
  await deleteSessionsOf(transaction, user.id);
  await record(transaction, actor, { event: "sessions-ended", subject: user }, now);
}

/** Exchanges an activation code for a token of one device; undefined when the code is invalid. */
export async function activate(
  transaction: Store,
  origin: ActOrigin,
  { code, device }: { code: string; device: string },
  now: Date,
): Promise<{ token: string; expires_at: string | null; user: User } | undefined> {
  const userId = await spendCode(transaction, code, now);
  if (userId === undefined) return undefined;
  const [user] = await readUsers(transaction, now, [userId]);
  const membership = await activeMembership(transaction, userId, now);
  if (!user?.active || !membership || !abilities[membership.role].codes) return undefined;
  const expires_at = membership.until_at;
  const issued = { user_id: userId, label: device, expires_at, issued_by: userId };
  const { id, token } = await issueToken(transaction, issued, now);
  const actor = { id: userId, name: user.name, origin };
  await record(transaction, actor, { event: "activated", subject: user, object: id }, now);
  return { token, expires_at, user };
}
