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
  const open = openSources(state);
  const unagreed = open.filter((source) => state.failed.has(source)).length;
  const done = [...state.sources.keys()].filter((source) => isListed(state, source)).length;
  return { agreed: open.length - unagreed, unagreed, done };
}

/** Photos that may still be sent, at once or after a question. */
function openSources(state: BatchState): string[] {
  if (state.ended) return [];
  return [...state.sources.keys()].filter((source) => {
    const failure = state.failed.get(source);
    return !isListed(state, source) && (failure === undefined || needsAnswer(failure));
  });
}

function isListed({ attached, made }: BatchState, source: string): boolean {
  return attached.has(made.get(source)?.sha256 ?? "");
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
      const open = openSources(state);
      await journal.add(...open.map((source): Fact => ({ fact: "failed", source, code: forgotten })));
      if (!state.ended) await journal.add({ fact: "ended", at: now().toISOString() });
      await journal.sync();
      return open.length;
    } finally {
      await journal.close();
    }
  });
}
