import { setTimeout as pause } from "node:timers/promises";
import { cancelled, exit, KominfoError } from "../errors/errors.js";

/** How long one piece of work is tried again before it is given up. */
export interface RetryPolicy {
  /** Tries without any progress between them, the first included. */
  tries: number;
  /** Tries in all, whatever came of them. */
  triesInAll: number;
  /** Of the first wait; each further one may be twice as long. ms */
  firstWaitMs: number;
  longestWaitMs: number;
}

/** About two minutes of a line that gives nothing. */
const defaultRetryPolicy: RetryPolicy = {
  tries: 8,
  triesInAll: 60,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
};

/** A line on which nothing has arrived for so long is given up for this run. ms */
export const maxSilenceMs = 3 * 60_000;
/** A server may ask for more than a person waits for: then the next run continues. ms */
const maxRequestedWaitMs = 5 * 60_000;

/**
 * The wait before try `attempt + 1` (attempts count from 1): exponential, with half of it at random, so that a
 * hundred laptops that lost one server do not come back at once.
 *
 * @param random from 0 up to 1
 */
export function backoffMs(attempt: number, patience: RetryPolicy, random: number): number {
  const longest = Math.min(patience.longestWaitMs, patience.firstWaitMs * 2 ** (attempt - 1));
  return Math.round(longest / 2 + (longest / 2) * random);
}

/**
 * `Retry-After` in ms: seconds or a date (RFC 9110, 10.2.3); undefined when there is none that can be read.
 *
 * @param nowMs since 1970; without it a date says nothing
 */
export function retryAfterMs(header: string | undefined, nowMs?: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) || nowMs === undefined ? undefined : Math.max(0, date - nowMs);
}

/** What all work over one line shares: a server that asks for a pause asks it of everyone. */
export interface Connection {
  /** Waits until nobody has asked for a pause. */
  clear(signal: AbortSignal): Promise<void>;
  /** @param ms how long nothing is to be sent */
  pause(ms: number): void;
  /** Something arrived. */
  worked(): void;
  /** ms since something last arrived. */
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

export interface Persistence {
  signal: AbortSignal;
  patience?: RetryPolicy;
  line?: Connection;
  random?: () => number;
  /** ms since 1970; for a Retry-After that is a date. */
  wallClock?: () => number;
  /** Whether this failure may pass by itself; default: exit 5. */
  mayPass?: (error: KominfoError) => boolean;
  /** Changes whenever something was achieved: patience begins anew. */
  progress?: () => number;
  /** Before each wait. */
  onWait?: (error: KominfoError, waitMs: number) => void;
}

/**
 * Does `work` until it succeeds, fails for good, or patience ends; the last failure is thrown then. Only give it
 * work that may be done twice. Throws `cancelled` (exit 130) when the signal is aborted.
 */
export async function persist<T>(work: (attempt: number) => Promise<T>, options: Persistence): Promise<T> {
  const {
    signal,
    patience = defaultRetryPolicy,
    line,
    random = Math.random,
    mayPass = isTemporary,
  } = options;
  let reached = options.progress?.() ?? 0;
  let fruitless = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await line?.clear(signal);
      signal.throwIfAborted();
      const result = await work(attempt);
      line?.worked();
      return result;
    } catch (error) {
      if (signal.aborted) throw cancelled("cancelled");
      if (!(error instanceof KominfoError) || !mayPass(error)) throw error;
      const now = options.progress?.() ?? 0;
      fruitless = now === reached ? fruitless + 1 : 1;
      reached = now;
      const asked = retryAfterMs(requestedWaitMs(error), options.wallClock?.());
      if (fruitless >= patience.tries || attempt >= patience.triesInAll) throw error;
      if (asked !== undefined && asked > maxRequestedWaitMs) throw error;
      if (line && line.silentMs() > maxSilenceMs) throw error;
      const wait = Math.max(asked ?? 0, backoffMs(fruitless, patience, random()));
      if (asked !== undefined) line?.pause(asked);
      options.onWait?.(error, wait);
      await pause(wait, undefined, { signal }).catch(() => {
        throw cancelled("cancelled");
      });
    }
  }
}

function isTemporary(error: KominfoError): boolean {
  return error.exit === exit.temporary;
}

/** What the answer said of when to come back. */
function requestedWaitMs({ params }: KominfoError): string | undefined {
  const facts: unknown = params;
  const isGiven = typeof facts === "object" && facts !== null && "wait" in facts;
  return isGiven && typeof facts.wait === "string" ? facts.wait : undefined;
}
