import type { Content, Submission } from "../contract/contract.js";
import { endStates } from "../contract/lifecycle.js";
import { failed, KominfoError } from "../errors/errors.js";
import { sha256 } from "../files/hash.js";
import { submissionRecord } from "../workspace/state.js";
import { impossibleFor } from "./plan.js";
import type { SendSession, Submitted } from "./session.js";

/**
 * The key of a draft's first request. Copies of a draft share it, also on two computers, and the newsroom keeps keys for good: it makes one submission of
 * them. A copy under another name is a post of its own.
 */
export function firstKey({ state: { draft }, bundle, newKey }: SendSession): string {
  if (draft === undefined) return newKey();
  const hex = sha256(`${draft} ${bundle.slug}`);
  // UUID of version 8 (RFC 9562, 5.8).
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}

/** An answer this much older than the local clock was given to an earlier request. Milliseconds */
const answeredBefore = 60_000;

/**
 * What a copy of this draft has sent before is answered as it was received then (`firstKey`): reads what has become of it. Throws `step-impossible` (exit
 * 1) where nothing comes of it any more.
 */
export async function recogniseCopy(
  session: SendSession,
  answer: Submission,
  sent: Submitted,
): Promise<Submitted> {
  const { newsroom, bundle, now } = session;
  if (!now || now().getTime() - Date.parse(answer.received_at) < answeredBefore) return sent;
  const latest = await newsroom.submission(answer.id).catch(() => undefined);
  if (!latest) return sent;
  // The revision stays the one that was sent from here: a newer one is pulled.
  const record = { ...submissionRecord(latest, newsroom.origin), revision: answer.revision };
  await session.save({ ...session.state, submission: record });
  if (endStates.includes(latest.state)) throw impossibleFor(latest, bundle.slug);
  const submission = { ...latest, revision: answer.revision };
  return { ...sent, submission, receivedBefore: answer.received_at };
}

/** Adds to `submitted-from-copy` which submission the copy has become, where the newsroom tells. */
export async function withCopy(
  error: unknown,
  { newsroom, bundle }: SendSession,
  { slug, title }: Content,
): Promise<unknown> {
  if (!(error instanceof KominfoError) || error.code !== "submitted-from-copy") return error;
  const listed = await newsroom.submissions({ q: title }).catch(() => ({ items: [] }));
  const open = listed.items.filter(({ state }) => !endStates.includes(state)).slice(0, 5);
  for (const { id } of open) {
    const found = await newsroom.submission(id).catch(() => undefined);
    if (found?.content.slug === slug) {
      return failed("submitted-from-copy", { post: bundle.slug, submission: id }, error);
    }
  }
  return failed("submitted-from-copy", { post: bundle.slug }, error);
}
