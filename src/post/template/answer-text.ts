import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { isWholeText } from "../../text/decode.js";
import { nearest } from "../../text/nearest.js";
import { dayProblem } from "../date-problem.js";
import { isDay, parseDay, parseInstant, parseTime, writtenDay, writtenInstant } from "../dates.js";
import { readYesNo } from "../front-matter/keys.js";
import { oneLine } from "../front-matter/shapes.js";
import type { Answer, Question } from "../types.js";

const maxAnswerLength = 20_000;
const instantKeys: readonly string[] = ["embargo", "dibutuhkan_sebelum"];

/** Converts a text to the type of the question. Returns "" for a blank text, or the problem. */
export function readText(
  question: Question,
  given: string,
  today: string,
  key: string,
): string | number | boolean | Diagnostic {
  const at = { key };
  if (!isWholeText(given)) return error(at, "unstorable");
  const text = question.type === "long" ? given.replace(/\r\n?/g, "\n").trim() : oneLine(given);
  const max = question.max ?? maxAnswerLength;
  if (text.length > max) return error(at, "too-long", { max, length: text.length });
  if (text === "") return text;
  if (instantKeys.includes(question.key))
    return parseInstant(text, today) ?? dayProblem(at, text, today, "instant-expected");
  switch (question.type) {
    case "date":
      return parseDay(text, today) ?? dayProblem(at, text, today, "date-expected");
    case "time":
      return parseTime(text) ?? error(at, "time-expected");
    case "number": {
      const number = parseNumber(text);
      if (number === undefined) return error(at, "number-expected");
      return !Number.isInteger(number) && countsPeople(question) ? error(at, "count-whole") : number;
    }
    case "phone":
      return /^\+?[\d ().-]{3,25}$/.test(text) && /\d{3}|\d.*\d.*\d/.test(text)
        ? text
        : error(at, "phone-expected");
    case "boolean":
      return readYesNo(text) ?? error(at, "yes-no-expected");
    case "choice":
      return choose(text, question.choices ?? []) ?? notChosen(at, text, question.choices ?? []);
    default:
      return text;
  }
}

/** Whether a question asks for a count of people or families, by its words: "1.25" is a slip for 1.250 or 125 there. */
function countsPeople({ ask }: Question): boolean {
  return /\b(orang|jiwa|kk|keluarga|warga|peserta)\b/i.test(ask.id);
}

/** Formats an answer as a person writes it: "24 November 2026", "09.30", "1.250.000,5". `readText` reads it back. */
export function writtenText(question: Question, answer: Answer): string {
  const text = String(answer);
  if (instantKeys.includes(question.key) && parseInstant(text, text)) return writtenInstant(text);
  if (question.type === "date" && isDay(text)) return writtenDay(text);
  if (question.type === "time") return text.replace(":", ".");
  if (typeof answer === "number") return answer.toLocaleString("id-ID", { maximumFractionDigits: 20 });
  return text;
}

/**
 * Parses Indonesian and plain notation: "1.250.000", "1.250.000,50", "1250000", "12,5", "12.5", "Rp1.000", "50%". Returns
 * undefined for any other text, and for a number too large to be exact.
 */
export function parseNumber(text: string): number | undefined {
  const written = text.replace(/^rp\.?\s*/i, "").replace(/\s*%$/, "");
  const isGrouped = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(written);
  if (!isGrouped && !/^-?\d+([.,]\d+)?$/.test(written)) return undefined;
  const number = Number((isGrouped ? written.replaceAll(".", "") : written).replace(",", "."));
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

function choose(text: string, choices: readonly string[]): string | undefined {
  const plain = (word: string) => word.toLowerCase().replace(/[\s_-]+/g, " ");
  return choices.find((choice) => plain(choice) === plain(text));
}

function notChosen(at: { key: string }, text: string, choices: readonly string[]): Diagnostic {
  const near = nearest(text, choices);
  return error(at, "one-of", near ? { choices, nearest: near } : { choices });
}
