import { validate as isUuid } from "uuid";
import type { LoginLink, User } from "../../../contract/contract.js";
import { ownLinkMakers, type Role } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { listUserIds, readUsers } from "../../store/people/users.js";
import { type Caller, requireAdmin } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";
import {
  type AccessChange,
  type AddedUser,
  addUser,
  changeAccess,
  issueAgain,
  kecamatanProblem,
  type NewUser,
} from "./accounts.js";
import { makeLink } from "./login-links.js";

/*
 * Administration of the newsroom's people. All functions throw `forbidden` for anyone but an admin; those that write
 * take a transaction.
 */

/**
 * What shows that a request is an admin's own: a token or a session, or a login within the last minutes. A token or a
 * session that was taken lets the thief in; only a fresh login lets them make what outlives it.
 */
export type Proof = "token" | "session" | "fresh";

/** Those whose script tokens may be made by a token: they decide nothing. */
const rolesOfTokensByToken: readonly Role[] = ["operator", "viewer", "publisher"];

/** How an admin without a fresh login goes on: the owner of the data folder needs none. Details of a `forbidden`. */
const byCommand = {
  admin: "kominfo newsroom user add --role admin --data <folder>",
  link: "kominfo newsroom user link --data <folder>",
  token: "kominfo newsroom user add --token --data <folder>",
  code: "kominfo newsroom user code --data <folder>",
} as const;

/**
 * Throws `forbidden` with the command that does it instead, unless the proof allows to give a way in to a person of this
 * role. A way in to an admin, of whatever kind, and one's own too, takes a fresh login; so does a token for a script,
 * except that a token may make one for a role that decides nothing.
 */
function requireProof(proof: Proof, role: Role, what: keyof typeof byCommand): void {
  if (proof === "fresh") return;
  const isTokenForScript = what === "token" && !(proof === "token" && rolesOfTokensByToken.includes(role));
  if (role === "admin" || isTokenForScript) throw problem("forbidden", { detail: byCommand[what] });
}

/** Lists a page of all people in the order they were added, including those whose access has ended. */
export async function listPeople(
  store: Store,
  caller: Caller,
  page: PageQuery,
  now: Date,
): Promise<Page<User>> {
  requireAdmin(caller);
  const { items, next_cursor } = pageOf(await listUserIds(store, sliceOf(page)), page.limit, (id) => id);
  return { items: await readUsers(store, now, items), next_cursor };
}

/** Adds a person. Throws `invalid` when role and kecamatan do not go together, `forbidden` as `requireProof` does. */
export async function addPerson(
  transaction: Store,
  caller: Caller,
  wanted: NewUser,
  proof: Proof,
  now: Date,
): Promise<AddedUser> {
  requireAdmin(caller);
  requireProof(proof, wanted.role, wanted.role === "admin" || !wanted.token ? "admin" : "token");
  const conflict = kecamatanProblem(wanted.role, wanted.kecamatan);
  if (conflict) throw invalidField("/kecamatan", conflict);
  return addUser(transaction, caller, wanted, now);
}

/** Revokes, suspends or restores a person's access. Throws `not-found`, `conflict` for the last admin. */
export async function changePerson(
  transaction: Store,
  caller: Caller,
  id: string,
  change: AccessChange,
  now: Date,
): Promise<User> {
  requireAdmin(caller);
  // The id is compared in memory and never bound to a statement, so any text is safe.
  const outcome = await changeAccess(transaction, caller, id.toLowerCase(), change, now);
  if (outcome === "not-found") throw problem("not-found");
  if (outcome === "last-admin") throw problem("conflict", { detail: "last-admin" });
  return outcome;
}

/**
 * Issues a link with which somebody logs in at the desk. Throws `not-found`, `conflict` for a person without access or
 * a role that does not use the desk, `forbidden` as `requireProof` does.
 */
export async function issueLink(
  transaction: Store,
  caller: Caller,
  id: string,
  proof: Proof,
  now: Date,
): Promise<LoginLink> {
  requireAdmin(caller);
  const user = await findPerson(transaction, id, now);
  requireProof(proof, user.role, "link");
  const link = await makeLink(transaction, caller, user, now);
  if (typeof link === "string") throw problem("conflict", { detail: link });
  return link;
}

/**
 * Issues a link with which the caller themselves log in at the desk: on their phone, by the token of their laptop. Throws `forbidden`
 * for those who can do more at the desk than by a token, and `conflict` as `issueLink` does.
 */
export async function issueOwnLink(transaction: Store, caller: Caller, now: Date): Promise<LoginLink> {
  if (!ownLinkMakers.includes(caller.role)) throw problem("forbidden");
  const link = await makeLink(transaction, caller, await findPerson(transaction, caller.id, now), now);
  if (typeof link === "string") throw problem("conflict", { detail: link });
  return link;
}

/**
 * Issues another activation code to a person, or a token for a script (`issueAgain`). Throws `not-found`, `conflict` for a
 * person without access, and for a code of a role that has tokens only, `forbidden` as `requireProof` does.
 */
export async function issueLogin(
  transaction: Store,
  caller: Caller,
  id: string,
  { token }: { token: boolean },
  proof: Proof,
  now: Date,
): Promise<AddedUser> {
  requireAdmin(caller);
  const user = await findPerson(transaction, id, now);
  requireProof(proof, user.role, token ? "token" : "code");
  const issued = await issueAgain(transaction, caller, user, { token }, now);
  if (typeof issued === "string") throw problem("conflict", { detail: issued });
  return issued;
}

/** Throws `not-found`. */
export async function findPerson(store: Store, id: string, now: Date): Promise<User> {
  const [user] = isUuid(id) ? await readUsers(store, now, [id.toLowerCase()]) : [];
  if (!user) throw problem("not-found");
  return user;
}
