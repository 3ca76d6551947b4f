import type { FastifyReply, FastifyRequest } from "fastify";
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
  const held = new Map<string, number>();
  const count = (key: string, bytes: number) => {
    const now = (held.get(key) ?? 0) + bytes;
    if (now > 0) held.set(key, now);
    else held.delete(key);
    return now;
  };
  return (request: FastifyRequest, reply: FastifyReply) => {
    const key = limitedKey(request);
    const isVisitor = !request.caller && !request.visitor?.caller;
    let bytes = 0;
    reply.raw.once("close", () => {
      count(key, -bytes);
      if (isVisitor) count(visitors, -bytes);
    });
    return (more: number): boolean => {
      // The client has gone: nothing tells the end any more, and nothing is kept.
      if (reply.raw.destroyed || reply.raw.closed) return true;
      bytes += more;
      const mine = count(key, more);
      const all = isVisitor ? count(visitors, more) : 0;
      return (mine <= each || mine === more) && all <= ofVisitors;
    };
  };
}
