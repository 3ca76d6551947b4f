/**
 * Photos that are made, or brought to a channel, at the same time. More only wait for each other on an office's line and take a laptop's
 * memory; X shows four in a post.
 */
export const photosAtOnce = 4;

/**
 * Runs `work` for each item in order, at most `limit` concurrently. After a failure or an abort no further item starts.
 * Running items finish; then the first failure is thrown. An abort alone throws nothing.
 *
 * @param items read one by one, when a worker is free
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  // The workers share the iterator, so each item goes to one worker.
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failure: { error: unknown } | undefined;
  const isStopped = () => failure !== undefined || signal?.aborted === true;
  const worker = async () => {
    try {
      while (!isStopped()) {
        const next = await iterator.next();
        if (next.done) return;
        // Another worker may have failed while this one waited for the item.
        if (!isStopped()) await work(next.value);
      }
    } catch (error) {
      failure ??= { error };
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
  if (isStopped()) await iterator.return?.();
  if (failure) throw failure.error;
}

/** Returns a function that runs work in the order in which it is asked, at most `limit` at a time. Failures are the asker's. */
export function limitConcurrency(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((start) => waiting.push(start));
    else running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place, so that nobody who comes meanwhile overtakes.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
