import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { languageOf, problem } from "./problems.js";

type Issue = z.core.$ZodIssue;

/** Words for the messages that are codes in the contract. */
const words: Record<"id" | "en", Record<string, string>> = {
  id: { unstorable_text: "Teks memuat karakter yang tidak dapat disimpan (U+0000 atau surrogate tunggal)." },
  en: { unstorable_text: "The text holds characters that cannot be stored (U+0000 or a lone surrogate)." },
};

/** `value` as the schema gives it back; throws `invalid` (422) with a JSON pointer to every field that is wrong. */
export function checked<T extends z.ZodType>(
  schema: T,
  value: unknown,
  request: FastifyRequest,
): z.output<T> {
  const language = languageOf(request);
  const locale = language === "id" ? z.locales.id() : z.locales.en();
  let result: z.ZodSafeParseResult<z.output<T>>;
  try {
    result = schema.safeParse(value, { error: locale.localeError });
  } catch (error) {
    // Answers nested some thousand levels deep: no post has them.
    if (error instanceof RangeError) throw problem("invalid");
    throw error;
  }
  if (result.success) return result.data;
  throw problem("invalid", {
    errors: result.error.issues.flatMap((issue) =>
      pathsOf(issue).map((path) => ({
        pointer: pointer(path),
        detail: words[language][issue.message] ?? issue.message,
      })),
    ),
  });
}

function pathsOf(issue: Issue): PropertyKey[][] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
