import type { KominfoError } from "../errors/errors.js";
import { explain } from "../language/explain.js";
import type { Messages } from "../language/index.js";
import type { Output } from "./output.js";

/** Which try comes next, of how many. */
interface Tries {
  next: number;
  of: number;
}

/** "Dicoba lagi dalam 4 detik (percobaan 3/8): …". The reason is last: a line may be cut off. */
export function waitingText(
  messages: Messages,
  { error, ms, next, of }: Tries & { error: KominfoError; ms: number },
): string {
  const { message } = explain(error, messages);
  return messages.upload.waiting({ reason: message, seconds: Math.ceil(ms / 1000), next, of });
}

/** Says on a terminal that something is tried again. Requests that fail together are told once. */
export function tellWaits(
  output: Output,
  messages: Messages,
): (error: KominfoError, ms: number, tries: Tries) => void {
  let last = "";
  return (error, ms, tries) => {
    if (!output.live) return;
    const about = `${tries.next}/${tries.of} ${error.code}`;
    if (about === last) return;
    last = about;
    // The line of a progress is drawn anew below.
    output.progress("");
    output.note(waitingText(messages, { error, ms, ...tries }));
  };
}
