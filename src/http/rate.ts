import { setTimeout as pause } from "node:timers/promises";

/** The rate limit that all uploads of a run share. */
export interface RateLimit {
  /** Bytes to send at a time. */
  readonly slice: number;
  /** Waits until `bytes` more may be sent. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** @param bytesPerSecond @param now ms, monotonic */
export function limitRate(bytesPerSecond: number, now: () => number = () => performance.now()): RateLimit {
  /** The time at which all bytes taken so far have been sent. */
  let free = now();
  return {
    // The bytes of a tenth of a second, so that the connection is used evenly.
    slice: Math.max(1024, Math.min(64 * 1024, Math.round(bytesPerSecond / 10))),
    async take(bytes, signal) {
      const start = Math.max(free, now());
      free = start + (bytes / bytesPerSecond) * 1000;
      if (start > now()) await pause(start - now(), undefined, { signal });
    },
  };
}
