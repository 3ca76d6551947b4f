import { randomBytes } from "node:crypto";
import type { LoginLink, Person, User } from "../../../contract/contract.js";
import { abilities, type Role } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findLink, linkHash, markLinkUsed, putLink } from "../../store/people/desk-logins.js";
import { activeMembership, barredSince, isBarred } from "../../store/people/users.js";
import { namesOf } from "../../store/submissions/submissions.js";
import { record } from "../audit.js";
import type { Actor } from "../caller.js";

const linkLifetimeMs = 15 * 60 * 1000;
/** A second press of the button in the same browser within this time does not count as another use. */
const repeatMs = 60 * 1000;

/**
 * Makes a link with which somebody logs in at the desk once, within 15 minutes. It replaces the person's previous
 * link. Returns the reason instead: they have no access, or a role that does not use the desk.
 */
export async function makeLink(
  transaction: Store,
  actor: Actor,
  user: User,
  now: Date,
): Promise<LoginLink | "inactive" | Role> {
  if (!user.active) return "inactive";
  if (!abilities[user.role].desk) return user.role;
  const secret = randomBytes(32).toString("base64url");
  const expires_at = new Date(now.getTime() + linkLifetimeMs).toISOString();
  await putLink(transaction, {
    hash: linkHash(secret),
    user_id: user.id,
    created_at: now.toISOString(),
    expires_at,
    used_at: null,
    used_by: null,
    issued_by: actor.id,
  });
  await record(transaction, actor, { event: "link-issued", subject: user }, now);
  return { user, path: `/login/link?key=${secret}`, expires_at };
}

/**
 * Spends a link and returns the id of its user; undefined when the link is invalid.
 *
 * @param visitor identifies the browser
 */
export async function spendLink(
  transaction: Store,
  secret: string,
  visitor: string,
  now: Date,
): Promise<string | undefined> {
  const link = await usableLink(transaction, secret, visitor, now);
  if (link?.used_at === null) await markLinkUsed(transaction, linkHash(secret), visitor, now);
  return link?.user_id;
}

/** The link of this secret, where this visitor may log in with it now. */
async function usableLink(store: Store, secret: string, visitor: string, now: Date) {
  const link = /^[\w-]{43}$/.test(secret) ? await findLink(store, linkHash(secret)) : undefined;
  if (!link || link.expires_at <= now.toISOString()) return undefined;
  if (link.used_at !== null) {
    const isRepeat = link.used_by === visitor && now.getTime() - Date.parse(link.used_at) < repeatMs;
    return isRepeat ? link : undefined;
  }
  return (await mayEnterDesk(store, link.user_id, now)) ? link : undefined;
}

/** Whether this visitor may log in with this link now. Spends nothing. @param visitor as `spendLink` */
export async function isUsableLink(
  store: Store,
  secret: string,
  visitor: string,
  now: Date,
): Promise<boolean> {
  return (await usableLink(store, secret, visitor, now)) !== undefined;
}

/** Whom a link lets in, or let in when it was used; undefined when there is no such link, or it was replaced. */
export async function holderOfLink(store: Store, secret: string): Promise<Person | undefined> {
  const link = /^[\w-]{43}$/.test(secret) ? await findLink(store, linkHash(secret)) : undefined;
  return link && (await namesOf(store, [link.user_id]))[0];
}

/** Whether a person may use the desk now: those with access may whose role does. */
export async function mayEnterDesk(store: Store, userId: string, now: Date): Promise<boolean> {
  return (await roleAtDesk(store, userId, now)) !== undefined;
}

/** The role in which a person may use the desk now; undefined when they may not. */
export async function roleAtDesk(store: Store, userId: string, now: Date): Promise<Role | undefined> {
  if (isBarred(await barredSince(store, userId))) return undefined;
  const membership = await activeMembership(store, userId, now);
  return membership && abilities[membership.role].desk ? membership.role : undefined;
}
