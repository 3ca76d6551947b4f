import { validate as isUuid } from "uuid";
import type { Publication } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { type StoredAttempt, storedAttempts, updateAttemptRow } from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import {
  changePublicationRow,
  isToGo,
  type StoredPublication,
  storedPublications,
} from "../../store/submissions/publications.js";
import { findSubmission, type SubmissionWithNames } from "../../store/submissions/submissions.js";
import { recordPublicationChange } from "./release.js";
import { slotIfFree, slotOf } from "./slots.js";
import { isStopped } from "./stopped.js";
import type { Target } from "./target.js";

/** Whether somebody holds this attempt at this instant. */
export function isRunning(attempt: StoredAttempt, now: Date): boolean {
  return attempt.outcome === null && attempt.lease_until > now.toISOString();
}

/**
 * Ends what a machine has left behind when its lease ran out, of this publication and of the earlier ones on the same account: an
 * attempt that has not announced to send has failed, of one that has nobody knows.
 */
export async function settleAttempts(transaction: Store, target: Target, now: Date): Promise<Target> {
  const { submission, publication, all } = target;
  const concerned = all.filter(
    ({ channel, account }) => channel === publication.channel && account === publication.account,
  );
  let hasChanged = false;
  for (const other of concerned) {
    const isAbandoned = await settle(transaction, submission, other, all, now);
    hasChanged ||= isAbandoned;
  }
  if (!hasChanged) return target;
  return { ...target, attempts: await storedAttempts(transaction, publication.id) };
}

/** Does so for all publications of a submission, before a step of its lifecycle that depends on what is out. */
export async function settlePublications(transaction: Store, id: string, now: Date): Promise<void> {
  const all = isUuid(id) ? await storedPublications(transaction, id.toLowerCase()) : [];
  const left = all.filter(({ state }) => state === "publishing");
  const submission = left.length > 0 && (await findSubmission(transaction, id.toLowerCase(), { all: true }));
  if (!submission) return;
  for (const publication of left) await settle(transaction, submission, publication, all, now);
}

/**
 * What `settlePublications` would make of them, for a page, which writes nothing: otherwise what a machine has left behind would be
 * shown as being sent for as long as nobody else comes to send it.
 */
export function asSettled<P extends Pick<Publication, "id" | "state" | "reason" | "scheduled_for">>(
  publications: readonly P[],
  attempts: ReadonlyMap<string, readonly StoredAttempt[]>,
  now: Date,
): { publications: P[]; attempts: Map<string, readonly StoredAttempt[]> } {
  const settled = new Map(attempts);
  return {
    publications: publications.map((publication) => {
      const of = attempts.get(publication.id) ?? [];
      const newest = of.at(-1);
      if (publication.state !== "publishing" || (newest && isRunning(newest, now))) return publication;
      if (!newest || !isUnsent(newest)) return { ...publication, state: "unclear" };
      const ended = { outcome: "failed", code: "abandoned", ended_at: newest.lease_until } as const;
      settled.set(publication.id, [...of.slice(0, -1), { ...newest, ...ended }]);
      const state = publication.scheduled_for === null ? "failed" : "scheduled";
      return { ...publication, state, reason: "abandoned" };
    }),
    attempts: settled,
  };
}

/**
 * Whether something that was certainly not sent keeps the time that a person has given it, and is sent then or tried again: its revision is
 * approved, and nobody has asked to take anything of it down. More than three hours late it is sent by nobody (`requireAgreed`).
 */
export async function keepsSchedule(
  transaction: Store,
  {
    submission,
    publication,
    all,
  }: Pick<Target, "submission" | "publication"> & { all: readonly StoredPublication[] },
): Promise<boolean> {
  if (publication.scheduled_for === null || submission.state !== "approved") return false;
  const approval = await latestApproval(transaction, submission.id);
  return approval?.revision === publication.revision && !isStopped(all, approval);
}

/** Whether it ended before it had announced to send. */
function isUnsent({ kind, intent_at }: StoredAttempt): boolean {
  return kind === "send" && intent_at === null;
}

/** @param publication is changed as its row is @returns whether anything was left behind */
async function settle(
  transaction: Store,
  submission: SubmissionWithNames,
  publication: StoredPublication,
  all: readonly StoredPublication[],
  now: Date,
): Promise<boolean> {
  const isOpen = ["publishing", "unclear", "handed_over"].includes(publication.state);
  if (!isOpen && !isToGo(publication)) return false;
  const newest = (await storedAttempts(transaction, publication.id)).at(-1);
  if (newest && isRunning(newest, now)) return false;
  const ended = { code: "abandoned", ended_at: now.toISOString() };
  if (publication.state !== "publishing") {
    if (!newest || newest.outcome !== null || newest.kind === "send") return false;
    await updateAttemptRow(transaction, newest, { ...ended, outcome: "unclear" });
    return true;
  }
  // Without an attempt: an older process, which has no protocol, says that it publishes.
  const isFailed = newest !== undefined && isUnsent(newest);
  if (isFailed) await updateAttemptRow(transaction, newest, { ...ended, outcome: "failed" });
  const isKept = isFailed && (await keepsSchedule(transaction, { submission, publication, all }));
  const state = isKept ? "scheduled" : isFailed ? "failed" : "unclear";
  const changes = {
    state,
    slot: slotIfFree(all, publication.id, slotOf(state, publication)),
    ...(isFailed ? { reason: "abandoned" } : {}),
  } as const;
  await changePublicationRow(transaction, publication, changes);
  Object.assign(publication, changes);
  await recordPublicationChange(transaction, submission, null, now);
  return true;
}
