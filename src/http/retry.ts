import { setTimeout as pause } from "node:timers/promises";
import { cancelled, exit, KominfoError } from "../errors/errors.js";
import { needsPerson } from "../errors/http.js";

/** How often a piece of work is retried, and how long the waits between the tries are. */
export interface RetryPolicy {
  /** Tries in a row without progress, the first included. */
  tries: number;
  /** Tries in total, with and without progress. */
  maxTries: number;
  /** The first wait in ms. Each further wait may be twice as long. */
  firstWaitMs: number;
  maxWaitMs: number;
}

/** Retries for about two minutes while nothing arrives. */
const defaultRetryPolicy: RetryPolicy = {
  tries: 8,
  maxTries: 60,
  firstWaitMs: 500,
  maxWaitMs: 30_000,
};

/** A connection on which nothing arrives for this many ms is given up for this run. */
export const maxSilenceMs = 3 * 60_000;
/** The longest `Retry-After` that is obeyed, in ms. A person does not wait longer; the next run continues. */
const maxRequestedWaitMs = 5 * 60_000;

/**
 * Computes the wait before try `attempt + 1`, in ms; attempts count from 1. The wait grows exponentially, and half of it
 * is random, so that a hundred laptops that lost one server do not reconnect at once.
 *
 * @param random from 0 up to 1
 */
export function backoffMs(attempt: number, policy: RetryPolicy, random: number): number {
  const maxMs = Math.min(policy.maxWaitMs, policy.firstWaitMs * 2 ** (attempt - 1));
  return Math.round(maxMs / 2 + (maxMs / 2) * random);
}

/**
 * Parses `Retry-After`, which holds seconds or a date (RFC 9110, 10.2.3), into ms. Returns undefined when the header is
 * missing or malformed.
 *
 * @param nowMs ms since 1970; without it a date gives undefined
 */
export function retryAfterMs(header: string | undefined, nowMs?: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) || nowMs === undefined ? undefined : Math.max(0, date - nowMs);
}

/** State shared by all requests to one server: when the server asks for a pause, all of them pause. */
export interface Connection {
  /** Waits until the requested pause is over. */
  clear(signal: AbortSignal): Promise<void>;
  /** Sends nothing for this many ms. */
  pause(ms: number): void;
  /** Notes that something arrived. */
  worked(): void;
  /** Returns the ms since something last arrived. */
  silentMs(): number;
}

/** @param now ms, monotonic */
export function createConnection(now: () => number = () => performance.now()): Connection {
  let until = 0;
  let last = now();
  return {
    async clear(signal) {
      while (until > now()) await pause(until - now(), undefined, { signal });
    },
    pause: (ms) => {
      until = Math.max(until, now() + ms);
    },
    worked: () => {
      last = now();
    },
    silentMs: () => now() - last,
  };
}

/** How `persist` retries. */
export interface Persistence {
  signal: AbortSignal;
  policy?: RetryPolicy;
  connection?: Connection;
  random?: () => number;
  /** ms since 1970; for a Retry-After that is a date. */
  wallClock?: () => number;
  /** Whether this failure may pass by itself; default: exit 5, unless a person has to do something first. */
  mayPass?: (error: KominfoError) => boolean;
  /** Returns a number that changes with every progress; progress resets the count of fruitless tries. */
  progress?: () => number;
  /** Called before each wait. */
  onWait?: OnWait | undefined;
}

/** Which try comes next, of how many without progress. */
export interface Tries {
  next: number;
  of: number;
}

export type OnWait = (error: KominfoError, waitMs: number, tries: Tries) => void;

/**
 * Runs `work` until it succeeds, fails permanently, or the policy allows no further try; then it throws the last failure.
 * Pass only work that may run twice. Throws `cancelled` (exit 130) when the signal is aborted.
 */
export async function persist<T>(work: (attempt: number) => Promise<T>, options: Persistence): Promise<T> {
  const {
    signal,
    policy = defaultRetryPolicy,
    connection,
    random = Math.random,
    mayPass = isTemporary,
  } = options;
  let reached = options.progress?.() ?? 0;
  let fruitless = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await connection?.clear(signal);
      signal.throwIfAborted();
      const result = await work(attempt);
      connection?.worked();
      return result;
    } catch (error) {
      if (signal.aborted) throw cancelled("cancelled");
      if (!(error instanceof KominfoError) || !mayPass(error)) throw error;
      const now = options.progress?.() ?? 0;
      fruitless = now === reached ? fruitless + 1 : 1;
      reached = now;
      const requestedMs = retryAfterMs(requestedWaitMs(error), options.wallClock?.());
      if (fruitless >= policy.tries || attempt >= policy.maxTries) throw error;
      if (requestedMs !== undefined && requestedMs > maxRequestedWaitMs) throw error;
      if (connection && connection.silentMs() > maxSilenceMs) throw error;
      const wait = Math.max(requestedMs ?? 0, backoffMs(fruitless, policy, random()));
      if (requestedMs !== undefined) connection?.pause(requestedMs);
      options.onWait?.(error, wait, { next: fruitless + 1, of: policy.tries });
      await pause(wait, undefined, { signal }).catch(() => {
        throw cancelled("cancelled");
      });
    }
  }
}

function isTemporary(error: KominfoError): boolean {
  return error.exit === exit.temporary && !needsPerson(error);
}

/** Returns the `Retry-After` that the failed answer carried. */
function requestedWaitMs({ params }: KominfoError): string | undefined {
  const fields: unknown = params;
  const isGiven = typeof fields === "object" && fields !== null && "wait" in fields;
  return isGiven && typeof fields.wait === "string" ? fields.wait : undefined;
}
