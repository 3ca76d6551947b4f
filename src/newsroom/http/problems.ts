import type { FastifyReply, FastifyRequest } from "fastify";
import { type ProblemDocument, problemStatus } from "../../contract/contract.js";
import { Outage } from "../outage.js";
import { ProblemError, problem } from "../services/problem.js";
import { isClientGone } from "./closed.js";
import { vary } from "./content-coding.js";
import { isDiskFull } from "./full-disk.js";
import { titles } from "./problem-titles.js";

/** When to ask again during an outage, in s. */
const outageRetryAfter = 5;

/** The language of the answer: Indonesian unless English is preferred (RFC 9110, 12.5.4, without its weights). */
export function languageOf(request: FastifyRequest): "id" | "en" {
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "id";
}

/** Answers any failure as RFC 9457. An unexpected one becomes `internal` and is logged under the request's id. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const expected = problemFor(error, request);
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

/** The problem that an error stands for; undefined for one that nobody expected, which is logged. */
export function problemFor(error: unknown, request: FastifyRequest): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  // Not for each request that was refused unasked meanwhile.
  if (error instanceof Outage && !error.isRepeated)
    request.log.warn({ err: error, store: error.store }, "store unavailable");
  const expected = expectedProblem(error);
  if (!expected && !isClientGone(error, request)) request.log.error({ err: error }, "unexpected failure");
  return expected;
}

/** The problem for an error of Fastify, the rate limiter, the disk or the database, by its code. */
function expectedProblem(error: unknown): ProblemError | undefined {
  if (error instanceof Outage) return problem("unavailable", { retry_after: outageRetryAfter });
  const { statusCode } = error as { statusCode?: unknown };
  if (isDiskFull(error)) return problem("storage-full");
  if (statusCode === 413) return problem("too-large");
  if (statusCode === 429) return problem("too-many-requests");
  if (statusCode === 404) return problem("not-found");
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) {
    return problem("invalid", { status: statusCode });
  }
  return undefined;
}
