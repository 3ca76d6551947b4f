import type { z } from "zod";
import { isRecordable } from "../../../channels/registry.js";
import {
  type createPublication,
  limits,
  type Publication,
  type updatePublication,
} from "../../../contract/contract.js";
import { type PublicationState, publicationSteps } from "../../../contract/lifecycle.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { latestApproval, noteChange } from "../../store/submissions/history.js";
import {
  insertPublication,
  listPublications,
  updatePublications,
} from "../../store/submissions/publications.js";
import { readContent } from "../../store/submissions/revisions.js";
import { type SubmissionWithNames, updateSubmission } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { invalidField, problem } from "../problem.js";
import { contributorsOf, impossible, visibleSubmission } from "./view.js";

type PublicationDetails = Omit<z.output<typeof createPublication>, "channel" | "account" | "state">;

/** Lists the publications of a submission, planned ones included, oldest first. Throws `not-found`. */
export async function readPublications(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Publication>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(
    await listPublications(store, submission.id, sliceOf(page)),
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
): Promise<Publication> {
  const submission = await visibleSubmission(store, submissionId, caller);
  const all = await listPublications(store, submission.id);
  const publication = all.find((candidate) => candidate.id === id);
  if (!publication) throw problem("not-found");
  return publication;
}

/**
 * Plans a publication of the approved revision, or records one that is published already. Editors may do so, and the
 * author once the submission is approved. The same link for the same revision returns the existing publication. Throws
 * `not-found`, `forbidden`, `conflict` (not approved; before embargo or not_before, with the earliest allowed time),
 * `invalid` (a channel that was not approved; a time in the future).
 */
export async function addPublication(
  transaction: Store,
  caller: Caller,
  id: string,
  wanted: z.output<typeof createPublication>,
  now: Date,
): Promise<{ publication: Publication; isNew: boolean }> {
  const submission = await visibleSubmission(transaction, id, caller);
  requireRecorder(caller, submission, wanted.state);
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  if (!approval) throw await impossible(transaction, caller, submission);
  if (!isRecordable(wanted.channel, approval.channels)) throw invalidField("/channel", "not approved");
  const before = await listPublications(transaction, submission.id);
  const recorded =
    wanted.url === undefined
      ? undefined
      : before.find((publication) => isSame(publication, wanted, approval));
  if (recorded) return { publication: recorded, isNew: false };
  if (before.length >= limits.publications_per_submission) {
    throw invalidField("", `<= ${limits.publications_per_submission} publications`);
  }
  const earliest = await releaseTime(transaction, submission.id, approval);
  const { state, channel, account } = wanted;
  const wentOut = before.some(
    (publication) => publication.published_at !== null && publication.revision < approval.revision,
  );
  const publicationId = await insertPublication(
    transaction,
    {
      submission_id: submission.id,
      revision: approval.revision,
      channel,
      account,
      state,
      by_id: caller.id,
      correction: wentOut ? 1 : 0,
      unpublished_at: null,
      slot: null,
      ...detailsOf(state, wanted, earliest, now),
    },
    now,
  );
  await recordPublicationChange(transaction, submission, state, now);
  const after = await listPublications(transaction, submission.id);
  return { publication: after.find((publication) => publication.id === publicationId)!, isNew: true };
}

/** A publication is recorded once per link and revision: the author and an editor may both report it. */
function isSame(
  publication: Publication,
  wanted: z.output<typeof createPublication>,
  approval: { revision: number },
): boolean {
  const keys = ["channel", "account", "state", "url"] as const;
  return (
    wanted.state === "published" &&
    publication.revision === approval.revision &&
    keys.every((key) => publication[key] === wanted[key])
  );
}

/**
 * Changes the state of a publication. Throws as `addPublication` does, and `conflict` with the allowed states when the
 * requested one is not allowed. Only editors may unpublish, and they must give a reason.
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
  const all = await listPublications(transaction, submission.id);
  const publication = all.find((publication) => publication.id === publicationId.toLowerCase());
  if (!publication) throw problem("not-found");
  requireRecorder(caller, submission, wanted.state);
  const { state } = wanted;
  if (!publicationSteps[publication.state].includes(state)) {
    throw problem("conflict", { possible: [...publicationSteps[publication.state]] });
  }
  if (state === "unpublished") {
    if (!wanted.reason?.trim()) throw invalidField("/reason", "required");
    await takeDown(transaction, [publication.id], wanted.reason, now);
  } else {
    const approval =
      submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
    // Nothing new is published when the approval was revoked or covers a newer revision.
    if (approval?.revision !== publication.revision && state !== "failed" && state !== "planned") {
      throw problem("conflict", { possible: [] });
    }
    const earliest = approval ? await releaseTime(transaction, submission.id, approval) : now;
    await updatePublications(transaction, [publication.id], {
      state,
      ...detailsOf(state, { ...withoutNulls(publication), ...wanted }, earliest, now),
    });
  }
  await recordPublicationChange(transaction, submission, state, now);
  return (await listPublications(transaction, submission.id)).find(({ id }) => id === publication.id)!;
}

/** Marks publications as unpublished. */
export async function takeDown(
  transaction: Store,
  ids: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  const changes = { state: "unpublished" as const, unpublished_at: now.toISOString(), reason: reason.trim() };
  await updatePublications(transaction, ids, changes);
}

/** What has become of an attempt to publish. */
const attempts: readonly PublicationState[] = ["publishing", "published", "failed"];

/**
 * Throws `forbidden` for a state that the caller may not record: editors may record any, the credited operators all but
 * the end of a publication, and a publisher its attempts.
 */
function requireRecorder(caller: Caller, submission: SubmissionWithNames, state: PublicationState): void {
  const { steps } = abilities[caller.role];
  const credited = [submission.author_id, ...contributorsOf(submission)];
  const may =
    steps === "editor" ||
    (steps === "operator" && credited.includes(caller.id) && state !== "unpublished") ||
    (caller.role === "publisher" && attempts.includes(state));
  if (!may) throw problem("forbidden");
}

/** The earliest time of publication: the later of the revision's embargo and the editor's not_before. */
async function releaseTime(
  store: Store,
  submissionId: string,
  approval: { revision: number; not_before: string | null },
): Promise<Date> {
  const { embargo } = await readContent(store, submissionId, approval.revision);
  const times = [embargo, approval.not_before].flatMap((time) => (time ? Date.parse(time) : []));
  return new Date(Math.max(0, ...times));
}

/**
 * Checks the details of a publication for this state and returns its columns.
 *
 * @param earliest the earliest allowed time of publication
 */
function detailsOf(state: PublicationState, details: PublicationDetails, earliest: Date, now: Date) {
  const instant = (given: string | undefined) => (given === undefined ? null : new Date(given).toISOString());
  if ((state === "published" || state === "publishing") && now < earliest) {
    throw problem("conflict", {
      detail: "embargo",
      not_before: earliest.toISOString(),
      possible: ["scheduled"],
    });
  }
  if (state === "scheduled") {
    if (details.scheduled_for === undefined) throw invalidField("/scheduled_for", "required");
    const time = new Date(details.scheduled_for);
    if (time < earliest) throw invalidField("/scheduled_for", `>= ${earliest.toISOString()}`);
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

function withoutNulls({ scheduled_for, url, remote_id }: Publication): PublicationDetails {
  return {
    ...(scheduled_for === null ? {} : { scheduled_for }),
    ...(url === null ? {} : { url }),
    ...(remote_id === null ? {} : { remote_id }),
  };
}

async function recordPublicationChange(
  transaction: Store,
  submission: SubmissionWithNames,
  state: PublicationState,
  now: Date,
): Promise<void> {
  const first = submission.first_published_at ?? (state === "published" ? now.toISOString() : null);
  await updateSubmission(transaction, submission.id, { first_published_at: first }, now);
  await noteChange(transaction, submission, "publication", now);
}
