import { readFileSync } from "node:fs";

/** What one process that decodes may use. Exceeding either ends the process. */
export interface EngineBounds {
  /** Most memory that it may have had, in bytes: its own (resident), with the 70 MB of Node. */
  memoryBytes: number;
  /** Longest time for one request, in ms. */
  requestMs: number;
}

/** How often the memory is read while a photo is being decoded, in ms. A decoder gains some 20 MB in this time. */
export const watchEveryMs = 25;

/** V8's limit for the JavaScript of the process, in MB. Pictures are outside it. */
export const heapMegabytes = 96;

/**
 * Reads the most memory that a process has had (VmHWM of proc_pid_status(5)) plus what is swapped out, in bytes. The
 * kernel keeps the peak, so a short one between two reads is seen too. Undefined where the system has no /proc, or the
 * process has ended.
 */
export function readPeakMemory(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    const kilobytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
    return (kilobytes("VmHWM") + kilobytes("VmSwap")) * 1024 || undefined;
  } catch {
    return undefined;
  }
}
