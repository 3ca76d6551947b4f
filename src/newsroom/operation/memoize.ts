/** `ask`, whose answer is given again for `ms`; who comes while it is being asked waits for the same answer. */
export function memoize<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > ms) {
      const answer = ask();
      last = { at: now, answer };
      // A failure is told to those who asked, and not kept.
      answer.catch(() => {
        if (last?.answer === answer) last = undefined;
      });
    }
    return last.answer;
  };
}
