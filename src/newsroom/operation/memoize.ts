/** Memoises for `ms`; concurrent callers share one call. */
export function memoize<T>(ms: number, compute: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > ms) {
      const answer = compute();
      last = { at: now, answer };
      // Callers that wait receive the failure; it is not cached.
      answer.catch(() => {
        if (last?.answer === answer) last = undefined;
      });
    }
    return last.answer;
  };
}
