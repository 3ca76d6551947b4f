import type { Context } from "../../context.js";
import { explain } from "../../language/explain.js";
import type { PhotoFailure } from "../../photo/renditions/apply.js";
import { clean, cleanLine } from "../../text/clean.js";
import { lastPart } from "../../text/last-part.js";

/** More names than these make a line that nobody reads; `--json` has them all. */
const maxNames = 20;

interface FailureGroup {
  message: string;
  hints: readonly string[];
  names: string[];
}

/** Prints the failures and their hints. Equal ones are one sentence with the names of its photos; a shared hint is printed once. */
export function warnOfFailures({ messages, output }: Context, failed: readonly PhotoFailure[]): void {
  const groups = new Map<string, FailureGroup>();
  for (const { source, error } of failed) {
    const { message, hints } = explain(error, messages);
    const group = groups.get(message) ?? { message, hints, names: [] };
    group.names.push(lastPart(source));
    groups.set(message, group);
  }
  const printed = new Set<string>();
  for (const { message, hints, names } of groups.values()) {
    output.warn(cleanLine(sentenceOf(message, names, messages.photo.failedPhotos)));
    const fresh = hints.filter((hint) => !printed.has(hint));
    for (const hint of fresh) output.note(`    ${clean(hint)}`);
    for (const hint of fresh) printed.add(hint);
  }
}

/** A failure of one photo mostly names it; one of the newsroom or of the line does not. */
function sentenceOf(
  message: string,
  names: readonly string[],
  several: Context["messages"]["photo"]["failedPhotos"],
): string {
  const unnamed = names.filter((name) => !message.includes(name));
  if (unnamed.length === 0) return message;
  if (names.length === 1) return `${names[0]}: ${message}`;
  return several({ reason: message, names: names.slice(0, maxNames), count: names.length });
}

/** The key `failed` of `--json`. */
export function failedJson({ messages }: Context, failed: readonly PhotoFailure[]) {
  return failed.map(({ source, error }) => ({
    source,
    code: error.code,
    message: explain(error, messages).message,
  }));
}
