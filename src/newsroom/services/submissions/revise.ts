import { isDeepStrictEqual } from "node:util";
import { v7 as uuid } from "uuid";
import { type Content, limits } from "../../../contract/contract.js";
import { holds, mayRevise, mayTake, type Step, steps } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { visiblePhotos } from "../../store/photos/photos.js";
import { insertTransition, noteChange } from "../../store/submissions/history.js";
import { publicationStatesOf } from "../../store/submissions/publications.js";
import { insertRevision, readContent } from "../../store/submissions/revisions.js";
import {
  columnsOf,
  insertSubmission,
  type SubmissionWithNames,
  updateSubmission,
} from "../../store/submissions/submissions.js";
import { type Caller, ownKecamatan, scopeOf } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { recordStep } from "./steps.js";
import {
  circumstancesOf,
  impossible,
  type RevisionsRead,
  requireNamed,
  requireNewest,
  visibleSubmission,
} from "./view.js";

/** The content of a revision as an operator or editor sends it. */
interface Manuscript {
  content: Content;
  message?: string | undefined;
}

/**
 * Creates a submission of the caller's kecamatan and returns its id. Throws `forbidden`, or `invalid` for unknown
 * photos.
 */
export async function createSubmission(
  store: Store,
  caller: Caller,
  manuscript: Manuscript,
  now: Date,
): Promise<string> {
  const kecamatan = ownKecamatan(caller);
  await requirePhotos(store, caller, manuscript.content);
  const submission = { id: uuid(), kecamatan, author_id: caller.id };
  await insertSubmission(store, submission, manuscript.content, now);
  await addRevision(store, submission.id, 1, caller, manuscript, now);
  await insertTransition(
    store,
    {
      submission_id: submission.id,
      by_id: caller.id,
      step: "submit",
      from_state: null,
      to_state: "submitted",
      reason: null,
      assignee_id: null,
      revision: 1,
    },
    now,
  );
  await noteChange(store, submission, "submitted", now);
  return submission.id;
}

/**
 * Adds a revision, and with `submit` resubmits a returned submission in the same transaction. A revision of a published
 * submission is a correction and always goes to the editors. Content equal to the newest revision's adds no revision and
 * is no conflict, so that a repeated request succeeds in any state. The message is stored with the revision and with the
 * resubmission, so that an editor reads it even when nothing was changed.
 * Throws `not-found`, `precondition-required`, `conflict`, `stale`, `precondition-failed`, `invalid`.
 *
 * @param read the revisions that were read
 * @returns the newest revision
 */
export async function reviseSubmission(
  store: Store,
  caller: Caller,
  id: string,
  manuscript: Manuscript & { submit: boolean },
  read: RevisionsRead | undefined,
  now: Date,
): Promise<number> {
  const row = await visibleSubmission(store, id, caller);
  requireNamed(read);
  const current = await readContent(store, row.id, row.revision);
  const changed = !isDeepStrictEqual(asStored(manuscript.content), current);
  const step = await nextStep(store, caller, row, changed, manuscript.submit);
  const revision = row.revision + (changed ? 1 : 0);
  if (changed) {
    requireNewest(row, read);
    if (row.revision >= limits.revisions_per_submission) {
      throw invalidField("", `<= ${limits.revisions_per_submission} revisions`);
    }
    await requirePhotos(store, caller, manuscript.content);
    await addRevision(store, row.id, revision, caller, manuscript, now);
    await updateSubmission(store, row.id, { ...columnsOf(manuscript.content), revision }, now);
    await noteChange(store, row, "revised", now);
  }
  if (step) await recordStep(store, caller, row, step, { reason: manuscript.message, revision }, now);
  return revision;
}

/**
 * The step that a PUT takes besides adding a revision: the resubmission of a returned submission, or the correction of
 * a published one. Throws `conflict` where no revision may be sent.
 */
async function nextStep(
  store: Store,
  caller: Caller,
  row: SubmissionWithNames,
  changed: boolean,
  submit: boolean,
): Promise<Step | undefined> {
  if (changed && !mayRevise(row.state, caller.role)) {
    const now = circumstancesOf(row, await publicationStatesOf(store, row.id));
    const correct = steps.find(
      (step) =>
        step.sends_revision &&
        step.from.includes(row.state) &&
        mayTake(step, caller.role) &&
        holds(step, now),
    );
    if (!correct) throw await impossible(store, caller, row);
    return correct;
  }
  if (!submit || row.state !== "returned") return undefined;
  const resubmit = steps.find((step) => step.name === "resubmit")!;
  if (!mayTake(resubmit, caller.role)) throw problem("forbidden");
  return resubmit;
}

/** The content as it reads after a JSON round trip, without undefined values. */
function asStored(content: Content): Content {
  return JSON.parse(JSON.stringify(content));
}

async function addRevision(
  store: Store,
  submissionId: string,
  number: number,
  caller: Caller,
  { content, message }: Manuscript,
  now: Date,
): Promise<void> {
  await insertRevision(
    store,
    {
      submission_id: submissionId,
      number,
      author_id: caller.id,
      at: now.toISOString(),
      message: message ?? null,
    },
    content,
  );
}

async function requirePhotos(store: Store, caller: Caller, content: Content): Promise<void> {
  const hashes = [...new Set(content.photos.map((photo) => photo.sha256))];
  const visible = await visiblePhotos(store, hashes, scopeOf(caller));
  const errors = content.photos.flatMap(({ sha256 }, index) =>
    visible.has(sha256) ? [] : [{ pointer: `/content/photos/${index}/sha256`, detail: "unknown" }],
  );
  if (errors.length > 0) throw problem("invalid", { errors });
}
