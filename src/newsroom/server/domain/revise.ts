import { isDeepStrictEqual } from "node:util";
import { v7 as uuid } from "uuid";
import { type Content, limits } from "../../contract.js";
import { findStep, mayRevise, mayTake, possibleSteps, type State } from "../../lifecycle.js";
import { insertTransition, noteChange } from "../store/history.js";
import type { Store } from "../store/open.js";
import { visiblePhotos } from "../store/photos.js";
import { insertRevision, readContent } from "../store/revisions.js";
import { columnsOf, insertSubmission, type NamedSubmission, updateSubmission } from "../store/submissions.js";
import type { Caller } from "./caller.js";
import { invalidField, problem } from "./problem.js";
import { etagOf, visibleSubmission } from "./view.js";

/** What an operator or editor sends as the content of a revision. */
export interface Manuscript {
  content: Content;
  message?: string | undefined;
}

/** A new submission of the caller's kecamatan; returns its id. Throws `forbidden`, or `invalid` for unknown photos. */
export async function createSubmission(
  store: Store,
  caller: Caller,
  manuscript: Manuscript,
  now: Date,
): Promise<string> {
  if (caller.kecamatan === null) throw problem("forbidden");
  await requirePhotos(store, caller, manuscript.content);
  const submission = { id: uuid(), kecamatan: caller.kecamatan, author_id: caller.id };
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
      revision: 1,
    },
    now,
  );
  await noteChange(store, submission, "submitted", now);
  return submission.id;
}

/**
 * A new revision, and with `submit` the way back to the editors in the same step. Content that is the newest
 * revision's makes no revision and is no conflict: a repeated request ends well, whatever it has become since.
 * The message is kept with the revision, and with the way back, where an editor reads why nothing was changed.
 * Throws `not-found`, `precondition-required`, `conflict`, `stale`, `invalid`.
 *
 * @param ifMatch header: the revision that was read
 */
export async function reviseSubmission(
  store: Store,
  caller: Caller,
  id: string,
  manuscript: Manuscript & { submit: boolean },
  ifMatch: string | undefined,
  now: Date,
): Promise<void> {
  const row = await visibleSubmission(store, id, caller);
  if (ifMatch === undefined) throw problem("precondition-required");
  const changed = !isDeepStrictEqual(
    asStored(manuscript.content),
    await readContent(store, row.id, row.revision),
  );
  if (changed) {
    if (!mayRevise(row.state, caller.role)) {
      throw problem("conflict", { possible: possibleSteps(row.state, caller.role) });
    }
    requireNewest(row, ifMatch);
    if (row.revision >= limits.revisions_per_submission) {
      throw invalidField("", `<= ${limits.revisions_per_submission} revisions`);
    }
    await requirePhotos(store, caller, manuscript.content);
    await addRevision(store, row.id, row.revision + 1, caller, manuscript, now);
    await updateSubmission(
      store,
      row.id,
      { ...columnsOf(manuscript.content), revision: row.revision + 1 },
      now,
    );
    await noteChange(store, row, "revised", now);
  }
  if (manuscript.submit && row.state === "returned") {
    const revision = row.revision + (changed ? 1 : 0);
    await resubmit(store, caller, row, revision, manuscript.message, now);
  }
}

/** Without the keys that JSON does not keep. */
function asStored(content: Content): Content {
  return JSON.parse(JSON.stringify(content));
}

async function resubmit(
  store: Store,
  caller: Caller,
  row: NamedSubmission,
  revision: number,
  message: string | undefined,
  now: Date,
): Promise<void> {
  const to: State = "submitted";
  const step = findStep(row.state, to);
  if (!step || !mayTake(step, caller.role)) throw problem("forbidden");
  await updateSubmission(store, row.id, { state: to, claimed_by: null }, now);
  await insertTransition(
    store,
    {
      submission_id: row.id,
      by_id: caller.id,
      step: step.name,
      from_state: row.state,
      to_state: to,
      reason: message ?? null,
      revision,
    },
    now,
  );
  await noteChange(store, row, "transition", now);
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

/** If-Match (RFC 9110, 13.1.1); `*` names no revision and so matches none. Throws `stale` with the newest one. */
export function requireNewest(row: { revision: number }, ifMatch: string): void {
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  if (!tags.includes(etagOf(row.revision))) throw problem("stale", { revision: row.revision });
}

async function requirePhotos(store: Store, caller: Caller, content: Content): Promise<void> {
  const hashes = [...new Set(content.photos.map((photo) => photo.sha256))];
  const known = await visiblePhotos(store, hashes, caller.kecamatan);
  const errors = content.photos.flatMap(({ sha256 }, index) =>
    known.has(sha256) ? [] : [{ pointer: `/content/photos/${index}/sha256`, detail: "unknown" }],
  );
  if (errors.length > 0) throw problem("invalid", { errors });
}
