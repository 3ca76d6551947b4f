import type { FastifyRequest } from "fastify";
import { limitedKey } from "./rate-limits.js";

/** Bytes that may lie in memory at once for requests, until they are over. */
interface Budget {
  /** Of one person; of one address whose requests bring no login. */
  each: number;
  /** Of all requests without a login, from wherever they come. */
  visitors: number;
}

const visitors = "visitors";

/**
 * Counts what requests hold in memory, by whose they are.
 *
 * @returns opens an account for a request: `take` counts bytes that have come, and is false when there is no room for them;
 *   `give` takes all of them back, when the request is over
 */
export function createBudget({ each, visitors: ofVisitors }: Budget) {
  const held = new Map<string, number>();
  const count = (key: string, bytes: number) => {
    const now = (held.get(key) ?? 0) + bytes;
    if (now > 0) held.set(key, now);
    else held.delete(key);
    return now;
  };
  return (request: FastifyRequest) => {
    const key = limitedKey(request);
    const isVisitor = !request.caller && !request.visitor?.caller;
    let bytes = 0;
    return {
      take(more: number): boolean {
        bytes += more;
        const mine = count(key, more);
        const all = isVisitor ? count(visitors, more) : 0;
        return mine <= each && all <= ofVisitors;
      },
      give(): void {
        count(key, -bytes);
        if (isVisitor) count(visitors, -bytes);
        bytes = 0;
      },
    };
  };
}
