import { validate as isUuid } from "uuid";
import type { LoginLink, User } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { issueCode, issueToken } from "../../store/people/tokens.js";
import { activeMembership, listUserIds, readUsers } from "../../store/people/users.js";
import { type Caller, requireAdmin } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";
import {
  type AccessChange,
  type AddedUser,
  addUser,
  changeAccess,
  kecamatanProblem,
  type NewUser,
} from "./accounts.js";
import { makeLink } from "./login-links.js";

/*
 * The newsroom's people, for its admins; everyone else is answered `forbidden`. What writes takes a transaction.
 */

/** A page of everyone, in the order they were added, also those whose access has ended. */
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

/** Lets someone in. Throws `invalid` when role and kecamatan do not go together. */
export async function addPerson(
  transaction: Store,
  caller: Caller,
  wanted: NewUser,
  now: Date,
): Promise<AddedUser> {
  requireAdmin(caller);
  const wrong = kecamatanProblem(wanted.role, wanted.kecamatan);
  if (wrong) throw invalidField("/kecamatan", wrong);
  return addUser(transaction, wanted, now);
}

/** Ends, suspends or gives back someone's access. Throws `not-found`, `conflict` for the last admin. */
export async function changePerson(
  transaction: Store,
  caller: Caller,
  id: string,
  change: AccessChange,
  now: Date,
): Promise<User> {
  requireAdmin(caller);
  // Compared with ids in memory, never bound: any text is safe here.
  const outcome = await changeAccess(transaction, id.toLowerCase(), change, now);
  if (outcome === "not-found") throw problem("not-found");
  if (outcome === "last-admin") throw problem("conflict", { detail: "last-admin" });
  return outcome;
}

/** The way in at the desk for an editor. Throws `not-found`, `conflict` for someone without access, or an operator. */
export async function issueLink(
  transaction: Store,
  caller: Caller,
  id: string,
  now: Date,
): Promise<LoginLink> {
  requireAdmin(caller);
  const user = await findPerson(transaction, id, now);
  const link = await makeLink(transaction, user, now);
  if (typeof link === "string") throw problem("conflict", { detail: link });
  return link;
}

/**
 * A new activation code for someone who works here, e.g. for a new laptop; with `token` a token for a script.
 * What they have already stays good. Throws `not-found`, `conflict` for someone without access.
 */
export async function issueLogin(
  transaction: Store,
  caller: Caller,
  id: string,
  { token }: { token: boolean },
  now: Date,
): Promise<AddedUser> {
  requireAdmin(caller);
  const user = await findPerson(transaction, id, now);
  const membership = user.active ? await activeMembership(transaction, user.id, now) : undefined;
  if (!membership) throw problem("conflict", { detail: "inactive" });
  if (!token) return { user, activation_code: await issueCode(transaction, user.id, now) };
  const expires_at = membership.until_at;
  return { user, token: await issueToken(transaction, user.id, "token", expires_at, now), expires_at };
}

async function findPerson(store: Store, id: string, now: Date): Promise<User> {
  const [user] = isUuid(id) ? await readUsers(store, now, [id.toLowerCase()]) : [];
  if (!user) throw problem("not-found");
  return user;
}
