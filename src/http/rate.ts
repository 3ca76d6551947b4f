import { setTimeout as pause } from "node:timers/promises";

/** How fast all uploads of a run together may send. */
export interface RateLimit {
  /** Bytes to send at a time. */
  readonly slice: number;
  /** Waits until `bytes` more may go. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** @param bytesPerSecond @param now ms, monotonic */
export function limitRate(bytesPerSecond: number, now: () => number = () => performance.now()): RateLimit {
  /** When everything that was taken has gone. */
  let free = now();
  return {
    // A tenth of a second, so that the line is used evenly.
    slice: Math.max(1024, Math.min(64 * 1024, Math.round(bytesPerSecond / 10))),
    async take(bytes, signal) {
      const start = Math.max(free, now());
      free = start + (bytes / bytesPerSecond) * 1000;
      if (start > now()) await pause(start - now(), undefined, { signal });
    },
  };
}
