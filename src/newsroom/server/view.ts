import { validate as isUuid } from "uuid";
import type { Submission } from "../contract.js";
import { possibleSteps } from "../lifecycle.js";
import type { Answer } from "./answer-once.js";
import type { Caller } from "./auth.js";
import { problem } from "./problems.js";
import { latestApproval } from "./store/history.js";
import type { Store } from "./store/open.js";
import { readContent } from "./store/revisions.js";
import { findSubmission, type NamedSubmission, summaryOf } from "./store/submissions.js";

/** The submission, when the caller may know of it; else `not-found`, as if there were none. */
export async function visibleSubmission(store: Store, id: string, caller: Caller): Promise<NamedSubmission> {
  const row = isUuid(id) ? await findSubmission(store, id.toLowerCase(), caller.kecamatan) : undefined;
  if (!row) throw problem("not-found");
  return row;
}

/** The whole submission as an answer, with its ETag. */
export async function submissionAnswer(
  store: Store,
  id: string,
  caller: Caller,
  status = 200,
): Promise<Answer> {
  const row = await visibleSubmission(store, id, caller);
  const body: Submission = {
    ...summaryOf(row),
    content: await readContent(store, row.id, row.revision),
    possible: possibleSteps(row.state, caller.role),
    approval: row.state === "approved" ? await latestApproval(store, row.id) : null,
  };
  return { status, headers: { etag: etagOf(row.revision) }, body };
}

/** Only a new revision changes it; comments and steps do not. */
export function etagOf(revision: number): string {
  return `"r${revision}"`;
}
