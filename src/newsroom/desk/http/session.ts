import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { editors, preparers, type Role } from "../../../contract/roles.js";
import { loadMessages, type Messages } from "../../../language/index.js";
import type { Language } from "../../../text/language.js";
import { orNextTime } from "../../http/full-disk.js";
import { languageOf } from "../../http/problems.js";
import { record } from "../../services/audit.js";
import type { ActOrigin, Caller } from "../../services/caller.js";
import { roleAtDesk } from "../../services/people/login-links.js";
import { holderOfSession } from "../../services/people/permission.js";
import { problem } from "../../services/problem.js";
import type { Store } from "../../store/database/open.js";
import { deleteSession, insertSession, sessionHash, touchSession } from "../../store/people/desk-sessions.js";
import { namesOf } from "../../store/submissions/submissions.js";

/** The person behind a request to the desk, logged in or not. */
interface Visitor {
  /** The cookie's random value. Before login, only the forms' tokens are derived from it. */
  cookie: string;
  /** Hash of the session; null before login. */
  session: string | null;
  /** When this person last proved who they are; null before login. */
  authenticatedAt: string | null;
  caller: Caller | null;
  language: Language;
  messages: Messages;
  /** Whether the form came from a page of ours, by `requireFormToken`. */
  isOwnForm: boolean;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set on every request to the desk; read with `visitorOf` and `callerOf`. */
    visitor: Visitor | null;
  }
}

export function visitorOf(request: FastifyRequest): Visitor {
  if (!request.visitor) throw problem("unauthenticated");
  return request.visitor;
}

/** Returns the logged-in editor. Throws `unauthenticated`. */
export function callerOf(request: FastifyRequest): Caller {
  const { caller } = visitorOf(request);
  if (!caller) throw problem("unauthenticated");
  return caller;
}

/**
 * Identifies the visitor by the cookie, and sets a new cookie if the request has none. A session counts for nothing if
 * it is idle or too old, or if its user is no editor any more.
 *
 * @param store the one that writes
 * @param isPolling whether the page itself asks for news: such a request does not count as activity
 */
export async function identifyVisitor(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  now: () => Date,
  isPolling: boolean,
): Promise<void> {
  const sent = request.cookies[cookieName(request)];
  const cookie = sent && /^[\w-]{43}$/.test(sent) ? sent : undefined;
  const language = chosenLanguage(request);
  const visitor: Visitor = {
    cookie: cookie ?? newCookie(),
    session: null,
    authenticatedAt: null,
    caller: null,
    language,
    messages: await loadMessages(language),
    isOwnForm: false,
  };
  request.visitor = visitor;
  if (cookie === undefined) {
    if (!isPolling) setCookie(request, reply, visitor.cookie);
    return;
  }
  const origin = deskOrigin(request);
  const held = await holderOfSession(store, sessionHash(cookie), origin, now());
  if (!held) return;
  const { caller, session } = held;
  if (!isPolling) await orNextTime(() => touchSession(store, session, now()));
  visitor.session = session.hash;
  visitor.authenticatedAt = session.authenticated_at;
  visitor.caller = caller;
  request.findCaller = async (reading) =>
    (await holderOfSession(reading, session.hash, origin, now()))?.caller;
}

/** Where somebody begins their work at the desk: who reviews or reads with the queue, who publishes by hand with what is ready. */
export function landingOf(role: Role): string {
  return preparers.includes(role) && !editors.includes(role) ? "/ready" : "/";
}

/**
 * Starts a session after a successful login, and returns the path where its user begins. It gets a new cookie, which prevents
 * session fixation. Throws `unauthenticated` when the person may not use the desk any more.
 */
export async function startSession(
  transaction: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  { userId, way }: { userId: string; way: "password" | "link" | "code" },
  now: Date,
): Promise<string> {
  const role = await roleAtDesk(transaction, userId, now);
  if (role === undefined) throw problem("unauthenticated");
  const visitor = visitorOf(request);
  await deleteSession(transaction, sessionHash(visitor.cookie));
  const { caller: before } = visitor;
  if (before && before.id !== userId) {
    await record(transaction, before, { event: "logged-out", subject: before }, now);
  }
  const cookie = newCookie();
  await insertSession(transaction, {
    hash: sessionHash(cookie),
    user_id: userId,
    created_at: now.toISOString(),
    seen_at: now.toISOString(),
    authenticated_at: now.toISOString(),
    browser: browserOf(request.headers["user-agent"]),
  });
  const [person] = await namesOf(transaction, [userId]);
  const actor = { ...person!, origin: deskOrigin(request) };
  await record(transaction, actor, { event: "logged-in", subject: person, detail: { way } }, now);
  setCookie(request, reply, cookie);
  return landingOf(role);
}

export async function endSession(
  transaction: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  now: Date,
): Promise<void> {
  const { caller, cookie } = visitorOf(request);
  await deleteSession(transaction, sessionHash(cookie));
  if (caller) await record(transaction, caller, { event: "logged-out", subject: caller }, now);
  setCookie(request, reply, newCookie());
}

/** Where a request to the desk comes from. */
export function deskOrigin(request: FastifyRequest): ActOrigin {
  return { via: "desk", address: request.ip, browser: browserOf(request.headers["user-agent"]) || null };
}

/** What only the visitor's own pages know (CSRF protection). 32 bytes. */
function formSecret({ cookie }: Pick<Visitor, "cookie">): Buffer {
  return createHmac("sha256", cookie).update("form").digest();
}

/** Returns the exclusive or of two buffers of 32 bytes. */
function xor(a: Buffer, b: Buffer): Buffer {
  return a.map((byte, at) => byte ^ b[at]!) as Buffer;
}

/**
 * Makes a token for a form of this visitor: 32 random bytes, and the secret under them. It is another one in each answer:
 * of the same text in compressed pages, their lengths would tell letter by letter what it is (BREACH, breachattack.com).
 */
export function formToken(visitor: Pick<Visitor, "cookie">): string {
  const mask = randomBytes(32);
  return Buffer.concat([mask, xor(mask, formSecret(visitor))]).toString("base64url");
}

function isFormToken(token: unknown, visitor: Visitor): boolean {
  const bytes = Buffer.from(typeof token === "string" ? token : "", "base64url");
  if (bytes.length !== 64) return false;
  return timingSafeEqual(xor(bytes.subarray(0, 32), bytes.subarray(32)), formSecret(visitor));
}

/** Throws `forbidden` if another site sent the form, or if its page is older than the session. */
export function requireFormToken(request: FastifyRequest): void {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") throw problem("forbidden", { detail: "form" });
  const sent = (request.body as { csrf?: unknown } | undefined)?.csrf;
  if (!isFormToken(sent, visitorOf(request))) throw problem("forbidden", { detail: "form" });
  visitorOf(request).isOwnForm = true;
}

const newCookie = () => randomBytes(32).toString("base64url");

/** Browsers accept `__Host-` (RFC 6265bis, 4.1.3.2) only with Secure, which requires https. */
function cookieName(request: FastifyRequest): string {
  return request.protocol === "https" ? "__Host-kominfo" : "kominfo";
}

function setCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  const secure = request.protocol === "https";
  reply.setCookie(cookieName(request), value, { path: "/", httpOnly: true, sameSite: "lax", secure });
}

export const languageCookie = "bahasa";

/** Returns the language chosen on the page, else the one that the browser prefers. */
function chosenLanguage(request: FastifyRequest): Language {
  const chosen = request.cookies[languageCookie];
  return chosen === "id" || chosen === "en" ? chosen : languageOf(request);
}

/** Names the browser and system, e.g. "Firefox, Windows", so that users recognise their devices. */
function browserOf(agent = ""): string {
  const browsers = { Edg: "Edge", OPR: "Opera", SamsungBrowser: "Samsung Internet", Firefox: "Firefox" };
  const systems = {
    Android: "Android",
    "iPhone|iPad": "iOS",
    Windows: "Windows",
    "Mac OS": "macOS",
    Linux: "Linux",
  };
  const named = (names: Record<string, string>) =>
    Object.entries(names).find(([mark]) => new RegExp(mark).test(agent))?.[1];
  const browser = named({ ...browsers, Chrome: "Chrome", Safari: "Safari" });
  return [browser, named(systems)].filter(Boolean).join(", ");
}
