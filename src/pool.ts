/**
 * Does `work` for each item, in their order, at most `limit` at the same time. A failure or an abort begins no further
 * item; what is in work ends first. Then the first failure is thrown. An abort throws nothing by itself.
 *
 * @param items taken one by one, when there is room for one
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  // Shared: each worker takes what no other has taken.
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
