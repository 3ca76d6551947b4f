import { usage } from "../../errors/errors.js";
import { nearest } from "../../text/nearest.js";
import type { Prompter } from "./prompter.js";
import { untouched } from "./untouched.js";

/**
 * A flag's value, else the person's answer. Commands ask so before they do anything. Throws `missing-input` (exit 2) with the flag if no
 * prompt is possible, and `declined` (exit 130) on Ctrl-C.
 */
export async function flagOrAnswer(
  context: { prompter(): Promise<Prompter | undefined> },
  flag: string,
  value: string | undefined,
  ask: (prompter: Prompter) => Promise<string>,
): Promise<string> {
  if (value !== undefined && value.trim() !== "") return value.trim();
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag });
  return (await untouched(() => ask(prompter))).trim();
}

/** Parses a flag with fixed choices. Throws `bad-choice` (exit 2) with the nearest choice. */
export function oneOf<T extends string>(flag: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value.trim().toLowerCase());
  if (found) return found;
  throw usage("bad-choice", { flag, value, choices, nearest: nearest(value, choices) });
}

/**
 * The choices that a flag names, one by one or with commas. Throws `bad-choice` as `oneOf`, also where it names none: an empty variable
 * of a script does not mean all of them.
 */
export function someOf<T extends string>(flag: string, given: readonly string[], choices: readonly T[]): T[] {
  const names = given.flatMap((value) => value.split(",")).filter((name) => name.trim() !== "");
  if (given.length > 0 && names.length === 0) oneOf(flag, "", choices);
  return [...new Set(names.map((name) => oneOf(flag, name, choices)))];
}

/** Like `oneOf`, and also accepts the translated label of each choice. */
export function oneOfTranslated<T extends string>(
  flag: string,
  value: string,
  choices: readonly T[],
  labels: Readonly<Record<T, string>>,
): T {
  const wanted = value.trim().toLowerCase();
  const found = choices.find((choice) => choice === wanted || labels[choice] === wanted);
  if (found) return found;
  const both = choices.map((choice) => `${choice} (${labels[choice]})`);
  const near = nearest(wanted, [...choices, ...choices.map((choice) => labels[choice])]);
  throw usage("bad-choice", { flag, value, choices: both, nearest: near });
}

/** Parses a flag as a whole number from `min` to `max`. Throws `bad-number` (exit 2). */
export function wholeNumber(
  flag: string,
  value: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  const number = Number(value);
  if (/^\d+$/.test(value.trim()) && Number.isSafeInteger(number) && number >= min && number <= max)
    return number;
  throw usage("bad-number", { flag, value, min, max });
}

/** Parses a flag as a rate in bytes a second: `500k`, `1.5M`. Throws `bad-rate` (exit 2). */
export function byteRate(flag: string, value: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:[.,]\d+)?)([kKmM]?)[bB]?$/.exec(value.trim()) ?? [];
  const factor = { "": 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const rate = Number(number.replace(",", ".")) * factor;
  if (number !== "" && rate >= 1000) return rate;
  throw usage("bad-rate", { flag, value });
}
