import { z } from "zod";
import type { Diagnostic, DiagnosticCode } from "../../files/diagnostic.js";
import { error, warning } from "../../files/diagnostic.js";
import type { DiagnosticArguments } from "../../files/diagnostic-codes.js";
import { isGroup } from "../../files/group.js";
import { nearest } from "../../text/nearest.js";
import { parseDay, parseInstant } from "../dates.js";
import type { StoredAnswer } from "../types.js";
import { isFromNewsroom, readYesNo } from "./keys.js";

/** The zod shapes that give the text of a file its types; each says in a `ProblemCode` what it expected. */

export type Lines = ReadonlyMap<string, number>;

/** What `fail` puts into a zod issue. */
interface Found {
  code: DiagnosticCode;
  params?: unknown;
}

type Context = { addIssue(issue: { code: "custom"; params: { found: Found }; input: unknown }): void };

/** Reports a problem from inside a shape. */
export function fail<C extends DiagnosticCode>(
  context: Context,
  code: C,
  ...[params]: DiagnosticArguments<C>
): undefined {
  context.addIssue({ code: "custom", input: undefined, params: { found: { code, params } } });
  return undefined;
}

/** A value that may be left empty; `read` gives what it means or fails. */
export function written<T>(read: (text: string, context: Context) => T | undefined) {
  return z.unknown().transform((value, context): T | undefined => {
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string") return fail(context, "text-expected");
    if (!isStorable(value)) return fail(context, "unstorable");
    return read(value, context);
  });
}

/** Neither SQLite nor PostgreSQL keeps U+0000, and a lone surrogate is not UTF-8. */
export function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** White space as one blank: for what is shown on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

export const line = written((text) => oneLine(text) || undefined);
export const longText = written((text) => (text.trim() === "" ? undefined : text));
export const day = written((text, context) => fromDigit(text, parseDay) ?? fail(context, "date-expected"));
export const instant = written(
  (text, context) => fromDigit(text, parseInstant) ?? fail(context, "instant-expected"),
);
export const yesNo = written((text, context) => readYesNo(text) ?? fail(context, "yes-no-expected"));

/** A word of a fixed list, read as what it means. */
export function oneOf<M extends Readonly<Record<string, string>>>(meanings: M) {
  return written((text, context): M[keyof M] | undefined => {
    const word = oneLine(text).toLowerCase();
    if (Object.hasOwn(meanings, word)) return meanings[word] as M[keyof M];
    const near = nearest(word, Object.keys(meanings));
    return fail(context, "one-of", { choices: Object.keys(meanings), ...(near ? { nearest: near } : {}) });
  });
}

/** "hari ini" is for questions: in a file it would mean another day tomorrow. */
function fromDigit(
  text: string,
  parse: (text: string, now: string) => string | undefined,
): string | undefined {
  return /\d/.test(text) ? parse(text, "") : undefined;
}

/** A place in a picture, `[0.5, 0.3]` or `0.5, 0.3`: from the left and from the top, 0 to 1. Gives "0.5,0.3". */
export const point = z.unknown().transform((value, context): string | undefined => {
  if (value === undefined || value === "") return undefined;
  const parts: unknown[] = Array.isArray(value) ? value : String(value).split(",");
  const numbers = parts.map((part) =>
    typeof part === "string" && /^\s*\d(\.\d{1,6})?\s*$/.test(part) ? Number(part) : Number.NaN,
  );
  const isPlace = numbers.length === 2 && numbers.every((number) => number >= 0 && number <= 1);
  return isPlace ? numbers.join(",") : fail(context, "point-expected");
});

/** A list; a single value is a list of one, nothing is an empty one. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .unknown()
    .transform((value) => {
      if (value === undefined || value === "") return [];
      return Array.isArray(value) ? value : [value];
    })
    .pipe(z.array(item));
}

/** A group of keys: `shape` gives each its type; nothing is an empty group. */
export function group<S extends z.ZodRawShape>(shape: S) {
  return z
    .unknown()
    .transform((value, context) => {
      if (value !== undefined && value !== "" && !isGroup(value)) fail(context, "group-expected");
      const given: Record<string, unknown> = isGroup(value) ? value : {};
      // zod tells a key that is absent from one that is undefined; here they are the same.
      return Object.fromEntries(Object.keys(shape).map((key) => [key, given[key]]));
    })
    .pipe(z.object(shape));
}

/** Free keys, as `isian` and `internal` have. */
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

/** Without the keys that have no value. */
export function present<T extends Record<string, string | undefined>>(group: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

/** zod's issues as problems, each at its key; `under` is where the shape stands in the file. */
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

/** The line of a key, or of the nearest group around it that the file has. */
export function lineOf(key: string, lines: Lines): number | undefined {
  const own = lines.get(key);
  const end = key.lastIndexOf(".");
  return own ?? (end < 0 ? undefined : lineOf(key.slice(0, end), lines));
}

/** Keys of a group that nobody reads, with the name each is probably a slip of. */
export function unknownKeys(
  values: unknown,
  under: string,
  known: readonly string[],
  lines: Lines,
  severity: Diagnostic["severity"],
): Diagnostic[] {
  if (!isGroup(values)) return [];
  return Object.keys(values)
    .filter((key) => !known.includes(key) && !isFromNewsroom(key))
    .map((key) => {
      const near = nearest(key, known);
      const whole = under ? `${under}.${key}` : key;
      const say = severity === "error" ? error : warning;
      return say({ key: whole, line: lineOf(whole, lines) }, "unknown-key", near ? { nearest: near } : {});
    });
}
