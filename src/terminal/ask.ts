import { usage } from "../errors/errors.js";
import { nearest } from "../text/nearest.js";
import type { Prompter } from "./prompter.js";

/** What was given by a flag, else what a person answers; where nobody can be asked, an error that names the flag. */
export async function flagOrAnswer(
  context: { prompter(): Promise<Prompter | undefined> },
  flag: string,
  value: string | undefined,
  ask: (prompter: Prompter) => Promise<string>,
): Promise<string> {
  if (value !== undefined && value.trim() !== "") return value.trim();
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag });
  return (await ask(prompter)).trim();
}

/** A flag's value that must be one of a few. Throws `bad-choice` (exit 2) with the nearest. */
export function oneOf<T extends string>(flag: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value.trim().toLowerCase());
  if (found) return found;
  throw usage("bad-choice", { flag, value, choices, nearest: nearest(value, choices) });
}

/** As `oneOf`, also by the words that a person sees for each choice. */
export function oneOfTranslated<T extends string>(
  flag: string,
  value: string,
  choices: readonly T[],
  shown: Readonly<Record<T, string>>,
): T {
  const wanted = value.trim().toLowerCase();
  const found = choices.find((choice) => choice === wanted || shown[choice] === wanted);
  if (found) return found;
  const both = choices.map((choice) => `${choice} (${shown[choice]})`);
  const near = nearest(wanted, [...choices, ...choices.map((choice) => shown[choice])]);
  throw usage("bad-choice", { flag, value, choices: both, nearest: near });
}

/** A flag's value that must be a whole number from `min` to `max`. Throws `bad-number` (exit 2). */
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

/** A flag's value that is a speed, in bytes a second: `500k`, `1.5M`. Throws `bad-rate` (exit 2). */
export function byteRate(flag: string, value: string): number {
  const [, number = "", unit = ""] = /^(\d+(?:[.,]\d+)?)([kKmM]?)[bB]?$/.exec(value.trim()) ?? [];
  const factor = { "": 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const rate = Number(number.replace(",", ".")) * factor;
  if (number !== "" && rate >= 1000) return rate;
  throw usage("bad-rate", { flag, value });
}
