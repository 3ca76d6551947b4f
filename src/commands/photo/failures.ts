import type { Context } from "../../context.js";
import { explain } from "../../language/explain.js";
import type { PhotoFailure } from "../../photo/renditions/apply.js";
import { clean, cleanLine } from "../../text/clean.js";

/** Prints each photo's failure and its hints; a hint that several photos share is printed once. */
export function warnOfFailures({ messages, output }: Context, failed: readonly PhotoFailure[]): void {
  const printed = new Set<string>();
  for (const { error } of failed) {
    const { message, hints } = explain(error, messages);
    output.warn(cleanLine(message));
    const fresh = hints.filter((hint) => !printed.has(hint));
    for (const hint of fresh) output.note(`    ${clean(hint)}`);
    for (const hint of fresh) printed.add(hint);
  }
}

/** The key `failed` of `--json`. */
export function failedJson({ messages }: Context, failed: readonly PhotoFailure[]) {
  return failed.map(({ source, error }) => ({
    source,
    code: error.code,
    message: explain(error, messages).message,
  }));
}
