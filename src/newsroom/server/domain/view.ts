import { validate as isUuid } from "uuid";
import type { Submission } from "../../contract.js";
import { possibleSteps } from "../../lifecycle.js";
import { latestApproval } from "../store/history.js";
import type { Store } from "../store/open.js";
import { readContent } from "../store/revisions.js";
import { findSubmission, type NamedSubmission, summaryOf } from "../store/submissions.js";
import type { Caller } from "./caller.js";
import { problem } from "./problem.js";

/** The submission, when the caller may know of it; else `not-found`, as if there were none. */
export async function visibleSubmission(store: Store, id: string, caller: Caller): Promise<NamedSubmission> {
  const row = isUuid(id) ? await findSubmission(store, id.toLowerCase(), caller.kecamatan) : undefined;
  if (!row) throw problem("not-found");
  return row;
}

/** The whole submission, with what the caller may do with it. Throws `not-found`. */
export async function readSubmission(store: Store, caller: Caller, id: string): Promise<Submission> {
  const row = await visibleSubmission(store, id, caller);
  return {
    ...summaryOf(row),
    content: await readContent(store, row.id, row.revision),
    possible: possibleSteps(row.state, caller.role),
    approval: row.state === "approved" ? await latestApproval(store, row.id) : null,
  };
}

/** Only a new revision changes it; comments and steps do not. */
export function etagOf(revision: number): string {
  return `"r${revision}"`;
}
