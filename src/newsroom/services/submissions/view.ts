import { validate as isUuid } from "uuid";
import type { Publication, Submission } from "../../../contract/contract.js";
import { type Circumstances, isOut, possibleSteps } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { latestApproval } from "../../store/submissions/history.js";
import { listPublications } from "../../store/submissions/publications.js";
import { readContent } from "../../store/submissions/revisions.js";
import {
  findSubmission,
  namesOf,
  relatedTo,
  type SubmissionWithNames,
  summaryOf,
} from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";

/** The submission, when the caller may know of it; else `not-found`, as if there were none. */
export async function visibleSubmission(
  store: Store,
  id: string,
  caller: Caller,
): Promise<SubmissionWithNames> {
  const row = isUuid(id) ? await findSubmission(store, id.toLowerCase(), caller.kecamatan) : undefined;
  if (!row) throw problem("not-found");
  return row;
}

/** The whole submission, with what the caller may do with it. Throws `not-found`. */
export async function readSubmission(store: Store, caller: Caller, id: string): Promise<Submission> {
  return describeSubmission(store, caller, await visibleSubmission(store, id, caller));
}

/** As `readSubmission`, of one that has been read. */
export async function describeSubmission(
  store: Store,
  caller: Caller,
  row: SubmissionWithNames,
): Promise<Submission> {
  const publications = await listPublications(store, row.id);
  return {
    ...summaryOf(row, publications),
    content: await readContent(store, row.id, row.revision),
    possible: possibleSteps(row.state, caller.role, circumstancesOf(row, publications)),
    contributors: await namesOf(store, contributorsOf(row)),
    related: await relatedTo(store, row.id, caller.kecamatan),
    merged_into: row.merged_into,
    publications,
    approval: row.state === "approved" ? await latestApproval(store, row.id) : null,
  };
}

/** What the lifecycle's table asks about besides the state. */
export function circumstancesOf(
  row: Pick<SubmissionWithNames, "asked">,
  publications: readonly Pick<Publication, "state">[],
): Circumstances {
  return { published: publications.some(isOut), asked: row.asked };
}

export function contributorsOf(row: Pick<SubmissionWithNames, "contributors">): string[] {
  return JSON.parse(row.contributors);
}

/** `conflict`, with the steps that are possible. */
export async function impossible(
  store: Store,
  caller: Caller,
  row: Pick<SubmissionWithNames, "id" | "state" | "asked">,
) {
  const now = circumstancesOf(row, await listPublications(store, row.id));
  return problem("conflict", { possible: possibleSteps(row.state, caller.role, now) });
}

/** Only a new revision changes it; comments and steps do not. */
export function etagOf(revision: number): string {
  return `"r${revision}"`;
}

/** If-Match (RFC 9110, 13.1.1); `*` names no revision and so matches none. Throws `stale` with the newest one. */
export function requireNewest(row: { revision: number }, ifMatch: string): void {
  const tags = ifMatch.split(",").map((tag) => tag.trim());
  if (!tags.includes(etagOf(row.revision))) throw problem("stale", { revision: row.revision });
}
