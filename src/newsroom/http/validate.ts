import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { problem } from "../services/problem.js";
import { languageOf } from "./problems.js";

type Issue = z.core.$ZodIssue;

/** Words for the messages that are codes in the contract. */
const words: Record<"id" | "en", Record<string, string>> = {
  id: {
    unstorable_text: "Teks memuat karakter yang tidak dapat disimpan (U+0000 atau surrogate tunggal).",
    unstorable_instant: "Waktu harus di antara tahun 0000 dan 9999 UTC.",
  },
  en: {
    unstorable_text: "The text holds characters that cannot be stored (U+0000 or a lone surrogate).",
    unstorable_instant: "The time must lie between the years 0000 and 9999 UTC.",
  },
};

/** Values in a request, lists and objects included: the 5,000 hashes of a question are the most that is asked. */
const maxValues = 10_000;
const deepest = 32;
/** Nobody reads more. */
const maxComplaints = 100;

/** `value` as the schema gives it back; throws `invalid` (422) with a JSON pointer to every field that is wrong. */
export function validate<T extends z.ZodType>(
  schema: T,
  value: unknown,
  request: FastifyRequest,
): z.output<T> {
  return validateIn(languageOf(request), schema, value);
}

/** `checked`, its messages in a language that is known. */
export function validateIn<T extends z.ZodType>(
  language: "id" | "en",
  schema: T,
  value: unknown,
): z.output<T> {
  if (isOutsized(value)) throw problem("invalid");
  const locale = language === "id" ? z.locales.id() : z.locales.en();
  const result = schema.safeParse(value, { error: locale.localeError });
  if (result.success) return result.data;
  throw problem("invalid", {
    errors: result.error.issues
      .flatMap((issue) =>
        pathsOf(issue).map((path) => ({
          pointer: pointer(path),
          detail: words[language][issue.message] ?? issue.message,
        })),
      )
      .slice(0, maxComplaints),
  });
}

/**
 * Whether there is more in it, or deeper, than any request of the contract holds. A body within the limit of bytes
 * may still be half a million values or levels, and a schema takes seconds to complain of each.
 */
function isOutsized(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0, values = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (values > maxValues || depth > deepest) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

function pathsOf(issue: Issue): PropertyKey[][] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
