import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Attempt, updateAttempt } from "../../../contract/contract.js";
import { ownCodes } from "../../../contract/failure-codes.js";
import {
  type AttemptKind,
  type AttemptOutcome,
  type PublicationState,
  removesPhotos,
} from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import {
  attemptOf,
  type StoredAttempt,
  storedAttempts,
  updateAttemptRow,
} from "../../store/submissions/attempts.js";
import { changePublicationRow, isToGo } from "../../store/submissions/publications.js";
import { forgetRemovedPhotos } from "../../store/submissions/redact-publications.js";
import { hasRedactedPhoto, isRedactedRevision } from "../../store/submissions/redactions.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { cleanedWith, stoppedCode, takeDown } from "../submissions/take-down.js";
import { earlierOf, leaseMs } from "./grant.js";
import { recordPublicationChange } from "./release.js";
import { requireNotOvertaken, requireSendable } from "./sendable.js";
import { isRunning, keepsSchedule } from "./settle.js";
import { isCorrection, slotIfFree, slotOf } from "./slots.js";
import { findTarget, type PublicationAddress, type Target } from "./target.js";

type Request = z.output<typeof updateAttempt>;
type Told = NonNullable<Request["outcome"]>;

/**
 * Goes on with an attempt: renews its lease, takes its intent, or its outcome. All of them may be repeated. Throws `not-found`,
 * `forbidden`, and `conflict` with the detail: `fence` when it is not this machine's attempt, or not the running one any more; `stopped`
 * when it has ended because it shall be taken down; what `requireSendable` says of an intent; `intent` for another intent than before, or an
 * outcome that needs one; `decided` for an outcome that contradicts what is known, and for a lease that nothing is left to do with.
 */
export async function continueAttempt(
  transaction: Store,
  caller: Caller,
  address: PublicationAddress & { number: number },
  { fence, intent, outcome }: Request,
  now: Date,
): Promise<Attempt> {
  if (intent && outcome) throw invalidField("/outcome", "after the intent");
  const target = await findTarget(transaction, caller, address);
  const attempt = target.attempts.find(({ number }) => number === address.number);
  if (!attempt) throw problem("not-found");
  if (attempt.fence !== fence.toLowerCase()) throw refused("fence");
  if (outcome) {
    const told = await withoutWords(transaction, target, attempt, outcome);
    await takeOutcome(transaction, target, attempt, told, now);
  } else if (intent) await takeIntent(transaction, caller, target, attempt, intent, now);
  else await renew(transaction, target, attempt, now);
  const after = await storedAttempts(transaction, target.publication.id);
  return attemptOf(after.find(({ number }) => number === attempt.number)!);
}

const refused = (detail: string) => problem("conflict", { detail, possible: [] });

/** Throws `conflict` unless nobody has got a later attempt, and this one has not ended: `stopped` where a take-down has ended it. */
function requireNewest({ attempts }: Target, attempt: StoredAttempt): void {
  if (attempts.at(-1) === attempt && attempt.code === stoppedCode) throw refused("stopped");
  if (attempts.at(-1) !== attempt || attempt.outcome !== null) throw refused("fence");
}

/** Throws `conflict` as `requireNewest`, and with `decided` where somebody has found out meanwhile what the attempt is about. */
async function renew(transaction: Store, target: Target, attempt: StoredAttempt, now: Date): Promise<void> {
  requireNewest(target, attempt);
  // A decision has ended the lease: whoever took it again would keep others from what the decision allows.
  if (!isOpenFor(attempt, target.publication)) throw refused("decided");
  const lease_until = new Date(now.getTime() + leaseMs).toISOString();
  await updateAttemptRow(transaction, attempt, { lease_until });
}

/** Whether there is still something to do for an attempt of this kind. */
function isOpenFor({ kind }: StoredAttempt, publication: Target["publication"]): boolean {
  const { state } = publication;
  if (kind === "take_down") return isToGo(publication);
  if (kind === "follow") return state === "handed_over";
  // What was sent may have become unclear while the lease was not renewed, and its machine may be at it still.
  return state === "unclear" || (kind === "send" && state === "publishing");
}

/** Takes the announcement that the machine sends now. All that the grant depended on is checked again. */
async function takeIntent(
  transaction: Store,
  caller: Caller,
  target: Target,
  attempt: StoredAttempt,
  intent: NonNullable<Request["intent"]>,
  now: Date,
): Promise<void> {
  if (attempt.kind !== "send") throw refused("intent");
  requireNewest(target, attempt);
  if (!isRunning(attempt, now) || target.publication.state !== "publishing") throw refused("fence");
  await requireSendable(transaction, caller, target, now);
  requireNotOvertaken(attempt);
  if (attempt.intent !== null) {
    // Its answer was lost. Whoever asks again sends after this answer, so everything was checked for it as well.
    if (!isDeepStrictEqual(JSON.parse(attempt.intent), intent)) throw refused("intent");
    return;
  }
  await updateAttemptRow(transaction, attempt, {
    intent: JSON.stringify(intent),
    intent_at: now.toISOString(),
  });
}

/** What an attempt of each kind may end with. */
const outcomesOf: Readonly<Record<AttemptKind, readonly AttemptOutcome[]>> = {
  send: ["published", "handed_over", "failed", "unclear"],
  look: ["published", "handed_over", "failed", "unclear", "absent"],
  follow: ["published", "handed_over", "failed", "unclear", "absent"],
  take_down: ["unpublished", "failed"],
};
/** Outcomes that only something that was sent can have. */
const sent: readonly AttemptOutcome[] = ["published", "handed_over", "unclear"];
/** What may still become of an attempt of which this was told: it is found out later that it is there. */
const becomes: Readonly<Record<AttemptOutcome, readonly AttemptOutcome[]>> = {
  published: [],
  handed_over: ["published"],
  failed: [],
  unclear: ["published", "handed_over"],
  absent: ["published", "handed_over"],
  unpublished: [],
};

/**
 * Takes the truth about an attempt from the machine that had it, however late: what is out is out, also when another machine is
 * looking for it by now.
 */
async function takeOutcome(
  transaction: Store,
  target: Target,
  attempt: StoredAttempt,
  told: Told,
  now: Date,
): Promise<void> {
  if (!outcomesOf[attempt.kind].includes(told.state)) throw invalidField("/outcome/state", attempt.kind);
  if (attempt.kind === "send" && attempt.intent_at === null && sent.includes(told.state)) {
    throw refused("intent");
  }
  if (attempt.outcome === told.state && !isNews(target, told)) return;
  if (attempt.kind === "take_down") return takeRemoval(transaction, target, attempt, told, now);
  if (attempt.outcome !== null && !becomes[attempt.outcome].includes(told.state)) throw refused("decided");
  const state = stateAfter(target, attempt, told);
  const code = told.code ?? null;
  const ended = { outcome: told.state, code, failure: failureOf(told), ended_at: now.toISOString() };
  await updateAttemptRow(transaction, attempt, ended);
  if (told.state === "absent" && state === "failed") {
    // The next one sends exactly what that one had prepared, so that a channel which shows it late after all refuses it.
    const sought = earlierOf(target.attempts, attempt.number);
    if (sought) await updateAttemptRow(transaction, sought, { outcome: "absent" });
  }
  const mayPass = told.passing === true || told.state === "absent";
  const isKept = state === "failed" && attempt.kind !== "follow" && mayPass;
  const keeps = isKept && (await keepsSchedule(transaction, target));
  if (state !== undefined) await changeState(transaction, target, keeps ? "scheduled" : state, told, now);
}

/** Takes what has become of a take-down. What is proved to be gone is gone, however late it is told; a failure leaves it out. */
async function takeRemoval(
  transaction: Store,
  { submission, publication, all }: Target,
  attempt: StoredAttempt,
  told: Told,
  now: Date,
): Promise<void> {
  if (attempt.outcome === "unpublished") throw refused("decided");
  const ended = {
    outcome: told.state,
    code: told.code ?? null,
    failure: failureOf(told),
    ended_at: now.toISOString(),
  };
  await updateAttemptRow(transaction, attempt, ended);
  if (told.state !== "unpublished" || publication.state !== "published") return;
  // The machine was not told that the photos go too: it stays asked for, and the next one removes them.
  const { take_down_cause: cause, take_down_requested_at: requested } = publication;
  const isGraverSince = requested !== null && Date.parse(requested) > Date.parse(attempt.granted_at);
  if (removesPhotos(cause) && isGraverSince) return;
  await takeDown(transaction, [publication.id], publication.reason ?? "", now);
  if (removesPhotos(cause)) {
    const others = cleanedWith(publication, all).filter(({ state }) => state !== "published");
    const ids = others.map(({ id }) => id);
    await forgetRemovedPhotos(transaction, ids, attempt.granted_at);
  }
  await recordPublicationChange(transaction, submission, null, now);
}

/**
 * What is told of a redacted revision, or of one with a redacted photo, without what a channel may have quoted of it. A link is kept as long
 * as it is out, and so is what a take-down says of photos that open.
 */
async function withoutWords(
  transaction: Store,
  { publication: { submission_id, revision } }: Target,
  { kind }: StoredAttempt,
  told: Told,
): Promise<Told> {
  const isTextRedacted = await isRedactedRevision(transaction, submission_id, revision);
  const isRedacted =
    isTextRedacted ||
    (kind !== "take_down" && (await hasRedactedPhoto(transaction, submission_id, revision)));
  if (!isRedacted) return told;
  const { state, url, remote_id } = told;
  const code = isTextRedacted ? ownCodes.find((own) => own === told.code) : told.code;
  const kept = { state, ...(code !== undefined && { code }) };
  if (!sent.includes(state)) return kept;
  return { ...kept, ...(url !== undefined && { url }), ...(remote_id !== undefined && { remote_id }) };
}

/** Whether a repeated outcome says something else than is known. */
function isNews({ publication }: Target, told: Told): boolean {
  return (
    publication.state === "published" &&
    told.state === "published" &&
    told.remote_id !== undefined &&
    publication.remote_id !== told.remote_id
  );
}

/**
 * The state that a publication gets by an outcome; undefined when it stays as it is. Throws `conflict` when it contradicts what is
 * known.
 */
function stateAfter(
  { publication, attempts }: Target,
  attempt: StoredAttempt,
  told: Told,
): PublicationState | undefined {
  const { state } = publication;
  const isNewest = attempts.at(-1) === attempt;
  if (told.state === "published") {
    const isOther =
      told.remote_id !== undefined &&
      publication.remote_id !== null &&
      publication.remote_id !== told.remote_id;
    if (state === "unpublished" || (state === "published" && isOther)) throw refused("decided");
    return "published";
  }
  if (state === "published" || state === "unpublished") {
    // Nobody knew then; by now somebody does.
    if (told.state === "unclear") return undefined;
    throw refused("decided");
  }
  if (told.state === "handed_over") return "handed_over";
  if (told.state === "unclear") return state === "publishing" && isNewest ? "unclear" : undefined;
  // Not there. It says nothing about what a later attempt sends or has sent.
  const isLastSent = !attempts.some(({ number, kind }) => kind === "send" && number > attempt.number);
  const concerns = attempt.kind === "send" ? isLastSent && (isNewest || state === "unclear") : isNewest;
  return concerns && ["publishing", "unclear", "handed_over"].includes(state) ? "failed" : undefined;
}

/** What it says besides its code, as it is stored: a later decision of a person replaces the publication's reason. */
function failureOf({ code, reason, facts }: Told): string | null {
  return code === undefined ? null : JSON.stringify({ reason: reason?.trim() || null, facts: facts ?? null });
}

function reasonOf({ reason, code, state }: Told): string | null {
  return reason?.trim() || code || (state === "absent" ? "absent" : null);
}

async function changeState(
  transaction: Store,
  { submission, publication, all }: Target,
  state: PublicationState,
  told: Told,
  now: Date,
): Promise<void> {
  const isFirst = state === "published" && publication.published_at === null;
  await changePublicationRow(transaction, publication, {
    state,
    // A link that was recorded by hand meanwhile keeps its slot.
    slot:
      publication.state === "published"
        ? publication.slot
        : slotIfFree(all, publication.id, slotOf(state, publication)),
    url: told.url ?? publication.url,
    remote_id: told.remote_id ?? publication.remote_id,
    ...(publication.state === "published" ? {} : { reason: reasonOf(told) }),
    ...(isFirst
      ? { published_at: now.toISOString(), correction: isCorrection(all, publication.revision) ? 1 : 0 }
      : {}),
  });
  await recordPublicationChange(transaction, submission, isFirst ? now.toISOString() : null, now);
}
