import type { FailureFacts } from "../../../contract/contract.js";
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

/** The channel refuses the login: see `isDeadLogin` of the commands. */
const deadLogin = /^(401|http-401|190(\/\d+)?)$/;

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
  const error = deadLogin.test(code) ? "channel-refused" : code;
  const params = { service: channel, origin: account, account, ...facts };
  const sentence = sentenceOf(messages, error, params);
  if (sentence) return sentence;
  return { message: failure.unknown({ code }), hints: [failure[state]] };
}

function sentenceOf(messages: Messages, code: string, params: object): Failure | undefined {
  if (!Object.hasOwn(messages.errors, code)) return undefined;
  const words = messages.errors[code as keyof Messages["errors"]] as (params: unknown) => readonly unknown[];
  try {
    const lines = words(params);
    const isWhole = lines.every((line) => typeof line === "string" && !/\b(undefined|NaN)\b/.test(line));
    if (!isWhole || typeof lines[0] !== "string") return undefined;
    return { message: lines[0], hints: lines.slice(1) as string[] };
  } catch {
    // Written for other facts than these.
    return undefined;
  }
}
