import type { Output } from "./output.js";

/** One line on stderr that says how far the work is; nothing where no person watches. */
export interface Progress {
  /**
   * @param sent @param size bytes, where bytes are what takes the time
   * @param pace words for how many are done in a second, where that is worth saying
   */
  update(
    label: string,
    done?: number,
    total?: number,
    sent?: number,
    size?: number,
    pace?: (perSecond: number) => string,
  ): void;
  /** Takes the line away. */
  clear(): void;
}

const frameMs = 80;

/** @param now ms, monotonic; for the time left */
export function createProgress(output: Output, now: () => number = () => performance.now()): Progress {
  let label = "";
  let started = now();
  let last = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    update(next, done, total, sent, size, pace) {
      if (!output.live) return;
      if (next !== label) {
        label = next;
        started = now();
        last = Number.NEGATIVE_INFINITY;
      }
      if (now() - last < frameMs && done !== total) return;
      last = now();
      const line = lineOf(label, { done, total, sent, size, pace, elapsedMs: now() - started });
      output.progress(`\r\u001b[2K${line.slice(0, Math.max(10, output.columns - 1))}`);
      isShown = true;
    },
    clear() {
      if (isShown) output.progress("\r\u001b[2K");
      isShown = false;
    },
  };
}

interface Step {
  done: number | undefined;
  total: number | undefined;
  sent: number | undefined;
  size: number | undefined;
  pace?: ((perSecond: number) => string) | undefined;
  elapsedMs: number;
}

/** "Mengunggah foto  ████░░░░  3/12  1,4/5,2 MB  00:12" */
export function lineOf(label: string, { done, total, sent, size, pace, elapsedMs }: Step): string {
  if (done === undefined || total === undefined || total === 0) return `${label} …`;
  const share = sent !== undefined && size ? sent / size : done / total;
  const parts = [label, bar(share), `${Math.min(done + (sent === undefined ? 0 : 1), total)}/${total}`];
  if (sent !== undefined && size) parts.push(`${megabytes(sent)}/${megabytes(size)} MB`);
  if (pace && done > 0 && elapsedMs > 1000) parts.push(pace((done / elapsedMs) * 1000));
  if (share > 0.02 && share < 1 && elapsedMs > 1000) parts.push(clock((elapsedMs / share) * (1 - share)));
  return parts.join("  ");
}

export const barWidth = 16;

/** `barWidth` characters, of which a share (0 to 1) is filled. */
export function bar(share: number): string {
  const filled = Math.round(Math.max(0, Math.min(1, share)) * barWidth);
  return "█".repeat(filled) + "░".repeat(barWidth - filled);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1).replace(".", ",");
}

function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
