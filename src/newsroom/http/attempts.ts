import type { FastifyContextConfig, FastifyRequest } from "fastify";
import { problem } from "../services/problem.js";
import { countAttempt } from "../store/people/attempts.js";
import { addressOf } from "./requester.js";
import type { Writing } from "./write.js";

/**
 * What can be guessed at without a login. Activation codes at the desk and at the API are one kind. A code
 * that is looked at before it is spent is another, so that one login does not count twice.
 */
type Guessable = "login" | "activation" | "activation-check" | "link";

/** Milliseconds. */
const windowMs = 60_000;

interface Guarded extends Pick<Writing, "writeOpenly"> {
  /** Attempts of one kind from one group of addresses. */
  rates: { activations_per_minute: number };
  now: () => Date;
}

/**
 * Counts an attempt of the request's address before it is evaluated, in the database: so that of many at once, to any
 * process of the newsroom and from any address of one subscriber, no more are evaluated than allowed. Throws
 * `too-many-requests`. The count is committed by itself; nothing that happens to the request later takes it back.
 */
export async function admitAttempt(
  { writeOpenly, rates, now }: Guarded,
  request: FastifyRequest,
  kind: Guessable,
): Promise<void> {
  const subject = `${kind} ${addressOf(request)}`;
  const limit = { max: rates.activations_per_minute, windowMs };
  const waitMs = await writeOpenly(request, (transaction) =>
    countAttempt(transaction, subject, limit, now()),
  );
  if (waitMs !== undefined) throw problem("too-many-requests", { retry_after: Math.ceil(waitMs / 1000) });
}

/**
 * Options of a route with guesses: this process refuses by itself what is too much, so that a flood does not reach the
 * database. It works on a full disk: whoever takes something away there has to log in first.
 */
export function guardedRoute({ rates }: Pick<Guarded, "rates">): { config: FastifyContextConfig } {
  const rateLimit = { max: rates.activations_per_minute, timeWindow: windowMs };
  return { config: { rateLimit, worksWhenFull: true } };
}
