import type { Messages } from "../language/index.js";
import { formatBytes } from "../text/bytes.js";
import { cleanJson, cleanLine } from "../text/clean.js";
import type { Language } from "../text/language.js";
import type { Output } from "./output.js";
import { bar, barWidth, clock, type ProgressFormat, type ProgressStep } from "./progress.js";

/** The period over which the speed is measured. ms */
const windowMs = 10_000;

interface Speed {
  perSecond: number;
  secondsLeft: number | undefined;
}

/**
 * The progress format of a transfer: one updated line for a person, a line every few seconds otherwise, or JSON.
 *
 * @param json write JSON lines
 */
export function transferFormat(
  output: Output,
  messages: Messages["upload"],
  language: Language,
  json: boolean,
): ProgressFormat {
  const mode = json ? "json" : output.live ? "terminal" : "lines";
  let samples: { at: number; sent: number }[] = [];

  const measure = (sent: number, size: number, started: number, now: number): Speed => {
    samples.push({ at: now, sent });
    samples = samples.filter(({ at }) => at >= started && now - at <= windowMs);
    const first = samples[0]!;
    const elapsed = now - first.at;
    const perSecond = elapsed > 500 ? Math.max(0, (sent - first.sent) / (elapsed / 1000)) : 0;
    return { perSecond, secondsLeft: perSecond > 0 ? (size - sent) / perSecond : undefined };
  };
  const lineOf = (step: ProgressStep, speed: Speed | undefined, room: number): string => {
    const { done = 0, failures, total, sent, size, current = [], waiting } = step;
    const parts = [step.label];
    if (total !== undefined) parts.push(`${done - (failures?.count ?? 0)}/${total}`);
    if (failures && failures.count > 0) parts.push(failures.text);
    if (sent !== undefined && size) {
      parts.push(messages.of({ sent: formatBytes(sent, language), size: formatBytes(size, language) }));
    }
    if (waiting) parts.push(waiting);
    else if (speed && speed.perSecond > 0) {
      if (speed.secondsLeft !== undefined) parts.push(messages.left({ time: clock(speed.secondsLeft) }));
      parts.push(messages.perSecond({ size: formatBytes(speed.perSecond, language) }));
    }
    // The bar repeats the numbers, so a narrow terminal omits it.
    if (mode === "terminal" && total && parts.join("  ").length + barWidth + 2 <= room)
      parts.splice(1, 0, bar(sent !== undefined && size ? sent / size : done / total));
    parts.push(current.map((name) => cleanLine(name)).join(", "));
    return parts.filter(Boolean).join("  ");
  };
  return {
    mode,
    write(step, room, started, now) {
      const { sent, size } = step;
      const speed = sent !== undefined && size ? measure(sent, size, started, now) : undefined;
      return mode === "json" ? jsonOf(step, speed) : lineOf(step, speed, room);
    },
  };
}

function jsonOf(step: ProgressStep, speed: Speed | undefined): string {
  const { done, failures, total, sent, size, current = [], waiting } = step;
  const failed = failures?.count ?? 0;
  return cleanJson({
    progress: step.step,
    photos: total === undefined ? null : { done, total, ...(failed > 0 && { failed }) },
    bytes: size === undefined ? null : { sent, total: size },
    bytes_per_second: speed ? Math.round(speed.perSecond) : null,
    seconds_left: speed?.secondsLeft === undefined ? null : Math.round(speed.secondsLeft),
    current,
    waiting: waiting ?? null,
  });
}
