import type { Messages } from "../language/index.js";
import { shownBytes } from "../text/bytes.js";
import { cleanJson, cleanLine } from "../text/clean.js";
import type { Language } from "../text/language.js";
import type { Output } from "./output.js";
import { bar, barWidth } from "./progress.js";

/** How far a transfer is. Bytes and ms. */
export interface TransferStep {
  step: string;
  label: string;
  done?: number;
  total?: number;
  sent?: number;
  size?: number;
  /** Names of what is on its way now. */
  current?: readonly string[];
  /** Said in place of the numbers, while nothing moves. */
  waiting?: string;
}

/** Follows a transfer on stderr: a moving line for a person, a line every few seconds elsewhere, JSON for a script. */
export interface Transfer {
  update(step: TransferStep): void;
  /** Takes the moving line away. */
  clear(): void;
}

const frameMs = { terminal: 100, lines: 5000, json: 1000 };
/** The speed is that of the last seconds. ms */
const windowMs = 10_000;

/** @param json whether a script wants JSON lines @param now ms, monotonic */
export function createTransfer(
  output: Output,
  words: Messages["upload"],
  language: Language,
  json: boolean,
  now: () => number = () => performance.now(),
): Transfer {
  const mode = json ? "json" : output.live ? "terminal" : "lines";
  let label = "";
  let last = Number.NEGATIVE_INFINITY;
  let isShown = false;
  let samples: { at: number; sent: number }[] = [];

  const measure = (sent: number, size: number) => {
    samples.push({ at: now(), sent });
    samples = samples.filter(({ at }) => now() - at <= windowMs);
    const first = samples[0]!;
    const elapsed = now() - first.at;
    const perSecond = elapsed > 500 ? Math.max(0, (sent - first.sent) / (elapsed / 1000)) : 0;
    return { perSecond, secondsLeft: perSecond > 0 ? (size - sent) / perSecond : undefined };
  };
  const say = (step: TransferStep) => {
    const { done, total, sent, size, current = [], waiting } = step;
    const pace = sent !== undefined && size ? measure(sent, size) : undefined;
    if (mode === "json") {
      output.progress(
        `${cleanJson({
          progress: step.step,
          photos: total === undefined ? null : { done, total },
          bytes: size === undefined ? null : { sent, total: size },
          bytes_per_second: pace ? Math.round(pace.perSecond) : null,
          seconds_left: pace?.secondsLeft === undefined ? null : Math.round(pace.secondsLeft),
          current,
          waiting: waiting ?? null,
        })}\n`,
      );
      return;
    }
    const parts = [step.label];
    if (total !== undefined) parts.push(`${done}/${total}`);
    if (sent !== undefined && size) {
      parts.push(words.of({ sent: shownBytes(sent, language), size: shownBytes(size, language) }));
    }
    if (waiting) parts.push(waiting);
    else if (pace && pace.perSecond > 0) {
      if (pace.secondsLeft !== undefined) parts.push(words.left({ time: clock(pace.secondsLeft) }));
      parts.push(words.perSecond({ size: shownBytes(pace.perSecond, language) }));
    }
    const room = Math.max(10, output.columns - 1);
    // The bar says nothing that the numbers do not: a narrow terminal shows these.
    if (mode === "terminal" && total && parts.join("  ").length + barWidth + 2 <= room)
      parts.splice(1, 0, bar(sent !== undefined && size ? sent / size : (done ?? 0) / total));
    parts.push(current.map((name) => cleanLine(name)).join(", "));
    const line = parts.filter(Boolean).join("  ");
    if (mode === "lines") return output.note(line);
    output.progress(`\r\u001b[2K${line.slice(0, room)}`);
    isShown = true;
  };
  return {
    update(step) {
      const isNew = step.label !== label;
      if (isNew) samples = [];
      label = step.label;
      // What is over in a moment needs no line of its own where lines stay.
      const isFirst = isNew && mode !== "lines";
      if (isNew && mode === "lines") last = Math.max(last, now() - frameMs.lines + 1000);
      if (!isFirst && now() - last < frameMs[mode] && !(step.done === step.total && mode !== "lines")) return;
      last = now();
      say(step);
    },
    clear() {
      if (isShown) output.progress("\r\u001b[2K");
      isShown = false;
    },
  };
}

/** "01:35", "1:02:10" */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${two(minutes)}:${two(whole % 60)}`;
}
