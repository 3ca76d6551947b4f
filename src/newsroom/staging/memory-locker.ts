import { ERRORS, type Locker, type RequestRelease } from "@tus/server";

/** How long a request waits for an upload, in ms; the client comes back. */
const defaultWaitMs = 30_000;

interface Waiting {
  start(): void;
  requestRelease: RequestRelease;
}

/**
 * Locks uploads within this process; whoever waits is next in the order of arrival, and asks the holder to end. The
 * MemoryLocker of @tus/server asks again in every turn of the event loop, which takes a processor for as long as a photo is
 * decoded.
 */
export function memoryLocker(waitMs = defaultWaitMs): Locker {
  const locks = new Map<string, { requestRelease: RequestRelease; waiting: Waiting[] }>();
  return {
    newLock: (id) => ({
      async lock(signal, requestRelease) {
        const held = locks.get(id);
        if (!held) {
          locks.set(id, { requestRelease, waiting: [] });
          return;
        }
        const { waiting } = held;
        await new Promise<void>((resolve, reject) => {
          const giveUp = () => {
            waiting.splice(waiting.indexOf(mine), 1);
            end(() => reject(ERRORS.ERR_LOCK_TIMEOUT));
          };
          const mine = { requestRelease, start: () => end(resolve) };
          const timer = setTimeout(giveUp, waitMs);
          const end = (settle: () => void) => {
            clearTimeout(timer);
            signal.removeEventListener("abort", giveUp);
            settle();
          };
          signal.addEventListener("abort", giveUp);
          waiting.push(mine);
          void held.requestRelease();
          if (signal.aborted) giveUp();
        });
      },
      async unlock() {
        const held = locks.get(id);
        const next = held?.waiting.shift();
        if (!held || !next) {
          locks.delete(id);
          return;
        }
        held.requestRelease = next.requestRelease;
        next.start();
        if (held.waiting.length > 0) void next.requestRelease();
      },
    }),
  };
}
