import type { KominfoError } from "../errors.js";
import type { Messages } from "./index.js";

/** One sentence on what happened, and commands or steps that mend it. */
interface Explanation {
  message: string;
  hints: string[];
}

/** The words for an expected failure, in the language of `messages`. */
export function explain(error: KominfoError, messages: Messages): Explanation {
  const sentence = messages.errors[error.code] as (params: unknown) => readonly string[];
  const [message = error.code, ...hints] = sentence(error.params);
  const details = error.details.map((one) => explain(one, messages));
  // One cause is worth its own advice; of many, their sentences are enough.
  const told = details.flatMap((one) => (details.length === 1 ? [one.message, ...one.hints] : [one.message]));
  return { message, hints: [...told, ...hints] };
}
