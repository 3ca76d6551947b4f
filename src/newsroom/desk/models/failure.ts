import { channelLabel } from "../../../channels/registry.js";
import type { FailureFacts } from "../../../contract/contract.js";
import { isDeadLogin } from "../../../contract/failure-codes.js";
import { explainReason, sentenceOf } from "../../../language/explain-reason.js";
import type { Messages } from "../../../language/index.js";

/** What happened in one sentence, and what can be done. */
export interface Failure {
  message: string;
  hints: string[];
}

/** A failure as an attempt has told it. */
interface ToldFailure {
  code: string;
  /** What the machine's sentence names; null where it has told none. */
  facts: FailureFacts | null;
  channel: string;
  account: string;
  /** What is left to do where the code has no sentence. */
  state: "failed" | "unclear";
}

/**
 * Explains a failure in the reader's language, as the machine that met it explains it there. Its facts come from a machine and are
 * foreign: where they do not fit the sentence, or the code has none, the code itself is shown.
 */
export function explainFailure(messages: Messages, told: ToldFailure): Failure {
  const { code, channel, account, facts, state } = told;
  const { failures, failure } = messages.desk;
  const own = Object.hasOwn(failures, code) ? failures[code] : undefined;
  if (own) return { message: own[0], hints: own.slice(1) };
  const ofSite = Object.hasOwn(messages.channels.outcomes, code)
    ? messages.channels.outcomes[code]
    : undefined;
  if (ofSite) return { message: ofSite, hints: [failure[state]] };
  const error = isDeadLogin(code) ? "channel-refused" : code;
  const name = channelLabel(channel);
  const params = { service: channel, origin: channel === "web" ? account : name, account, ...facts };
  const sentence = sentenceOf(messages, error, params);
  if (sentence) return { message: sentence[0], hints: sentence.slice(1) };
  const bare = explainReason(messages, code, { channel, account, name });
  if (bare !== undefined) return { message: bare, hints: [failure[state]] };
  return { message: failure.unknown({ code }), hints: [failure[state]] };
}
