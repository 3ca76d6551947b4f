import { validate as isUuid } from "uuid";
import type { Submission } from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import { isApproved } from "../../store/approved.js";
import type { Store } from "../../store/database/open.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { type StoredAttempt, storedAttempts } from "../../store/submissions/attempts.js";
import { type StoredPublication, storedPublications } from "../../store/submissions/publications.js";
import { findSubmission, type SubmissionWithNames } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "../submissions/view.js";
import { requireSender } from "./senders.js";

/** Which publication is meant. */
export interface PublicationAddress {
  /** Id of the submission. */
  id: string;
  publication: string;
}

/** A publication with what an attempt at it depends on. */
export interface Target {
  submission: SubmissionWithNames;
  publication: StoredPublication;
  /** All publications of the submission. */
  all: StoredPublication[];
  /** Where the revision may go. */
  destinations: NonNullable<Submission["approval"]>["destinations"];
  /** Oldest first. */
  attempts: StoredAttempt[];
}

/**
 * Finds a publication that the caller may send. Throws `not-found` and `forbidden`. A publisher finds what it has begun to send also
 * while a correction of it is in review, of which it sees nothing.
 */
export async function findTarget(
  store: Store,
  caller: Caller,
  { id, publication: publicationId }: PublicationAddress,
): Promise<Target> {
  const submission = await sentSubmission(store, caller, id, publicationId);
  const all = await storedPublications(store, submission.id);
  const publication = all.find((candidate) => candidate.id === publicationId.toLowerCase());
  if (!publication) throw problem("not-found");
  const approved = await findFrozen(store, submission.id, publication.revision);
  const destinations = approved?.destinations ?? [];
  requireSender(caller, destinations);
  return {
    submission,
    publication,
    all,
    destinations,
    attempts: await storedAttempts(store, publication.id),
  };
}

async function sentSubmission(
  store: Store,
  caller: Caller,
  id: string,
  publicationId: string,
): Promise<SubmissionWithNames> {
  if (abilities[caller.role].sees !== "approved" || !isUuid(id)) return visibleSubmission(store, id, caller);
  const publication = await store
    .selectFrom("publications")
    .select("id")
    .where("id", "=", publicationId.toLowerCase())
    .where("submission_id", "=", id.toLowerCase())
    .where(isApproved("publications.submission_id", "publications.revision"))
    .executeTakeFirst();
  const submission = publication && (await findSubmission(store, id.toLowerCase(), { all: true }));
  if (!submission) throw problem("not-found");
  return submission;
}
