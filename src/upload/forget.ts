import { withLock } from "../files/lock.js";
import type { BatchPaths } from "./batches.js";
import { type BatchState, type Fact, forgotten, needsAnswer, openJournal } from "./journal.js";

/** What of a batch has not arrived. */
interface Waiting {
  /** Photos that a later `sync` sends by itself. */
  agreed: number;
  /** Photos that it sends only after a question. */
  unagreed: number;
  /** Photos of the batch that are listed in their album or post. */
  done: number;
}

/** Counts the photos of a batch that have not arrived; none of a batch that is over, and of photos that cannot be sent. */
export function waitingIn(state: BatchState): Waiting {
  const isDone = (source: string) => state.attached.has(state.made.get(source)?.sha256 ?? "");
  const sources = [...state.sources.keys()];
  const open = state.ended ? [] : sources.filter((source) => !isDone(source));
  return {
    agreed: open.filter((source) => !state.failed.has(source)).length,
    unagreed: open.filter((source) => needsAnswer(state.failed.get(source))).length,
    done: sources.filter(isDone).length,
  };
}

/**
 * Takes what has not arrived out of a batch, so that no `sync` sends it. The photos and what has arrived stay. Throws `lock-held` (exit 5)
 * while another process sends it.
 *
 * @returns the number of photos that were waiting
 */
export async function forgetBatch(place: BatchPaths, now: () => Date): Promise<number> {
  return withLock(place.lock, async () => {
    const journal = await openJournal(place.journal);
    try {
      const { state } = journal;
      const { agreed, unagreed } = waitingIn(state);
      const isOpen = (source: string) =>
        !state.attached.has(state.made.get(source)?.sha256 ?? "") &&
        (!state.failed.has(source) || needsAnswer(state.failed.get(source)));
      const open = state.ended ? [] : [...state.sources.keys()].filter(isOpen);
      await journal.add(...open.map((source): Fact => ({ fact: "failed", source, code: forgotten })));
      if (!state.ended) await journal.add({ fact: "ended", at: now().toISOString() });
      await journal.sync();
      return agreed + unagreed;
    } finally {
      await journal.close();
    }
  });
}
