import { sql } from "kysely";
import { createThread, ThreadError } from "../../thread.js";
import type { Store } from "./open.js";

/**
 * Copies SQLite's write-ahead log into the database's file, in a thread of its own. SQLite itself does it within a commit,
 * once the log is long enough, and waits for the disk twice: nobody is answered meanwhile.
 */
export interface Checkpoints {
  /** Copies what was committed by now, unless it cannot; others read and write meanwhile. */
  run(): Promise<void>;
  /** Resolves with the error if the thread ends by itself. The log is left to SQLite then. */
  failure: Promise<unknown>;
  /** Ends the thread. Must be called before the store is closed. */
  close(): Promise<void>;
}

export interface CheckpointJob {
  /** Path of the database's file. */
  database: string;
  /** Whether the thread closes the file after this one. */
  isLast: boolean;
}

const everyMs = 1000;
/** SQLite copies a log of so many pages of 4 KB after all, at a commit: the thread lags behind, or has ended. */
const longestLog = 16_384;

/**
 * @param database path of the file that `store` has open
 * @param file the module of the thread. Default: beside its source, as it is built
 */
export async function startCheckpoints(
  store: Store,
  database: string,
  file: string | URL = new URL("./checkpoint-thread.js", import.meta.url),
): Promise<Checkpoints> {
  await sql`pragma wal_autocheckpoint = ${sql.lit(longestLog)}`.execute(store);
  const thread = createThread<CheckpointJob, null>({
    file,
    deadlineMs: 60_000,
    maxWaiting: 2,
    maxHeapMb: 32,
    idleMs: 10 * everyMs,
  });
  let isOver = false;
  let fail: (error: unknown) => void;
  const failure = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  let running = 0;
  let hasRun = false;
  const run = async (): Promise<void> => {
    running += 1;
    hasRun = true;
    try {
      if (!isOver) await thread.run({ database, isLast: false });
    } catch (error) {
      // The log is copied already, and will be once more.
      if (error instanceof ThreadError && error.reason === "busy") return;
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      fail(error);
    } finally {
      running -= 1;
    }
  };
  const timer = setInterval(() => {
    // A second one would still be at work when the first is over, and whoever waited for that would meet it.
    if (running === 0) void run();
  }, everyMs).unref();
  return {
    run,
    failure,
    async close() {
      clearInterval(timer);
      if (hasRun && !isOver) await thread.run({ database, isLast: true }).catch(() => {});
      isOver = true;
      await thread.close();
    },
  };
}
