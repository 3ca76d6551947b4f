import type { FastifyReply, FastifyRequest } from "fastify";
import { type ProblemDocument, problemStatus } from "../../contract/contract.js";
import { ProblemError, problem } from "../services/problem.js";
import { titles } from "./problem-titles.js";

/** The language a caller reads; Indonesian unless English is preferred (RFC 9110, 12.5.4, without its weights). */
export function languageOf(request: FastifyRequest): "id" | "en" {
  return /^\s*en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "id";
}

/** Writes any failure as RFC 9457; what nobody foresaw becomes `internal`, logged under the request's id. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = error instanceof ProblemError ? error : expectedProblem(error);
  if (!known) request.log.error({ err: error }, "unexpected failure");
  const { problem: name, facts } = known ?? problem("internal");
  const { status = problemStatus[name], ...rest } = facts;
  const document: ProblemDocument = {
    type: `urn:kominfo:problem:${name}`,
    title: titles[languageOf(request)][name],
    status,
    ...rest,
    ...(known ? {} : { request_id: request.id }),
  };
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="kominfo"');
  return reply
    .status(status)
    .header("cache-control", "no-store")
    .header("content-type", "application/problem+json; charset=utf-8")
    .send(JSON.stringify(document));
}

/** What Fastify, the rate limiter, the disk and the database say by code. */
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
