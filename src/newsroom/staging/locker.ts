import { setTimeout as pause } from "node:timers/promises";
import { ERRORS, type Lock, type Locker, type RequestRelease } from "@tus/server";
import { v7 as uuid } from "uuid";
import { Outage } from "../outage.js";
import type { Store } from "../store/database/open.js";
import {
  beatLock,
  type HeldLock,
  isHeldBy,
  releaseLock,
  takeLock,
  takeOverLock,
} from "../store/photos/upload-locks.js";

const pollMs = 250;
const beatMs = 1000;
/** Polls without a new beat after which the holder counts as dead: ten beats. */
const deadAfterPolls = 40;
/** Polls after which a request gives up; the client retries. */
const maxPolls = 120;

/**
 * Locks uploads across all processes of the database. A holder updates a beat to show that it is alive, and learns at the
 * same time whether another request waits. A dead holder loses its lock. Clocks of different machines are never compared.
 */
export function databaseLocker(store: Store): Locker {
  return { newLock: (id) => lockOf(store, id) };
}

/** A lock that may be lost to another process, which took this one for dead. */
interface DatabaseLock extends Lock {
  isHeld(transaction: Store): Promise<boolean>;
}

export function lockOf(store: Store, id: string): DatabaseLock {
  const holder = uuid();
  let beatTimer: NodeJS.Timeout | undefined;
  return {
    async lock(signal: AbortSignal, requestRelease: RequestRelease) {
      await acquire(store, id, holder, signal);
      const beat = async () => {
        // If the database is unreachable for a moment, the lock is kept; if it stays so, the write itself fails.
        const state = await beatLock(store, id, holder).catch(() => "kept");
        if (state !== "kept") await requestRelease();
      };
      beatTimer = setInterval(() => void beat(), beatMs).unref();
    },
    async unlock() {
      clearInterval(beatTimer);
      await releaseLock(store, id, holder).catch((error: unknown) => {
        if (!(error instanceof Outage)) throw error;
        void releaseLater(store, id, holder);
      });
    },
    isHeld: (transaction) => isHeldBy(transaction, id, holder),
  };
}

async function acquire(store: Store, id: string, holder: string, signal: AbortSignal): Promise<void> {
  let seen: HeldLock | undefined;
  for (let polls = 0, unchangedPolls = 0; polls < maxPolls && !signal.aborted; polls += 1) {
    const state = await takeLock(store, id, holder);
    if (state === true) return;
    const moved = state?.holder !== seen?.holder || state?.beat !== seen?.beat;
    unchangedPolls = moved ? 0 : unchangedPolls + 1;
    seen = state;
    if (seen && unchangedPolls >= deadAfterPolls && (await takeOverLock(store, id, seen, holder))) return;
    await pause(pollMs);
  }
  throw ERRORS.ERR_LOCK_TIMEOUT;
}

/**
 * Releases a lock once the database is back: whoever wants it would wait until its holder counts as dead. By then nobody
 * needs it any more.
 */
async function releaseLater(store: Store, id: string, holder: string): Promise<void> {
  for (let tries = 0; tries < deadAfterPolls; tries += 1) {
    await pause(pollMs, undefined, { ref: false });
    const isReleased = await releaseLock(store, id, holder).then(
      () => true,
      (error: unknown) => !(error instanceof Outage),
    );
    if (isReleased) return;
  }
}
