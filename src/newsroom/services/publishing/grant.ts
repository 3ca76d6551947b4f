import type { z } from "zod";
import {
  type GrantedAttempt,
  type grantRequest,
  type LookupKeys,
  limits,
} from "../../../contract/contract.js";
import type { AttemptKind, AttemptOutcome } from "../../../contract/lifecycle.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import {
  attemptOf,
  attemptsOfSubmission,
  dropEndedLookups,
  insertAttempt,
  type StoredAttempt,
} from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import { changePublicationRow, isToGo, publicationsOf } from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { approvedRendering, type PreparedRenderings } from "../submissions/renderings.js";
import { cleanedWith, noRequest, wasSent } from "../submissions/take-down.js";
import { recordPublicationChange } from "./release.js";
import { approvedChannel, requireAgreed, requireSendable } from "./sendable.js";
import { requireOutlet } from "./senders.js";
import { isRunning, settleAttempts } from "./settle.js";
import { isCorrection, requireFree, slotOf } from "./slots.js";
import { requireNotStopped } from "./stopped.js";
import { findTarget, type PublicationAddress, type Target } from "./target.js";

/** How long a machine has an attempt to itself, in ms. */
export const leaseMs = 10 * 60 * 1000;
/** How long after the intent a channel is not asked, in ms: what was sent may not be visible there yet. */
const invisibleMs = 2 * 60 * 1000;

/**
 * Grants one machine the right to send a publication, to look for what an earlier attempt may have sent, or to ask for what was
 * handed over. Nobody else gets it until the lease ends, by the newsroom's clock. Throws `not-found`, `forbidden`, `held` with who and
 * until when, `conflict` as `requireSendable` and `requireAgreed` do.
 *
 * @param fence a UUID that nobody can guess
 * @returns the number of the attempt
 */
export async function grantAttempt(
  transaction: Store,
  caller: Caller,
  address: PublicationAddress,
  { again }: z.output<typeof grantRequest>,
  fence: string,
  now: Date,
): Promise<number> {
  const target = await settleAttempts(transaction, await findTarget(transaction, caller, address), now);
  const { publication, attempts } = target;
  const newest = attempts.at(-1);
  if (newest && isRunning(newest, now)) {
    throw problem("held", { held: { by: newest.name, until: newest.lease_until } });
  }
  const kind = kindOf(target);
  const number = (newest?.number ?? 0) + 1;
  if (kind === "send") await beginToSend(transaction, caller, target, again, now);
  // Who asks about an account says what has become of a post there.
  else if (abilities[caller.role].steps === "operator") {
    await requireOutlet(transaction, caller, target.submission, target.destinations, publication);
  }
  await dropEndedLookups(transaction, publication.id, number - 1);
  await insertAttempt(transaction, {
    publication_id: publication.id,
    number,
    kind,
    fence,
    by_id: caller.id,
    granted_at: now.toISOString(),
    lease_until: new Date(now.getTime() + leaseMs).toISOString(),
    intent_at: null,
    intent: null,
    outcome: null,
    ended_at: null,
    code: null,
  });
  return number;
}

/**
 * Answers a grant that is asked for once more because its answer was lost: with the same attempt as long as it runs, else with a new one.
 * Whoever asks has never had its fence, and would ask with the same key forever. Throws as `grantAttempt`.
 *
 * @param number of the attempt that was granted; 0 where that is not known any more
 */
export async function grantAgain(
  transaction: Store,
  caller: Caller,
  address: PublicationAddress,
  number: number,
  request: z.output<typeof grantRequest>,
  fence: string,
  now: Date,
): Promise<number> {
  const { attempts } = await findTarget(transaction, caller, address);
  const before = attempts.find((attempt) => attempt.number === number);
  if (before && before.by_id === caller.id && isRunning(before, now)) return number;
  return grantAttempt(transaction, caller, address, request, fence, now);
}

/** What an attempt at a publication in this state is for. Throws `conflict` where there is nothing to do. */
function kindOf(target: Target): AttemptKind {
  const { state } = target.publication;
  if (isToGo(target.publication)) {
    // Nobody's machine knows how to remove what a person has posted by hand.
    if (!wasSent(target.publication, target.attempts)) {
      throw problem("conflict", { detail: "by-hand", possible: ["unpublished"] });
    }
    return "take_down";
  }
  if (state === "unclear") return "look";
  if (state === "handed_over") return "follow";
  if (state === "published") throw problem("conflict", { detail: "already-out", possible: ["unpublished"] });
  if (state === "unpublished") throw problem("conflict", { detail: "taken-down", possible: [] });
  return "send";
}

async function beginToSend(
  transaction: Store,
  caller: Caller,
  target: Target,
  again: boolean,
  now: Date,
): Promise<void> {
  const { submission, publication, all, attempts } = target;
  if (attempts.length >= limits.attempts_per_publication) {
    throw invalidField("", `<= ${limits.attempts_per_publication} attempts`);
  }
  await requireSendable(transaction, caller, target, now);
  const approval = await latestApproval(transaction, submission.id);
  if (approval) requireNotStopped(caller, all, approval, publication.state);
  if (!again) await requireAgreed(transaction, target, now);
  const slot = slotOf("publishing", publication);
  requireFree(all, publication.id, slot);
  // What was published of an earlier revision may have become known since it was planned.
  const correction = isCorrection(all, publication.revision) ? 1 : 0;
  await changePublicationRow(transaction, publication, {
    state: "publishing",
    slot,
    correction,
    reason: null,
    ...noRequest,
  });
  await recordPublicationChange(transaction, submission, null, now);
}

/**
 * Describes an attempt to the machine that has it, with what it sends and what an earlier one may have sent. Throws as `grantAttempt`
 * does, and `Unprepared` where an approval is older than frozen renderings.
 */
export async function describeGranted(
  transaction: Store,
  caller: Caller,
  address: PublicationAddress,
  number: number,
  now: Date,
  prepared?: PreparedRenderings,
): Promise<GrantedAttempt> {
  const target = await findTarget(transaction, caller, address);
  const { submission, publication, all, attempts } = target;
  const attempt = attempts.find((candidate) => candidate.number === number);
  if (!attempt) throw problem("conflict", { detail: "fence", possible: [] });
  const earlier = earlierOf(attempts, number);
  const [described] = await publicationsOf(transaction, [publication], now);
  const corrected = all.findLast(
    (other) =>
      other.channel === publication.channel &&
      other.account === publication.account &&
      other.revision < publication.revision &&
      other.state === "published",
  );
  return {
    ...attemptOf(attempt),
    fence: attempt.fence,
    publication: described!,
    // A redacted revision has none, and its publication is looked for all the same.
    rendering:
      attempt.kind === "send"
        ? await approvedRendering(transaction, submission.id, publication, approvedChannel(target), prepared)
        : null,
    earlier: earlier ? attemptOf(earlier) : null,
    look_after: attempt.kind === "look" && earlier?.intent_at ? visibleFrom(earlier.intent_at) : null,
    corrects: corrected ? { remote_id: corrected.remote_id, url: corrected.url } : null,
    ...(attempt.kind === "take_down" && { announced: await announcedFor(transaction, target) }),
  };
}

/** What was announced of what is taken down, and of what a take-down leaves behind otherwise (`cleanedWith`). */
async function announcedFor(transaction: Store, { submission, publication, all }: Target) {
  const attempts = await attemptsOfSubmission(transaction, submission.id);
  return cleanedWith(publication, all)
    .flatMap(({ id }) => attempts.get(id) ?? [])
    .flatMap(({ intent }): LookupKeys[] => (intent === null ? [] : [JSON.parse(intent)]));
}

/** Outcomes that leave something on the channel, or that may. */
const leaving: readonly (AttemptOutcome | null)[] = [null, "unclear", "absent", "handed_over"];

/** The last attempt before this one that may have sent something, or that has left there what the next one uses. */
export function earlierOf(attempts: readonly StoredAttempt[], number: number): StoredAttempt | undefined {
  return attempts.findLast(
    (other) => other.number < number && other.intent_at !== null && leaving.includes(other.outcome),
  );
}

function visibleFrom(intentAt: string): string {
  return new Date(Date.parse(intentAt) + invisibleMs).toISOString();
}
