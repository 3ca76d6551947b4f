import type { FastifyReply, FastifyRequest } from "fastify";
import { admitAttempt } from "../../http/attempts.js";
import { record } from "../../services/audit.js";
import type { Caller } from "../../services/caller.js";
import type { Proof } from "../../services/people/administration.js";
import { spendLink } from "../../services/people/login-links.js";
import { ProblemError, problem } from "../../services/problem.js";
import type { Store } from "../../store/database/open.js";
import { loginOf } from "../../store/people/desk-logins.js";
import { confirmSession, sessionHash } from "../../store/people/desk-sessions.js";
import { fieldsOf, isConfirmation } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import type { Desk } from "../types.js";
import { checkLogin } from "./check.js";
import { failedLogin, isFailure } from "./failed.js";
import { loginAlert } from "./login-alert.js";

/** For this long after a login, what gives somebody lasting power is done without asking again. Milliseconds. */
const freshMs = 10 * 60 * 1000;

/** How well this request's session is proved: "fresh" when its owner logged in, or confirmed it, a short time ago. */
export function proofOf(request: FastifyRequest, now: Date): Proof {
  const { authenticatedAt } = visitorOf(request);
  const age = authenticatedAt === null ? freshMs : now.getTime() - Date.parse(authenticatedAt);
  return age < freshMs ? "fresh" : "session";
}

/**
 * Makes sure that whoever sent this form is still the person who logged in. Returns true when they are. Else answers
 * with a page that asks for password and code, or for a one-time link, and carries along what the form holds: once
 * confirmed, the form goes on as if it had been sent now. It does not return the reply, which nobody can await: Fastify's
 * is thenable, and gives undefined once it was sent.
 */
export async function confirmPerson(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const ask = async (alert?: { text: string; status: number }) => {
    await confirmPage(desk, request, reply, alert);
    return false;
  };
  if (proofOf(request, desk.now()) === "fresh") return true;
  const typed = fieldsOf(request);
  const { confirm_password = "", confirm_code = "", confirm_link = "" } = typed;
  if (confirm_link !== "") {
    await admitAttempt(desk, request, "link");
    if (!(await confirmByLink(desk, request, confirm_link))) {
      await failedLogin(desk, request, "link", { id: callerOf(request).id });
      return ask({ text: visitorOf(request).messages.desk.link.bad, status: 422 });
    }
  } else if (confirm_password !== "") {
    await admitAttempt(desk, request, "login");
    const alert = await confirmByPassword(desk, request, confirm_password, confirm_code);
    if (alert) return ask(alert);
  } else return ask();
  visitorOf(request).authenticatedAt = desk.now().toISOString();
  return true;
}

/** Spends a link of this person. The link of another one stays unspent. */
async function confirmByLink(desk: Desk, request: FastifyRequest, typed: string): Promise<boolean> {
  const key = /[?&]key=([\w-]{43})$/.exec(typed.trim())?.[1] ?? typed.trim();
  const { cookie } = visitorOf(request);
  try {
    await desk.write(request, async (transaction, caller) => {
      const userId = await spendLink(transaction, key, sessionHash(cookie), desk.now());
      if (userId !== caller.id) throw problem("forbidden");
      await confirm(transaction, request, caller, "link", desk.now());
    });
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem === "forbidden") return false;
    throw error;
  }
}

/** Checks a password and code of this person. Returns what is wrong; undefined when nothing is. */
async function confirmByPassword(
  desk: Desk,
  request: FastifyRequest,
  password: string,
  code: string,
): Promise<{ text: string; status: number } | undefined> {
  const { messages } = visitorOf(request);
  const caller = callerOf(request);
  const name = (await loginOf(desk.store, caller.id))?.login_name;
  if (name === undefined) return { text: messages.desk.confirm.noLogin, status: 422 };
  const outcome = await checkLogin(desk, request, { name, password, code }, (transaction) =>
    confirm(transaction, request, caller, "password", desk.now()),
  );
  if (outcome.kind === "right") return undefined;
  if (isFailure(outcome)) await failedLogin(desk, request, "password", { id: caller.id });
  return loginAlert(messages.desk, outcome);
}

/** Makes this request's session fresh, and records it. */
async function confirm(
  transaction: Store,
  request: FastifyRequest,
  caller: Caller,
  way: "password" | "link",
  now: Date,
): Promise<void> {
  await confirmSession(transaction, sessionHash(visitorOf(request).cookie), now);
  await record(transaction, caller, { event: "confirmed", subject: caller, detail: { way } }, now);
}

async function confirmPage(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  alert?: { text: string; status: number },
): Promise<FastifyReply> {
  const messages = visitorOf(request).messages.desk;
  const typed = Object.entries(fieldsOf(request)).filter(
    ([name]) => name !== "csrf" && !isConfirmation(name),
  );
  return desk.show(request, reply, {
    view: "login/confirm",
    title: messages.confirm.title,
    place: "people",
    model: {
      action: request.url.replace(/\?.*/s, ""),
      login_name: (await loginOf(desk.store, callerOf(request).id))?.login_name ?? null,
      typed: typed.map(([name, value]) => ({ name, value })),
    },
    status: alert?.status ?? 403,
    ...(alert ? { alert: { text: alert.text } } : {}),
  });
}
