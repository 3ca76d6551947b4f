import type { Output } from "./output.js";

/** A state of some work in progress. */
export interface ProgressStep {
  label: string;
  /** What is finished, failures included. */
  done?: number | undefined;
  /** How many of these failed, and the words for it: they are told apart. */
  failures?: { count: number; text: string } | undefined;
  total?: number | undefined;
  /** Bytes sent, if the work is a transfer. */
  sent?: number | undefined;
  size?: number | undefined;
  /** Formats the number done a second, to be displayed if set. */
  pace?: (perSecond: number) => string;
  /** The name of the step in JSON. */
  step?: string;
  /** Names of the files in transfer. */
  current?: readonly string[];
  /** Replaces the numbers while the transfer waits. */
  waiting?: string | undefined;
}

/** Shows progress on stderr. */
export interface Progress {
  update(step: ProgressStep): void;
  /** Removes the progress line. */
  clear(): void;
}

/** One updated line for a person, appended lines, or JSON lines for a script. */
type ProgressMode = "terminal" | "lines" | "json";

export interface ProgressFormat {
  /** Undefined: no output. */
  mode: ProgressMode | undefined;
  /** @param room width of the line in characters @param started start of this label, ms @param now ms */
  write(step: ProgressStep, room: number, started: number, now: number): string;
}

const frameMs = { terminal: 80, lines: 5000, json: 1000 };

/** @param now ms, monotonic */
export function createProgress(
  output: Output,
  format: ProgressFormat = lineFormat(output),
  now: () => number = () => performance.now(),
): Progress {
  const { mode } = format;
  let label = "";
  let started = now();
  let last = Number.NEGATIVE_INFINITY;
  let isVisible = false;
  return {
    update(step) {
      if (mode === undefined) return;
      if (step.label !== label) {
        label = step.label;
        started = now();
        // In the lines mode, a step that ends within a second prints nothing.
        last = mode === "lines" ? Math.max(last, started - frameMs.lines + 1000) : Number.NEGATIVE_INFINITY;
      }
      const isLast = step.done === step.total && mode !== "lines";
      // Nothing else comes for a while.
      const isWait = step.waiting !== undefined && mode === "terminal";
      if (now() - last < frameMs[mode] && !isLast && !isWait) return;
      last = now();
      const room = Math.max(10, output.columns - 1);
      const text = format.write(step, room, started, last);
      if (mode === "lines") output.note(text);
      else if (mode === "json") output.log(text);
      else {
        output.progress(text.slice(0, room));
        isVisible = true;
      }
    },
    clear() {
      if (isVisible) output.progress("");
      isVisible = false;
    },
  };
}

/** One updated line; nothing if no person watches. */
function lineFormat(output: Output): ProgressFormat {
  return {
    mode: output.live ? "terminal" : undefined,
    write: (step, _room, started, now) => lineOf(step, now - started),
  };
}

/** "Mengunggah foto  ████░░░░  3/12  1,4/5,2 MB  00:12" */
export function lineOf(
  { label, done, failures, total, sent, size, pace }: ProgressStep,
  elapsedMs: number,
): string {
  if (done === undefined || total === undefined || total === 0) return `${label} …`;
  const share = sent !== undefined && size ? sent / size : done / total;
  const failed = failures?.count ?? 0;
  const parts = [
    label,
    bar(share),
    `${Math.min(done - failed + (sent === undefined ? 0 : 1), total - failed)}/${total}`,
  ];
  if (failures && failed > 0) parts.push(failures.text);
  if (sent !== undefined && size) parts.push(`${megabytes(sent)}/${megabytes(size)} MB`);
  if (pace && done > 0 && elapsedMs > 1000) parts.push(pace((done / elapsedMs) * 1000));
  if (share > 0.02 && share < 1 && elapsedMs > 1000) {
    parts.push(clock(((elapsedMs / share) * (1 - share)) / 1000));
  }
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

/** "01:35", "1:02:10" */
export function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}
