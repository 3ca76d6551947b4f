import type { SessionAnswer, SessionRequest } from "./protocol.js";

interface HolderOptions {
  /** Of the vault's header; says which key this is, and reveals nothing of it. */
  check: string;
  key: Buffer;
  until: Date;
  now: () => Date;
  /** Milliseconds on a clock that nobody sets (performance.now). */
  elapsed: () => number;
  /** The `check` of the vault as it is now; undefined where there is none or it cannot be read. */
  readCheck: () => Promise<string | undefined>;
}

/** What the agent knows. */
export interface Holder {
  /** Answers one request. `end` wipes the key. */
  answer(request: SessionRequest): Promise<SessionAnswer>;
  /** Whether the key is held no more: its time is over, or the vault has another key, or is gone. Wipes it then. */
  isOver(): Promise<boolean>;
}

/**
 * Holds a key for its time. The time is over by either clock: one that is set forward ends it early, one that is set back does not make
 * it longer, and the hours in which a laptop sleeps count, which only the clock on the wall tells.
 */
export function createHolder({ check, key, until, now, elapsed, readCheck }: HolderOptions): Holder {
  const startedAt = elapsed();
  const limitMs = until.getTime() - now().getTime();
  let isHeld = true;

  function end(): void {
    key.fill(0);
    isHeld = false;
  }

  async function isOver(): Promise<boolean> {
    if (isHeld && (now() >= until || elapsed() - startedAt >= limitMs)) end();
    if (isHeld && (await readCheck()) !== check) end();
    return !isHeld;
  }

  return {
    isOver,
    async answer(request) {
      if (request.ask === "end") {
        end();
        return { held: false };
      }
      if ((await isOver()) || request.check !== check) return { held: false };
      return { held: true, key: key.toString("base64"), until: until.toISOString() };
    },
  };
}
