import type { KominfoError } from "../errors/errors.js";
import type { Messages } from "./index.js";

/** One sentence on what happened, and commands or steps that fix it. */
interface Explanation {
  message: string;
  hints: string[];
}

/** The sentence and hints of an expected failure, in the language of `messages`. */
export function explain(error: KominfoError, messages: Messages): Explanation {
  const sentence = messages.errors[error.code] as (params: unknown) => readonly string[];
  const [message = error.code, ...hints] = sentence(error.params);
  const details = error.details.map((detail) => explain(detail, messages));
  // A single cause is shown with its hints; several causes are shown with their sentences only.
  const causes = details.flatMap((detail) =>
    details.length === 1 ? [detail.message, ...detail.hints] : [detail.message],
  );
  return { message, hints: [...causes, ...hints] };
}
