import type { Messages } from "./index.js";

/** What a reason is about, for sentences that name it. */
export interface About {
  channel: string;
  account: string;
  /** The channel, as people call it. */
  name: string;
}

/**
 * The sentence of a publication's reason that is a code; undefined where it is a person's or a channel's own words. A code that no
 * sentence was written for is said to be one, because it explains nothing by itself.
 */
export function explainReason(
  messages: Messages,
  reason: string,
  { channel, account, name }: About,
): string | undefined {
  const { failures } = messages.desk;
  if (Object.hasOwn(failures, reason)) return failures[reason]?.[0];
  if (Object.hasOwn(messages.channels.outcomes, reason)) return messages.channels.outcomes[reason];
  const { codes } = messages.reasons;
  if (Object.hasOwn(codes, reason)) return codes[reason];
  // A website is called by its address, which is its account.
  const origin = channel === "web" && account !== "" ? account : name;
  const sentence = sentenceOf(messages, reason, { service: channel, origin, account })?.[0];
  if (sentence !== undefined) return sentence;
  const kind = codeForms.find(({ form }) => form.test(reason))?.kind;
  return kind && messages.reasons.kinds[kind]({ name: origin, code: reason.replace(/^http-/, "") });
}

/** Forms that codes have, and sentences of people have not. */
const codeForms: readonly {
  form: RegExp;
  kind: "cut" | "notMade" | "slow" | "status" | "page" | "unknown";
}[] = [
  { form: /^(ETIMEDOUT|ECONNABORTED)$/, kind: "slow" },
  { form: /^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE|ERR_NETWORK|ERR_STREAM_\w+)$/, kind: "cut" },
  // Node's and OpenSSL's: https://nodejs.org/api/tls.html#x509-certificate-error-codes
  { form: /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|E(NET|HOST)UNREACH|EPROTO)$/, kind: "notMade" },
  {
    form: /^(ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|UNABLE_TO_\w+|(DEPTH_ZERO_)?SELF_SIGNED_\w+)$/,
    kind: "notMade",
  },
  // Also Meta's code and subcode.
  { form: /^(http-)?\d{1,7}(\/\d*)?$/, kind: "status" },
  { form: /^(application|audio|font|image|message|model|multipart|text|video)\/[a-z0-9.+-]+$/, kind: "page" },
  { form: /^([a-z0-9]+([-_][a-z0-9]+)+|[A-Z0-9]+(_[A-Z0-9]+)+|\?)$/, kind: "unknown" },
];

/** What an attempt has told of a publication that is not out. */
interface ToldReason {
  code?: string | undefined;
  reason?: string | undefined;
  facts?: object | undefined;
}

/**
 * Why a publication is not, or not surely, out: one sentence, and the channel's own words where it has said some. The more exact of code
 * and reason is said, once.
 */
export function explainOutcome(
  messages: Messages,
  { code, reason = "", facts }: ToldReason,
  about: About,
): string[] {
  const words = reason.trim();
  const ofReason = words === "" ? undefined : explainReason(messages, words, about);
  const ofFacts =
    code && facts
      ? sentenceOf(messages, code, { service: about.channel, origin: about.name, ...facts })
      : undefined;
  const ofCode =
    code === undefined || code === "" ? undefined : (ofFacts?.[0] ?? explainReason(messages, code, about));
  const sentence = ofFacts?.[0] ?? ofReason ?? ofCode;
  const isSaid = words === "" || ofReason !== undefined || words === code;
  return [sentence, isSaid ? undefined : words].flatMap((line) => (line === undefined ? [] : [line]));
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
