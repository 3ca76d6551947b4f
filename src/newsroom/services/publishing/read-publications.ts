import type { Publication } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { listPublications } from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "../submissions/view.js";

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
