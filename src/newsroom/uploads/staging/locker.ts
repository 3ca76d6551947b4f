import { setTimeout as pause } from "node:timers/promises";
import { ERRORS, type Lock, type Locker, type RequestRelease } from "@tus/server";
import { v7 as uuid } from "uuid";
import type { Store } from "../../store/database/open.js";
import {
  beatLock,
  type HeldLock,
  releaseLock,
  takeLock,
  takeOverLock,
} from "../../store/photos/upload-locks.js";

const pollMs = 250;
const beatMs = 1000;
/** Polls without a beat after which a holder is dead: ten of its beats. */
const patience = 40;
/** Polls after which a request gives up; the client asks again. */
const maxWaitMs = 120;

/**
 * Locks on uploads that every process on the database respects. A holder shows with a beat that it lives, and learns
 * there that somebody waits; one that died loses its lock. Nobody's clock is compared with another's.
 */
export function databaseLocker(store: Store): Locker {
  return { newLock: (id) => lockOf(store, id) };
}

function lockOf(store: Store, id: string): Lock {
  const holder = uuid();
  let beating: NodeJS.Timeout | undefined;
  return {
    async lock(signal: AbortSignal, requestRelease: RequestRelease) {
      await take(store, id, holder, signal);
      const beat = async () => {
        // A database that is away for a moment keeps the lock; the write itself will fail if it stays away.
        const state = await beatLock(store, id, holder).catch(() => "kept");
        if (state !== "kept") await requestRelease();
      };
      beating = setInterval(() => void beat(), beatMs).unref();
    },
    async unlock() {
      clearInterval(beating);
      await releaseLock(store, id, holder);
    },
  };
}

async function take(store: Store, id: string, holder: string, signal: AbortSignal): Promise<void> {
  let seen: HeldLock | undefined;
  for (let polls = 0, still = 0; polls < maxWaitMs && !signal.aborted; polls += 1) {
    const state = await takeLock(store, id, holder);
    if (state === true) return;
    const moved = state?.holder !== seen?.holder || state?.beat !== seen?.beat;
    still = moved ? 0 : still + 1;
    seen = state;
    if (seen && still >= patience && (await takeOverLock(store, id, seen, holder))) return;
    await pause(pollMs);
  }
  throw ERRORS.ERR_LOCK_TIMEOUT;
}
