import type { FastifyReply, FastifyRequest } from "fastify";
import { problemStatus } from "../../../contract/contract.js";
import type { ProblemError } from "../../services/problem.js";
import { fieldsOf, isConfirmation } from "../http/forms.js";
import { landingOf, visitorOf } from "../http/session.js";
import type { Desk } from "../types.js";

/** Shorter texts are not given back: they are quickly typed again. Characters. */
const minKeptLength = 20;
/** When to try again what names no time, in s: the thread of texts has done a few comparisons by then. */
const defaultRetryAfter = 10;

/** Shows a failure as a page: what happened, and a link to continue. */
export async function showProblem(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  error: ProblemError | undefined,
): Promise<FastifyReply> {
  const messages = visitorOf(request).messages.desk;
  const name = error?.problem ?? "internal";
  if (name === "unauthenticated") return toLogin(desk, request, reply);
  const titles: Partial<Record<typeof name, [string, string?]>> = {
    "not-found": [messages.problems.notFound, messages.problems.notFoundHint],
    "method-not-allowed": [messages.problems.notFound, messages.problems.notFoundHint],
    forbidden:
      error?.facts.detail === "form"
        ? [messages.problems.form, messages.problems.formHint]
        : [messages.problems.forbidden],
    "too-many-requests": [messages.problems.tooMany],
    "too-large": [messages.problems.tooLarge],
    "storage-full": [messages.problems.full],
    quota: [messages.problems.quota],
    unavailable: [messages.problems.unavailable],
    "request-timeout": [messages.problems.slow],
    internal: [messages.problems.internal, messages.problems.request({ id: request.id })],
  };
  // The rate limiter has set its own.
  if ((name === "too-many-requests" || name === "unavailable") && !reply.hasHeader("retry-after"))
    reply.header("retry-after", error?.facts.retry_after ?? defaultRetryAfter);
  const [title, hint] = titles[name] ?? [messages.problems.form, messages.problems.formHint];
  return desk.show(request, reply, {
    view: "message",
    title,
    status: error?.facts.status ?? problemStatus[name],
    model: {
      lines: hint === undefined ? [] : [hint],
      texts: typedTexts(request),
      ...wayBack(request, messages),
    },
  });
}

/** A link to where this person begins their work. */
function wayBack(
  request: FastifyRequest,
  messages: { back: string; ready: { back: string } },
): { href: string; link: string } {
  const { caller } = visitorOf(request);
  const href = caller ? landingOf(caller.role) : "/";
  return { href, link: href === "/" ? messages.back : messages.ready.back };
}

/** Redirects a GET to the login and back afterwards. For a POST, shows the typed text first, so that it is not lost. */
async function toLogin(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const messages = visitorOf(request).messages.desk;
  if (request.method !== "POST") {
    const next = request.url === "/" ? "" : `?${new URLSearchParams({ next: request.url })}`;
    return reply.redirect(`/login${next}`, 303);
  }
  return desk.show(request, reply, {
    view: "message",
    title: messages.problems.sessionEnded,
    status: 401,
    model: {
      lines: [messages.problems.sessionEndedHint],
      texts: typedTexts(request),
      href: "/login",
      link: messages.login.title,
    },
  });
}

/** The texts of a form that one of our pages sent. Another site must not have its words shown on a page of the desk. */
function typedTexts(request: FastifyRequest): string[] {
  if (!visitorOf(request).isOwnForm) return [];
  return Object.entries(fieldsOf(request))
    .filter(([name, text]) => !isSecret(name) && text.length >= minKeptLength)
    .map(([, text]) => text);
}

/** Whether a field holds what must not be shown: passwords, codes, the keys of links and authenticators. */
function isSecret(name: string): boolean {
  return ["csrf", "form", "password", "secret", "key", "code", "totp"].includes(name) || isConfirmation(name);
}
