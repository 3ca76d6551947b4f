import type { Lock } from "@tus/server";
import { Outage } from "../outage.js";
import type { Store } from "../store/database/open.js";
import { lockOf } from "./locker.js";
import { memoryLocker } from "./memory-locker.js";

/**
 * Lets one at a time store or remove a blob. Both ask a store that may be far away, and note in the database what they have
 * done: a transaction of the database must not wait for another store, because everybody else who writes waits for it.
 */
export interface BlobLocks {
  /**
   * Runs `work` while nobody else, in any process, stores or removes this blob. Throws `Outage` when another does for long.
   *
   * @param work gets `confirm`, which throws `Outage` when another process took this one for dead and has the lock now; in
   * a transaction that records a blob, so that it records none that was removed meanwhile
   */
  run<T>(sha256: string, work: (confirm: Confirm) => Promise<T>): Promise<T>;
}
type Confirm = (transaction: Store) => Promise<void>;

/** Locks of all processes of the database. */
export function databaseBlobLocks(store: Store): BlobLocks {
  return {
    run(sha256, work) {
      const lock = lockOf(store, `blob:${sha256}`);
      return runLocked(lock, () =>
        work(async (transaction) => {
          if (!(await lock.isHeld(transaction))) throw new Outage("blobs");
        }),
      );
    },
  };
}

/** Locks of this process, for a newsroom that has one. */
export function localBlobLocks(): BlobLocks {
  const locker = memoryLocker();
  return { run: (sha256, work) => runLocked(locker.newLock(sha256), () => work(async () => {})) };
}

async function runLocked<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  // Another one that wants it waits: the work takes seconds.
  await lock
    .lock(new AbortController().signal, () => {})
    .catch((cause: unknown) => {
      throw cause instanceof Outage ? cause : new Outage("blobs", { cause });
    });
  try {
    return await work();
  } finally {
    await lock.unlock();
  }
}
