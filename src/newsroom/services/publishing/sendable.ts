import { lateMs, type Rendering } from "../../../contract/contract.js";
import { cancelledReason, restoredReason, unapprovedReason } from "../../../contract/failure-codes.js";
import type { Store } from "../../store/database/open.js";
import { presentSizes } from "../../store/photos/photo-sizes.js";
import { noteOnSending, type StoredAttempt } from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import { findOutlet } from "../../store/submissions/outlets.js";
import type { StoredPublication } from "../../store/submissions/publications.js";
import { isRedactedRevision } from "../../store/submissions/redactions.js";
import { readContent } from "../../store/submissions/revisions.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";
import { latest, releaseTime, tooEarly } from "./release.js";
import { requireOutlet } from "./senders.js";
import type { PublicationKey } from "./slots.js";
import { requireNoneToGo } from "./stopped.js";
import type { Target } from "./target.js";

/**
 * Throws unless this may be sent now, by the newsroom's clock. `conflict` with the detail:
 *
 * - `not-approved`: the approval is gone, covers another revision, or another channel
 * - `cancelled`, `plan-stopped`: see `requireWanted`
 * - `embargo`, with `not_before`
 * - `unknown-account`, `destination`: see `requireOutlet`
 * - `redacted`: the revision, or a photo of it
 * - `earlier-undecided`: nobody knows whether the revision that it corrects is out
 * - `earlier-handed-over`: the revision that it corrects waits at the website, where its editors may still publish it
 * - `take-down-open`: the revision that it corrects shall be taken down
 *
 * A grant and an intent both ask: minutes pass between them.
 */
export async function requireSendable(
  transaction: Store,
  caller: Caller,
  target: Target,
  now: Date,
): Promise<void> {
  const { submission, publication, all } = target;
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  const isApproved =
    approval?.revision === publication.revision &&
    approval.channels.some((channel) => channel === publication.channel);
  if (!approval || !isApproved) throw problem("conflict", { detail: "not-approved", possible: [] });
  requireWanted(publication);
  const release = await releaseTime(transaction, submission.id, approval);
  const earliest = latest([release.toISOString(), publication.scheduled_for]);
  if (now < earliest) throw tooEarly(earliest);
  await requireOutlet(transaction, caller, submission, approval.destinations, publication);
  await requireUnredacted(transaction, submission.id, publication.revision);
  const earlier = all.filter(
    (other) =>
      other.channel === publication.channel &&
      other.account === publication.account &&
      other.revision < publication.revision,
  );
  if (earlier.some(({ state }) => state === "publishing" || state === "unclear")) {
    throw problem("conflict", { detail: "earlier-undecided", possible: [] });
  }
  if (earlier.some(({ state }) => state === "handed_over")) {
    throw problem("conflict", { detail: "earlier-handed-over", possible: [] });
  }
  requireNoneToGo(all, publication);
}

/**
 * Throws `conflict` for what was planned and shall not be sent any more until somebody plans it anew, which a machine that has planned it before
 * does not know: `cancelled` by an editor, `plan-stopped` when its approval ended or the newsroom was restored.
 */
function requireWanted({ state, reason }: Pick<StoredPublication, "state" | "reason">): void {
  if (state !== "failed") return;
  if (reason === cancelledReason) throw problem("conflict", { detail: "cancelled", possible: ["planned"] });
  if (reason === unapprovedReason || reason === restoredReason) {
    throw problem("conflict", { detail: "plan-stopped", possible: ["planned"] });
  }
}

/** Throws `conflict` (`redacted`) where a revision, or a photo of it, was redacted. */
export async function requireUnredacted(
  transaction: Store,
  submissionId: string,
  revision: number,
): Promise<void> {
  const removed = await isRedactedRevision(transaction, submissionId, revision);
  const { photos } = await readContent(transaction, submissionId, revision);
  const hashes = new Set(photos.map(({ sha256 }) => sha256));
  const present = await presentSizes(transaction, [...hashes]);
  if (removed || present.size < hashes.size) throw problem("conflict", { detail: "redacted", possible: [] });
}

/**
 * Throws `conflict` unless a person has agreed: `late` for what was scheduled for hours ago, when it may be news no more, and
 * `already-out` as `requireNoLink` does.
 */
export async function requireAgreed(
  transaction: Store,
  { publication, all }: Target,
  now: Date,
): Promise<void> {
  const { scheduled_for } = publication;
  if (scheduled_for !== null && now.getTime() - Date.parse(scheduled_for) > lateMs) {
    throw problem("conflict", { detail: "late", possible: [] });
  }
  await requireNoLink(transaction, publication, all);
}

/** Throws `conflict` (`already-out`) where a person has recorded a link for the channel that may be on this account. */
export async function requireNoLink(
  transaction: Store,
  publication: PublicationKey & { id?: string },
  all: readonly StoredPublication[],
): Promise<void> {
  for (const link of all.filter(({ state }) => state === "published")) {
    if (await mayBeOn(transaction, link, publication)) throw alreadyOut();
  }
}

const alreadyOut = () => problem("conflict", { detail: "already-out", possible: [] });

/** Whether a link may be on the account of another publication: it is the account's own, names none, or names one as people write it,
 * which is no announced account's id. */
async function mayBeOn(
  transaction: Store,
  link: PublicationKey & { id?: string },
  { id, channel, account, revision }: PublicationKey & { id?: string },
): Promise<boolean> {
  if (link.id === id || link.channel !== channel || link.revision !== revision) return false;
  const isNamed = link.account === account || link.account === "";
  return isNamed || !(await findOutlet(transaction, channel, link.account));
}

/** The code of an attempt that is under way and may send no more: somebody has put it out by hand since its grant. */
const overtaken = "already-out";

/**
 * Notes on attempts under way that a person has recorded a link meanwhile. The note is made in the link's own transaction, so that no clock
 * says which came first. Whoever begins anew is asked again, and may agree.
 *
 * @param all publications of the submission
 */
export async function noteLink(
  transaction: Store,
  link: PublicationKey & { id: string },
  all: readonly StoredPublication[],
): Promise<void> {
  const ids: string[] = [];
  for (const other of all.filter(({ state }) => state === "publishing")) {
    if (await mayBeOn(transaction, link, other)) ids.push(other.id);
  }
  await noteOnSending(transaction, ids, overtaken);
}

/** Throws `conflict` (`already-out`) for an attempt of which `noteLink` has noted so. */
export function requireNotOvertaken({ code }: Pick<StoredAttempt, "code">): void {
  if (code === overtaken) throw alreadyOut();
}

/** Narrows a channel to those that an approval may name, which `requireSendable` has checked. */
export function approvedChannel({ publication }: Target): Rendering["channel"] {
  return publication.channel as Rendering["channel"];
}
