import { randomBytes } from "node:crypto";
import type { LoginLink, User } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { findLink, linkHash, markLinkUsed, putLink } from "../../store/people/desk-logins.js";
import { activeMembership, barredSince, isBarred } from "../../store/people/users.js";

const linkLivesMs = 15 * 60 * 1000;
/** The same browser pressing its button again is no second use. */
const twiceMs = 60 * 1000;

/**
 * A link that lets an editor in at the desk once, within 15 minutes; one they had before is worth nothing now. Or why
 * there is none: the desk is for editors, and for those with access.
 */
export async function makeLink(
  transaction: Store,
  user: User,
  now: Date,
): Promise<LoginLink | "inactive" | "operator"> {
  if (!user.active) return "inactive";
  if (user.role === "operator") return "operator";
  const secret = randomBytes(32).toString("base64url");
  const expires_at = new Date(now.getTime() + linkLivesMs).toISOString();
  await putLink(transaction, {
    hash: linkHash(secret),
    user_id: user.id,
    created_at: now.toISOString(),
    expires_at,
    used_at: null,
    used_by: null,
  });
  return { user, path: `/login/link?key=${secret}`, expires_at };
}

/**
 * Spends a link; whose it is, or undefined when it is good for nothing.
 *
 * @param visitor tells one browser from another
 */
export async function spendLink(
  transaction: Store,
  secret: string,
  visitor: string,
  now: Date,
): Promise<string | undefined> {
  if (!/^[\w-]{43}$/.test(secret)) return undefined;
  const hash = linkHash(secret);
  const link = await findLink(transaction, hash);
  if (!link || link.expires_at <= now.toISOString()) return undefined;
  if (link.used_at !== null) {
    const isTwice = link.used_by === visitor && now.getTime() - Date.parse(link.used_at) < twiceMs;
    return isTwice ? link.user_id : undefined;
  }
  if (!(await isEditor(transaction, link.user_id, now))) return undefined;
  await markLinkUsed(transaction, hash, visitor, now);
  return link.user_id;
}

/** Whether someone may be at the desk today: an operator has nothing to do there, nor has anyone without access. */
export async function isEditor(store: Store, userId: string, now: Date): Promise<boolean> {
  if (isBarred(await barredSince(store, userId))) return false;
  const membership = await activeMembership(store, userId, now);
  return membership !== undefined && membership.role !== "operator";
}
