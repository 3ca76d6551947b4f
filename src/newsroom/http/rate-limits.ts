import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ProblemError, problem } from "../services/problem.js";
import { hasGone } from "./closed.js";
import { createCounts } from "./counts.js";
import { addressOf, personOf, visitors } from "./requester.js";

/** Statuses of `unauthenticated`, `too-many-requests`, and `quota` and `too-large`. */
const delayedStatuses: readonly number[] = [401, 429, 413];
/** Refusals of one person that wait without waiting longer for it. A laptop has a handful of requests open. */
const fewRefusals = 16;
/** The longest pause, in ms: shorter than clients and proxies wait for an answer. */
const longestPauseMs = 20_000;

/**
 * Answers whoever is not let in, or sends too much, only after a pause, in which nothing is read. A client that goes on at
 * once would otherwise send hundreds of large bodies in a second, which all have to be read away, or made and undone; the
 * others have to come back later anyway. A refusal of work that was begun keeps the person's turn meanwhile.
 *
 * The pause grows with the number of refusals that wait already, of the same person or of all visitors: however many
 * connections ask again and again, some fifty a second are refused.
 *
 * @param ms how long the answer waits; see `refusalPause`
 */
export function delayRefusals(app: FastifyInstance, ms: number): void {
  const waiting = createCounts();
  app.addHook("onSend", async (request, reply) => {
    if (!delayedStatuses.includes(reply.statusCode) || hasGone(reply)) return;
    const key = personOf(request) ?? visitors;
    const others = waiting.get(key);
    waiting.add(key, 1);
    await pauseFor(reply, refusalPause(ms, others));
    waiting.add(key, -1);
  });
}

/**
 * How long a refusal waits, in ms.
 *
 * @param others refusals that wait already
 */
export function refusalPause(ms: number, others: number): number {
  return Math.min(ms * Math.max(1, others / fewRefusals), longestPauseMs);
}

/** Waits, at most until the client has gone: what it asked would lie in memory meanwhile. */
function pauseFor(reply: FastifyReply, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    reply.raw.once("close", end);
    function end() {
      clearTimeout(timer);
      reply.raw.off("close", end);
      resolve();
    }
  });
}

/**
 * Limits how often an address is refused. The refused request has been looked up by then, which costs one indexed read:
 * a limit before that would shut out everybody behind the same address of a mobile network.
 *
 * @param max refusals in a minute
 * @returns runs `authenticate`, and turns an `unauthenticated` beyond the limit into `too-many-requests`
 */
export function refusalLimit(app: FastifyInstance, max: number) {
  const count = app.createRateLimit({
    max,
    timeWindow: 60_000,
    keyGenerator: (request) => `refused ${addressOf(request)}`,
  });
  return async <T>(
    request: FastifyRequest,
    reply: FastifyReply,
    authenticate: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await authenticate();
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem === "unauthenticated")) throw error;
      const limit = await count(request);
      if (limit.isAllowed || !limit.isExceeded) throw error;
      reply.header("retry-after", limit.ttlInSeconds);
      throw problem("too-many-requests");
    }
  };
}
