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
  const context = { async: false, error: locale.localeError };
  // What `safeParse` does, but with the words of the first issues only: of 5,000, they take a tenth of a second.
  const result = schema._zod.run({ value, issues: [] }, context) as z.core.ParsePayload<z.output<T>>;
  if (result.issues.length === 0) return result.value;
  const issues = result.issues
    .slice(0, maxErrors)
    .map((issue) => z.core.util.finalizeIssue(issue, context, z.core.config()));
  throw problem("invalid", {
    errors: issues
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
