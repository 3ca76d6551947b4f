import { problem } from "../services/problem.js";

/** Runs work a few at a time, in the order in which it came. */
export type WorkQueue = <T>(work: () => Promise<T>) => Promise<T>;

/** How long somebody who found the queue full should wait, in seconds. */
const retryAfter = 5;

/**
 * Makes the queue for work that costs much, such as hashing passwords. Throws `too-many-requests` (503) when it is
 * full, before any of the work has begun.
 *
 * @param atOnce how many run at the same time
 * @param waiting how many may wait besides
 */
export function createWorkQueue(atOnce: number, waiting: number): WorkQueue {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting)
        throw problem("too-many-requests", { status: 503, retry_after: retryAfter });
      // Whoever ends hands its place over, so that nobody who comes in between takes it.
      await new Promise<void>((resolve) => queue.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
