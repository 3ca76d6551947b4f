import type { z } from "zod";
import { isRecordable } from "../../../channels/registry.js";
import {
  type createPublication,
  limits,
  type Publication,
  type updatePublication,
} from "../../../contract/contract.js";
import { type PublicationState, publicationSteps } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { endLeases } from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import {
  changePublicationRow,
  insertPublication,
  listPublications,
  type StoredPublication,
  storedPublications,
} from "../../store/submissions/publications.js";
import type { SubmissionWithNames } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";
import { noRequest, takeDown } from "../submissions/take-down.js";
import { impossible, visibleSubmission } from "../submissions/view.js";
import { requireLink } from "./links.js";
import { recordPublicationChange, releaseTime, tooEarly } from "./release.js";
import { noteLink } from "./sendable.js";
import { requirePublisher, requireRecorder } from "./senders.js";
import { hasKey, isCorrection, requireFree, slotIfFree, slotOf } from "./slots.js";
import { isOverruling, isStopped, requireNotStopped } from "./stopped.js";

/** How far in the past a time may be for which something is scheduled, in ms: the clocks of laptops differ. */
const pastMs = 60_000;

type Wanted = z.output<typeof createPublication>;
type PublicationDetails = Omit<Wanted, "channel" | "account" | "state">;

/** Lists the publications of a submission, planned ones included, oldest first. Throws `not-found`. */
export async function readPublications(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
  now: Date,
): Promise<Page<Publication>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(
    await listPublications(store, submission.id, now, sliceOf(page)),
    page.limit,
    (publication) => publication.id,
  );
}

/** Reads one publication of a submission. Throws `not-found`. */
export async function readPublication(
  store: Store,
  caller: Caller,
  submissionId: string,
  id: string,
  now: Date,
): Promise<Publication> {
  const submission = await visibleSubmission(store, submissionId, caller);
  const all = await listPublications(store, submission.id, now);
  const publication = all.find((candidate) => candidate.id === id);
  if (!publication) throw problem("not-found");
  return publication;
}

/**
 * Plans a publication of the approved revision, or records one that is published already. Editors may do so, and operators as
 * `requireRecorder` says. What is there already is returned as it is; a failed one is planned again, and a link that is recorded
 * makes a planned one of the same account published. Throws `not-found`, `forbidden`, `conflict` (not approved; before embargo or
 * not_before, with the earliest allowed time; it may be out, and nobody knows; `stopped`; a time on an account that no publisher has),
 * `invalid` (a channel that was not approved; a time of publication in
 * the future, or a schedule in the past; a link as `requireLink` says).
 */
export async function addPublication(
  transaction: Store,
  caller: Caller,
  id: string,
  wanted: Wanted,
  now: Date,
): Promise<{ publication: Publication; isNew: boolean }> {
  const submission = await visibleSubmission(transaction, id, caller);
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  requireRecorder(caller, submission, approval?.destinations ?? [], wanted.state);
  if (!approval) throw await impossible(transaction, caller, submission);
  if (!isRecordable(wanted.channel, approval.channels)) throw invalidField("/channel", "not approved");
  const { state, channel } = wanted;
  const before = await storedPublications(transaction, submission.id);
  const { revision } = approval;
  const account = wanted.account || accountOfLink(before, wanted, revision);
  if (wanted.url !== undefined) requireLink({ channel, account }, wanted.url);
  const key = { channel, account, revision };
  const place = placeOf(
    before.filter((publication) => hasKey(publication, key)),
    wanted,
  );
  const described = async (publicationId: string) =>
    (await listPublications(transaction, submission.id, now)).find((other) => other.id === publicationId)!;
  if (place && !place.changes) return { publication: await described(place.found.id), isNew: false };
  if (!place && before.length >= limits.publications_per_submission) {
    throw invalidField("", `<= ${limits.publications_per_submission} publications`);
  }
  if (isPlan(state)) requireNotStopped(caller, before, approval);
  if (state === "scheduled") await requirePublisher(transaction, key);
  const earliest = await releaseTime(transaction, submission.id, approval);
  const details = place ? { ...withoutNulls(place.found), ...wanted } : wanted;
  const columns = {
    ...key,
    state,
    by_id: caller.id,
    correction: isCorrection(before, approval.revision) ? 1 : 0,
    unpublished_at: null,
    // What was asked for since the approval is about what is recorded now as well: it shall not be out.
    ...(place && !isPlan(state) && isStopped([place.found], approval) ? {} : noRequest),
    ...detailsOf(state, details, earliest, now),
    slot: slotOf(state, key, wanted.url),
  };
  requireFree(before, place?.found.id ?? "", columns.slot);
  const publicationId = place
    ? place.found.id
    : await insertPublication(transaction, { submission_id: submission.id, ...columns }, now);
  if (place) await changePublicationRow(transaction, place.found, columns);
  if (state === "published") await noteLink(transaction, { ...key, id: publicationId }, before);
  await recordPublicationChange(transaction, submission, firstTime(state, now), now);
  return { publication: await described(publicationId), isNew: !place };
}

/**
 * The account of a link that names none: of the one publication on the channel that was sent and of which it is the missing news. Empty
 * otherwise: then it is a publication of its own.
 */
function accountOfLink(all: readonly StoredPublication[], wanted: Wanted, revision: number): string {
  if (wanted.state !== "published") return "";
  const sent = all.filter(
    (row) =>
      row.channel === wanted.channel &&
      row.revision === revision &&
      (row.state === "unclear" || row.state === "handed_over"),
  );
  const [only] = sent;
  if (sent.length !== 1 || !only) return "";
  // Another website's link is no news of this one.
  const isElsewhere =
    only.channel === "web" && wanted.url !== undefined && new URL(wanted.url).origin !== only.account;
  return isElsewhere ? "" : only.account;
}

/**
 * The publication of the same account and revision that is meant, and whether it changes; undefined when it is a new one. Throws
 * `conflict` for a link or a failure of what may be out: an attempt or a person decides.
 */
function placeOf(
  same: readonly StoredPublication[],
  wanted: Wanted,
): { found: StoredPublication; changes: boolean } | undefined {
  const inState = (...states: PublicationState[]) => same.find(({ state }) => states.includes(state));
  const pending = inState("publishing", "unclear");
  const planned = inState("planned", "scheduled");
  const published = inState("published");
  const failed = same.findLast(({ state }) => state === "failed");
  if (wanted.state === "planned" || wanted.state === "scheduled") {
    const found = pending ?? inState("handed_over") ?? planned ?? published;
    if (found) return { found, changes: false };
    return failed && { found: failed, changes: true };
  }
  if (wanted.state === "published") {
    const recorded =
      wanted.url === undefined
        ? published
        : same.find(({ state, url }) => state === "published" && url === wanted.url);
    if (recorded) return { found: recorded, changes: false };
  }
  if (pending) throw problem("conflict", { detail: "undecided", possible: [] });
  const handed = inState("handed_over");
  if (wanted.state === "published") {
    const found = handed ?? planned ?? failed;
    return found && { found, changes: true };
  }
  if (handed) throw problem("conflict", { detail: "undecided", possible: [] });
  const found = planned ?? failed;
  const isTold = found?.state === "failed" && found.reason === (wanted.reason?.trim() || null);
  return found && { found, changes: !isTold };
}

/**
 * Changes the state of a publication. Throws as `addPublication` does, and `conflict` with the allowed states when the
 * requested one is not allowed. Only editors may unpublish, with a reason, and only they may decide what has become of what is unclear
 * or was handed over. An unclear one needs the reason too: the person who decides says what they have seen.
 */
export async function changePublication(
  transaction: Store,
  caller: Caller,
  id: string,
  publicationId: string,
  wanted: z.output<typeof updatePublication>,
  now: Date,
): Promise<Publication> {
  const submission = await visibleSubmission(transaction, id, caller);
  const all = await storedPublications(transaction, submission.id);
  const publication = all.find((publication) => publication.id === publicationId.toLowerCase());
  if (!publication) throw problem("not-found");
  const { state } = wanted;
  const approved = await findFrozen(transaction, submission.id, publication.revision);
  requireRecorder(caller, submission, approved?.destinations ?? [], state, publication.state);
  if (!publicationSteps[publication.state].includes(state)) {
    throw problem("conflict", { possible: [...publicationSteps[publication.state]] });
  }
  if (state === "unpublished" || publication.state === "unclear") {
    if (!wanted.reason?.trim()) throw invalidField("/reason", "required");
  }
  if (wanted.url !== undefined) requireLink(publication, wanted.url);
  if (state === "unpublished") await takeDown(transaction, [publication.id], wanted.reason ?? "", now);
  else if (publication.state === "unclear" || publication.state === "handed_over") {
    await decide(transaction, publication, all, wanted, now);
  } else {
    await change(transaction, caller, submission, publication, all, wanted, now);
  }
  if (state === "published") await noteLink(transaction, publication, all);
  await recordPublicationChange(transaction, submission, firstTime(state, now), now);
  return (await listPublications(transaction, submission.id, now)).find(({ id }) => id === publication.id)!;
}

type Change = z.output<typeof updatePublication>;

/** Records what a person has found out about something that was sent. It is a fact, whatever has become of the approval. */
async function decide(
  transaction: Store,
  publication: StoredPublication,
  all: readonly StoredPublication[],
  wanted: Change,
  now: Date,
): Promise<void> {
  const { state } = wanted;
  await changePublicationRow(transaction, publication, {
    state,
    correction: isCorrection(all, publication.revision) ? 1 : 0,
    ...detailsOf(state, { ...withoutNulls(publication), ...wanted }, new Date(0), now),
    slot: slotIfFree(all, publication.id, slotOf(state, publication)),
  });
  // Whoever looks for it is not waited for.
  await endLeases(transaction, publication.id, now);
}

async function change(
  transaction: Store,
  caller: Caller,
  submission: SubmissionWithNames,
  publication: StoredPublication,
  all: readonly StoredPublication[],
  wanted: Change,
  now: Date,
): Promise<void> {
  const { state } = wanted;
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  // Nothing new is published when the approval was revoked or covers a newer revision.
  if (approval?.revision !== publication.revision && state !== "failed" && state !== "planned") {
    throw problem("conflict", { possible: [] });
  }
  if (approval && isPlan(state)) requireNotStopped(caller, all, approval, publication.state);
  if (state === "scheduled") await requirePublisher(transaction, publication);
  const earliest = approval ? await releaseTime(transaction, submission.id, approval) : now;
  const details = detailsOf(state, { ...withoutNulls(publication), ...wanted }, earliest, now);
  const slot = slotOf(state, publication, details.url);
  requireFree(all, publication.id, slot);
  await changePublicationRow(transaction, publication, {
    state,
    correction: isCorrection(all, publication.revision) ? 1 : 0,
    // An earlier request is not about what is planned now, nor about what an editor records.
    ...(state === "failed" || !(isPlan(state) || isOverruling(caller)) ? {} : noRequest),
    ...details,
    slot,
  });
}

/** Whether it shall be sent. */
function isPlan(state: PublicationState): boolean {
  return state === "planned" || state === "scheduled";
}

/** What a change to this state counts as the first publication. */
function firstTime(state: PublicationState, now: Date): string | null {
  return state === "published" ? now.toISOString() : null;
}

/**
 * Checks the details of a publication for this state and returns its columns.
 *
 * @param earliest the earliest allowed time of publication
 */
function detailsOf(state: PublicationState, details: PublicationDetails, earliest: Date, now: Date) {
  const instant = (given: string | undefined) => (given === undefined ? null : new Date(given).toISOString());
  if (state === "published" && now < earliest) throw tooEarly(earliest);
  if (state === "scheduled") {
    if (details.scheduled_for === undefined) throw invalidField("/scheduled_for", "required");
    const time = new Date(details.scheduled_for);
    // An answer that was lost may be asked for again a moment later.
    const soonest = new Date(Math.max(earliest.getTime(), now.getTime() - pastMs));
    if (time < soonest) throw invalidField("/scheduled_for", `>= ${soonest.toISOString()}`);
  }
  if (state === "published" && details.published_at !== undefined && new Date(details.published_at) > now) {
    throw invalidField("/published_at", `<= ${now.toISOString()}`);
  }
  if (state === "failed" && !details.reason?.trim()) throw invalidField("/reason", "required");
  return {
    scheduled_for: state === "planned" ? null : instant(details.scheduled_for),
    published_at: state === "published" ? (instant(details.published_at) ?? now.toISOString()) : null,
    url: details.url ?? null,
    remote_id: details.remote_id ?? null,
    reason: details.reason?.trim() || null,
  };
}

function withoutNulls({
  scheduled_for,
  url,
  remote_id,
}: Pick<StoredPublication, "scheduled_for" | "url" | "remote_id">): PublicationDetails {
  return {
    ...(scheduled_for === null ? {} : { scheduled_for }),
    ...(url === null ? {} : { url }),
    ...(remote_id === null ? {} : { remote_id }),
  };
}
