import type { z } from "zod";
import type {
  Comment,
  Redaction,
  revision,
  revisionSummary,
  SubmissionSummary,
  submissionQuery,
  Transition,
} from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { listComments, listTransitions } from "../../store/submissions/history.js";
import { listRedactions } from "../../store/submissions/redactions.js";
import { findRevision, listRevisions } from "../../store/submissions/revisions.js";
import { listSubmissions, summariesOf } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { cursorOf, numberKey, type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "./view.js";

/**
 * The queue: what the caller may see, newest first. A search may give a page that is not full, or empty, and still a
 * cursor: it has looked through its share and goes on there. Throws `invalid` for a foreign cursor.
 */
export async function listQueue(
  store: Store,
  caller: Caller,
  { cursor, limit, ...filter }: z.output<typeof submissionQuery>,
): Promise<Page<SubmissionSummary>> {
  const { after, limit: most } = sliceOf({ cursor, limit });
  const { rows, searchedTo } = await listSubmissions(store, {
    ...filter,
    visibleTo: caller.kecamatan,
    beforeId: after,
    limit: most,
  });
  const page = pageOf(await summariesOf(store, rows), limit, (one) => one.id);
  return searchedTo === undefined ? page : { ...page, next_cursor: page.next_cursor ?? cursorOf(searchedTo) };
}

/** Comments, oldest first. Throws `not-found`, as all of these do, for what the caller may not know of. */
export async function readComments(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Comment>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(await listComments(store, submission.id, sliceOf(page)), page.limit, (one) => one.id);
}

/** Every step that was taken, oldest first. */
export async function readHistory(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Transition>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(await listTransitions(store, submission.id, sliceOf(page)), page.limit, (one) => one.id);
}

/** What was taken away of it and of its photos, oldest first. */
export async function readRedactions(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Redaction>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(await listRedactions(store, submission.id, sliceOf(page)), page.limit, (one) => one.id);
}

/** All revisions, oldest first, without their content. */
export async function readRevisions(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<z.infer<typeof revisionSummary>>> {
  const submission = await visibleSubmission(store, id, caller);
  const rows = await listRevisions(store, submission.id, sliceOf(page, numberKey));
  return pageOf(rows, page.limit, (one) => one.number);
}

/** One revision with its content. */
export async function readRevision(
  store: Store,
  caller: Caller,
  id: string,
  number: number,
): Promise<z.infer<typeof revision>> {
  const submission = await visibleSubmission(store, id, caller);
  const found = await findRevision(store, submission.id, number);
  if (!found) throw problem("not-found");
  return found;
}
