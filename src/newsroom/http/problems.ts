import type { FastifyReply, FastifyRequest } from "fastify";
import { type ProblemDocument, problemStatus } from "../../contract/contract.js";
import { ProblemError, problem } from "../services/problem.js";
import { isClientGone } from "./closed.js";
import { vary } from "./content-coding.js";
import { titles } from "./problem-titles.js";

/** The language of the answer: Indonesian unless English is preferred (RFC 9110, 12.5.4, without its weights). */
export function languageOf(request: FastifyRequest): "id" | "en" {
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "id";
}

/** Answers any failure as RFC 9457. An unexpected one becomes `internal` and is logged under the request's id. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const expected = error instanceof ProblemError ? error : expectedProblem(error);
  if (!expected && !isClientGone(error, request)) request.log.error({ err: error }, "unexpected failure");
  const { problem: name, facts } = expected ?? problem("internal");
  const { status = problemStatus[name], retry_after, ...rest } = facts;
  const document: ProblemDocument = {
    type: `urn:kominfo:problem:${name}`,
    title: titles[languageOf(request)][name],
    status,
    ...rest,
    ...(expected ? {} : { request_id: request.id }),
  };
  vary(reply, "accept-language");
  if (retry_after !== undefined) reply.header("retry-after", retry_after);
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="kominfo"');
  if ((status === 429 || status === 503) && !reply.hasHeader("retry-after")) reply.header("retry-after", "5");
  return reply
    .status(status)
    .header("cache-control", "no-store")
    .header("content-type", "application/problem+json; charset=utf-8")
    .send(JSON.stringify(document));
}

/** The problem for an error of Fastify, the rate limiter, the disk or the database, by its code. */
export function expectedProblem(error: unknown): ProblemError | undefined {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === "ENOSPC" || code === "SQLITE_FULL") return problem("storage-full");
  if (statusCode === 413) return problem("too-large");
  if (statusCode === 429) return problem("too-many-requests");
  if (statusCode === 404) return problem("not-found");
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return problem("invalid", { status: statusCode });
  }
  return undefined;
}
