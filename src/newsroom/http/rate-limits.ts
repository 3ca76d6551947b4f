import { setTimeout as pause } from "node:timers/promises";
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

/** Statuses of `too-many-requests`, `quota` and `too-large`. */
const refusalsOfMuch: readonly number[] = [429, 413];

/**
 * Answers whoever sends too much only after a pause, in which nothing is read; if the request had been worked on, none of
 * the person's others is. A client that goes on at once would otherwise send hundreds of large bodies in a second, which all have to be read
 * away, or made and undone; the others have to come back later anyway.
 *
 * @param ms how long the answer waits
 */
export function delayRefusals(app: FastifyInstance, ms: number): void {
  app.addHook("onSend", async (_request, reply) => {
    if (refusalsOfMuch.includes(reply.statusCode)) await pause(ms);
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
