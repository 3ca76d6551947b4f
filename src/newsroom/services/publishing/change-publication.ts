import type { z } from "zod";
import type { Publication, updatePublication } from "../../../contract/contract.js";
import { publicationSteps } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { endLeases } from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import {
  changePublicationRow,
  listPublications,
  type StoredPublication,
  storedPublications,
} from "../../store/submissions/publications.js";
import type { SubmissionWithNames } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { noRequest, takeDown } from "../submissions/take-down.js";
import { visibleSubmission } from "../submissions/view.js";
import { detailsOf, firstTime, isPlan, withoutNulls } from "./details.js";
import { requireLink } from "./links.js";
import { recordPublicationChange, releaseTime } from "./release.js";
import { noteLink } from "./sendable.js";
import { requirePublisher, requireRecorder } from "./senders.js";
import { isCorrection, requireFree, slotIfFree, slotOf } from "./slots.js";
import { isOverruling, requireNotStopped } from "./stopped.js";

type Change = z.output<typeof updatePublication>;

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
  wanted: Change,
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
