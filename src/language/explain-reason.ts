import type { Messages } from "./index.js";

/** What a reason is about, for sentences that name it. */
interface About {
  channel: string;
  account: string;
}

/**
 * The sentence of a publication's reason that is a code; undefined where it is a person's or a channel's own words, or its sentence
 * needs facts that only the attempt has told.
 */
export function explainReason(
  messages: Messages,
  reason: string,
  { channel, account }: About,
): string | undefined {
  const { failures } = messages.desk;
  if (Object.hasOwn(failures, reason)) return failures[reason]?.[0];
  if (Object.hasOwn(messages.channels.outcomes, reason)) return messages.channels.outcomes[reason];
  return sentenceOf(messages, reason, { service: channel, origin: account, account })?.[0];
}

/** The lines of an error's code with these facts, which may be foreign; undefined where they do not fit its sentence. */
export function sentenceOf(
  messages: Messages,
  code: string,
  params: object,
): readonly [string, ...string[]] | undefined {
  if (!Object.hasOwn(messages.errors, code)) return undefined;
  const words = messages.errors[code as keyof Messages["errors"]] as (params: unknown) => readonly unknown[];
  try {
    const lines = words(params);
    const isWhole = lines.every((line) => typeof line === "string" && !/\b(undefined|NaN)\b/.test(line));
    return isWhole && lines.length > 0 ? (lines as [string, ...string[]]) : undefined;
  } catch {
    // Written for other facts than these.
    return undefined;
  }
}
