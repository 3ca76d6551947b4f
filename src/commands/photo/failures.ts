import type { Context } from "../../context.js";
import { explain } from "../../language/explain.js";
import type { PhotoFailure } from "../../photo/renditions/apply.js";
import { clean, cleanLine } from "../../text/clean.js";

/** Says what is wrong with each photo, and what to do: the same advice once, however many photos need it. */
export function warnOfFailures({ messages, output }: Context, failed: readonly PhotoFailure[]): void {
  const advised = new Set<string>();
  for (const { error } of failed) {
    const { message, hints } = explain(error, messages);
    output.warn(cleanLine(message));
    const fresh = hints.filter((hint) => !advised.has(hint));
    for (const hint of fresh) output.note(`    ${clean(hint)}`);
    for (const hint of fresh) advised.add(hint);
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
