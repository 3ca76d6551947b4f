import { z } from "zod";
import type { Diagnostic, DiagnosticArguments, DiagnosticCode } from "../../errors/diagnostics.js";
import { error, warning } from "../../files/diagnostic.js";
import { isGroup } from "../../files/group.js";
import { isWholeText } from "../../text/decode.js";
import { nearest } from "../../text/nearest.js";
import { readBox, writeBox } from "../blur.js";
import { dayProblem } from "../date-problem.js";
import { parseDay, parseInstant } from "../dates.js";
import type { StoredAnswer } from "../types.js";
import { isFromNewsroom, readYesNo } from "./keys.js";

/** zod schemas that convert the text of a file to typed values. Each reports a `DiagnosticCode` for an invalid value. */

export type Lines = ReadonlyMap<string, number>;

/** The diagnostic that `fail` puts into a zod issue. */
interface Found {
  code: DiagnosticCode;
  params?: unknown;
}

type Context = { addIssue(issue: { code: "custom"; params: { found: Found }; input: unknown }): void };

/** Reports a problem from inside a schema. */
export function fail<C extends DiagnosticCode>(
  context: Context,
  code: C,
  ...[params]: DiagnosticArguments<C>
): undefined {
  context.addIssue({ code: "custom", input: undefined, params: { found: { code, params } } });
  return undefined;
}

/** An optional text. `read` converts it or fails. */
export function written<T>(read: (text: string, context: Context) => T | undefined) {
  return z.unknown().transform((value, context): T | undefined => {
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") return fail(context, "text-expected");
    if (!isWholeText(value)) return fail(context, "unstorable");
    return read(value, context);
  });
}

/** Replaces each run of white space with one blank, so that the text fits on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export const line = written((text) => oneLine(text) || undefined);
export const longText = written((text) => (text.trim() === "" ? undefined : text));
export const day = written(
  (text, context) => fromDigit(text, parseDay) ?? failDay(context, text, "date-expected"),
);
export const instant = written(
  (text, context) => fromDigit(text, parseInstant) ?? failDay(context, text, "instant-expected"),
);
export const yesNo = written((text, context) => readYesNo(text) ?? fail(context, "yes-no-expected"));

/** Refuses a date, and says why where the calendar does not have it. */
function failDay(context: Context, text: string, expected: "date-expected" | "instant-expected"): undefined {
  const { code, params } = dayProblem({}, text, "", expected);
  context.addIssue({ code: "custom", input: undefined, params: { found: { code, params } } });
}

/** A word of a fixed list, converted to its meaning. */
export function oneOf<M extends Readonly<Record<string, string>>>(meanings: M) {
  return written((text, context): M[keyof M] | undefined => {
    const word = oneLine(text).toLowerCase();
    if (Object.hasOwn(meanings, word)) return meanings[word] as M[keyof M];
    const near = nearest(word, Object.keys(meanings));
    return fail(context, "one-of", { choices: Object.keys(meanings), ...(near ? { nearest: near } : {}) });
  });
}

/** Refuses texts such as "hari ini", which are for prompts only: in a file they would mean another day tomorrow. */
function fromDigit(
  text: string,
  parse: (text: string, now: string) => string | undefined,
): string | undefined {
  return /\d/.test(text) ? parse(text, "") : undefined;
}

/**
 * A point in a picture, `[0.5, 0.3]` or `0.5, 0.3`, as fractions from the left and from the top. Converts to "0.5,0.3".
 */
export const point = z.unknown().transform((value, context): string | undefined => {
  if (value === undefined || value === "") return undefined;
  const parts: unknown[] = Array.isArray(value) ? value : String(value).split(",");
  const numbers = parts.map((part) =>
    typeof part === "string" && /^\s*\d(\.\d{1,6})?\s*$/.test(part) ? Number(part) : Number.NaN,
  );
  const isPoint = numbers.length === 2 && numbers.every((number) => number >= 0 && number <= 1);
  return isPoint ? numbers.join(",") : fail(context, "point-expected");
});

/** A part of a picture that is blurred: "12.5%,30%,10%,15%". */
export const box = written((text, context) => {
  const read = readBox(text);
  return read ? writeBox(read) : fail(context, "box-expected");
});

/** A list. A single value is a list of one item, and no value is an empty list. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .unknown()
    .transform((value) => {
      if (value === undefined || value === "") return [];
      return Array.isArray(value) ? value : [value];
    })
    .pipe(z.array(item));
}

/** A group of keys, each with the type that `shape` gives it. No value is an empty group. */
export function group<S extends z.ZodRawShape>(shape: S) {
  return z
    .unknown()
    .transform((value, context) => {
      if (value !== undefined && value !== "" && !isGroup(value)) fail(context, "group-expected");
      const given: Record<string, unknown> = isGroup(value) ? value : {};
      // zod distinguishes an absent key from an undefined one; here they mean the same.
      return Object.fromEntries(Object.keys(shape).map((key) => [key, given[key]]));
    })
    .pipe(z.object(shape));
}

/** A group with any keys, as `isian` and `internal` are. */
export const stored = z.unknown().transform((value, context): { [key: string]: StoredAnswer } => {
  if (value === undefined || value === "") return {};
  if (!isGroup(value)) {
    fail(context, "group-expected");
    return {};
  }
  return toStored(value) as { [key: string]: StoredAnswer };
});

function toStored(value: unknown): StoredAnswer {
  if (Array.isArray(value)) return value.map(toStored);
  if (isGroup(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toStored(inner)]));
  }
  return typeof value === "string" ? value : "";
}

/** Removes the keys whose value is undefined. */
export function present<T extends Record<string, string | undefined>>(group: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

/**
 * Converts zod's issues to problems, each with its key.
 *
 * @param under the dotted key of the group that was parsed
 */
export function issues(error: z.ZodError, lines: Lines, under?: string): Diagnostic[] {
  return error.issues.map((issue) => {
    const key = [...(under ? [under] : []), ...issue.path.map(String)].join(".");
    const found = issue.code === "custom" ? (issue.params?.found as Found | undefined) : undefined;
    return {
      code: "text-expected",
      ...found,
      severity: "error",
      key,
      ...withLine(lineOf(key, lines)),
    } as Diagnostic;
  });
}

function withLine(number: number | undefined): { line?: number } {
  return number === undefined ? {} : { line: number };
}

/** The line of a key, or of the nearest enclosing group in the file. */
export function lineOf(key: string, lines: Lines): number | undefined {
  const own = lines.get(key);
  const end = key.lastIndexOf(".");
  return own ?? (end < 0 ? undefined : lineOf(key.slice(0, end), lines));
}

/** Reports keys of a group that are not `valid`, each with the valid key that it probably misspells. */
export function unknownKeys(
  values: unknown,
  under: string,
  valid: readonly string[],
  lines: Lines,
  severity: Diagnostic["severity"],
): Diagnostic[] {
  if (!isGroup(values)) return [];
  return Object.keys(values)
    .filter((key) => !valid.includes(key) && !isFromNewsroom(key))
    .map((key) => {
      const near = nearest(key, valid);
      const dotted = under ? `${under}.${key}` : key;
      const report = severity === "error" ? error : warning;
      return report(
        { key: dotted, line: lineOf(dotted, lines) },
        "unknown-key",
        near ? { nearest: near } : {},
      );
    });
}
