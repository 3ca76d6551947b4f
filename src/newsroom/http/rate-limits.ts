import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addressGroup } from "../../text/address-group.js";
import { ProblemError, problem } from "../services/problem.js";
import { connectionCut } from "./closed.js";

/**
 * What a request counts for: the person, with whatever token or session, else the address. By token, one person could
 * have any number of limits.
 */
export function limitedKey(request: FastifyRequest): string {
  return personOf(request) ?? addressOf(request);
}

/** The address, or the network, that a request comes from. Throws `connectionCut` when the client has gone. */
export function addressOf(request: FastifyRequest): string {
  const { ip } = request as { ip?: string };
  if (ip === undefined) throw connectionCut();
  return addressGroup(ip);
}

/** The id of the person who is logged in by token or session. */
export function personOf({ caller, visitor }: FastifyRequest): string | undefined {
  return caller?.id ?? visitor?.caller?.id;
}

/** Statuses of `unauthenticated`, `too-many-requests`, and `quota` and `too-large`. */
const delayedStatuses: readonly number[] = [401, 429, 413];
/** Refusals of one person that may wait before each waits longer. A laptop has a handful of requests open. */
const waitingFreely = 16;
/** The longest pause, in ms: shorter than clients and proxies wait for an answer. */
const longestPauseMs = 20_000;

/**
 * Answers whoever is not let in, or sends too much, only after a pause, in which nothing is read; if the request had been
 * worked on, none of the person's others is. A client that goes on at once would otherwise send hundreds of large bodies
 * in a second, which all have to be read away, or made and undone; the others have to come back later anyway. From 16
 * refusals on that wait, the pause grows with their number, so that however many connections ask again, they are refused
 * some dozens of times in a second: of a person, and of all who have not logged in, who have any number of addresses.
 *
 * @param ms how long the answer waits; up to 20 s with many others
 */
export function delayRefusals(app: FastifyInstance, ms: number): void {
  const waiting = new Map<string, number>();
  app.addHook("onSend", async (request, reply) => {
    if (!delayedStatuses.includes(reply.statusCode)) return;
    const key = personOf(request) ?? "visitors";
    const others = waiting.get(key) ?? 0;
    waiting.set(key, others + 1);
    await pauseFor(reply, Math.min(ms * Math.max(1, others / waitingFreely), longestPauseMs));
    const left = (waiting.get(key) ?? 0) - 1;
    if (left > 0) waiting.set(key, left);
    else waiting.delete(key);
  });
}

/** Waits, at most until the client has gone: what it asked would lie in memory meanwhile. */
function pauseFor(reply: FastifyReply, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    reply.raw.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
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
