import type { FastifyReply, FastifyRequest } from "fastify";
import { problemStatus } from "../../../contract/contract.js";
import type { ProblemError } from "../../services/problem.js";
import { fieldsOf } from "../http/forms.js";
import { visitorOf } from "../http/session.js";
import type { Desk } from "../types.js";

/** Shorter than this nobody minds typing again. Characters. */
const worthKeeping = 20;

/** A failure as a page: what happened, in words, and where to go from here. */
export async function showProblem(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  error: ProblemError | undefined,
): Promise<FastifyReply> {
  const words = visitorOf(request).messages.desk;
  const name = error?.problem ?? "internal";
  if (name === "unauthenticated") return toLogin(desk, request, reply);
  const said: Partial<Record<typeof name, [string, string?]>> = {
    "not-found": [words.problems.notFound, words.problems.notFoundHint],
    forbidden:
      error?.facts.detail === "form"
        ? [words.problems.form, words.problems.formHint]
        : [words.problems.forbidden],
    "too-many-requests": [words.problems.tooMany],
    "too-large": [words.problems.tooLarge],
    "storage-full": [words.problems.full],
    internal: [words.problems.internal, words.problems.request({ id: request.id })],
  };
  const [title, hint] = said[name] ?? [words.problems.form, words.problems.formHint];
  return desk.show(request, reply, {
    view: "message",
    title,
    status: error?.facts.status ?? problemStatus[name],
    model: {
      lines: hint === undefined ? [] : [hint],
      texts: request.method === "POST" ? typedTexts(request) : [],
      href: "/",
      link: words.back,
    },
  });
}

/** A page that was asked for leads to the login and back; what was typed into a form is given back first. */
async function toLogin(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const words = visitorOf(request).messages.desk;
  if (request.method !== "POST") {
    const next = request.url === "/" ? "" : `?${new URLSearchParams({ next: request.url })}`;
    return reply.redirect(`/login${next}`, 303);
  }
  return desk.show(request, reply, {
    view: "message",
    title: words.problems.sessionEnded,
    status: 401,
    model: {
      lines: [words.problems.sessionEndedHint],
      texts: typedTexts(request),
      href: "/login",
      link: words.login.title,
    },
  });
}

function typedTexts(request: FastifyRequest): string[] {
  const { csrf: _csrf, form: _form, password: _password, ...typed } = fieldsOf(request);
  return Object.values(typed).filter((text) => text.length >= worthKeeping);
}
