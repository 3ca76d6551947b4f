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
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { findComment, listComments, listTransitions } from "../../store/submissions/history.js";
import { listRedactions } from "../../store/submissions/redactions.js";
import { findRevision, listRevisions } from "../../store/submissions/revisions.js";
import { listSubmissions, summariesOf } from "../../store/submissions/submissions.js";
import { type Caller, scopeOf } from "../caller.js";
import { cursorOf, numberKey, type Page, type PageQuery, pageOf, sliceOf } from "../page.js";
import { problem } from "../problem.js";
import { contentFor, visibleSubmission } from "./view.js";

/**
 * Lists the submissions that the caller may see, newest first. A search reads a limited number of rows per request: its
 * page may be short or empty and still have a cursor, from which the search continues. Throws `invalid` for an unknown
 * cursor.
 */
export async function listQueue(
  store: Store,
  caller: Caller,
  { cursor, limit, ...filter }: z.output<typeof submissionQuery>,
): Promise<Page<SubmissionSummary>> {
  const { after, limit: sliceLimit } = sliceOf({ cursor, limit });
  const { rows, searchedTo } = await listSubmissions(store, {
    ...filter,
    scope: scopeOf(caller),
    beforeId: after,
    limit: sliceLimit,
  });
  const page = pageOf(await summariesOf(store, rows), limit, (row) => row.id);
  return searchedTo === undefined ? page : { ...page, next_cursor: page.next_cursor ?? cursorOf(searchedTo) };
}

/**
 * Lists comments, oldest first. Like all functions below, throws `not-found` for a submission that the caller may not
 * see.
 */
export async function readComments(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Comment>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(await listComments(store, submission.id, sliceOf(page)), page.limit, (comment) => comment.id);
}

/** Reads one comment. Throws `not-found` for an unknown one, too. */
export async function readComment(
  store: Store,
  caller: Caller,
  submissionId: string,
  id: string,
): Promise<Comment> {
  const submission = await visibleSubmission(store, submissionId, caller);
  const comment = await findComment(store, submission.id, id);
  if (!comment) throw problem("not-found");
  return comment;
}

/** Lists the steps of a submission, oldest first. */
export async function readHistory(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Transition>> {
  const submission = await visibleSubmission(store, id, caller);
  return pageOf(
    await listTransitions(store, submission.id, sliceOf(page)),
    page.limit,
    (transition) => transition.id,
  );
}

/** Lists the redactions of a submission and of its photos, oldest first. */
export async function readRedactions(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<Redaction>> {
  const submission = await visibleSubmission(store, id, caller);
  const { items, next_cursor } = pageOf(
    await listRedactions(store, submission.id, sliceOf(page)),
    page.limit,
    (redaction) => redaction.id,
  );
  // A machine has to know what to forget, and no more.
  const isMachine = abilities[caller.role].sees === "approved";
  return {
    items: isMachine ? items.map((redaction) => ({ ...redaction, reason: "", legal_basis: "" })) : items,
    next_cursor,
  };
}

/** Lists the revisions that the caller sees, oldest first, without their content. */
export async function readRevisions(
  store: Store,
  caller: Caller,
  id: string,
  page: PageQuery,
): Promise<Page<z.infer<typeof revisionSummary>>> {
  const submission = await visibleSubmission(store, id, caller);
  const rows = await listRevisions(store, submission.id, scopeOf(caller), sliceOf(page, numberKey));
  return pageOf(rows, page.limit, (revision) => revision.number);
}

/** Reads one revision with its content. */
export async function readRevision(
  store: Store,
  caller: Caller,
  id: string,
  number: number,
): Promise<z.infer<typeof revision>> {
  const submission = await visibleSubmission(store, id, caller);
  const found = await findRevision(store, submission.id, number, scopeOf(caller));
  if (!found) throw problem("not-found");
  return { ...found, content: contentFor(caller, found.content) };
}
