import type { FastifyReply, FastifyRequest } from "fastify";
import { hasGone } from "./closed.js";
import { createCounts } from "./counts.js";
import { limitedKey, visitors } from "./requester.js";

/** Bytes that may lie in memory at once for requests, until they are over. */
interface Budget {
  /** Of one person; of one address whose requests bring no login. */
  each: number;
  /** Of all requests without a login, from wherever they come. */
  visitors: number;
}

/**
 * Counts what requests hold in memory, by whose they are, until their connections have taken their answers or have closed.
 *
 * @returns opens an account for a request, which takes bytes and returns whether there is room for them: always for the
 *   first of a person, however many they are
 */
export function createBudget({ each, visitors: ofVisitors }: Budget) {
  const held = createCounts();
  return (request: FastifyRequest, reply: FastifyReply) => {
    const key = limitedKey(request);
    const isVisitor = !request.caller && !request.visitor?.caller;
    let bytes = 0;
    reply.raw.once("close", () => {
      held.add(key, -bytes);
      if (isVisitor) held.add(visitors, -bytes);
    });
    return (more: number): boolean => {
      // Nothing is kept.
      if (hasGone(reply)) return true;
      bytes += more;
      const mine = held.add(key, more);
      const all = isVisitor ? held.add(visitors, more) : 0;
      return (mine <= each || mine === more) && all <= ofVisitors;
    };
  };
}
