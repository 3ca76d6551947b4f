import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { limits } from "../../contract/contract.js";
import { problem } from "../services/problem.js";
import { languageOf } from "./problems.js";

type Issue = z.core.$ZodIssue;

/** Messages for the error codes of the contract. */
const messages: Record<"id" | "en", Record<string, string>> = {
  id: {
    unstorable_text: "Teks memuat karakter yang tidak dapat disimpan (U+0000 atau surrogate tunggal).",
    unstorable_instant: "Waktu harus di antara tahun 0000 dan 9999 UTC.",
    too_many_lines: `Isi naskah paling banyak ${limits.lines_per_body} baris.`,
  },
  en: {
    unstorable_text: "The text holds characters that cannot be stored (U+0000 or a lone surrogate).",
    unstorable_instant: "The time must lie between the years 0000 and 9999 UTC.",
    too_many_lines: `The body may have at most ${limits.lines_per_body} lines.`,
  },
};

/** The issues of a failed parse. Zod's own error also writes all of them as JSON into its message, which takes longer. */
class Issues {
  readonly issues: Issue[];
  constructor(issues: Issue[]) {
    this.issues = issues;
  }
}
const parse = z.core._safeParse(Issues as unknown as new (issues: Issue[]) => z.core.$ZodError);

/** Limit of the errors in an answer. */
const maxErrors = 100;

/** Parses `value` with the schema. Throws `invalid` (422) with a JSON pointer to every wrong field. */
export function validate<T extends z.ZodType>(
  schema: T,
  value: unknown,
  request: FastifyRequest,
): z.output<T> {
  return validateIn(languageOf(request), schema, value);
}

/** Does the work of `validate` with messages in the given language. */
export function validateIn<T extends z.ZodType>(
  language: "id" | "en",
  schema: T,
  value: unknown,
): z.output<T> {
  const locale = language === "id" ? z.locales.id() : z.locales.en();
  const result = parse(schema, value, { error: locale.localeError });
  if (result.success) return result.data as z.output<T>;
  throw problem("invalid", {
    errors: result.error.issues
      .flatMap((issue) =>
        pathsOf(issue).map((path) => ({
          pointer: pointer(path),
          detail: messages[language][issue.message] ?? issue.message,
        })),
      )
      .slice(0, maxErrors),
  });
}

function pathsOf(issue: Issue): PropertyKey[][] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** Formats a path as a JSON pointer (RFC 6901). */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
