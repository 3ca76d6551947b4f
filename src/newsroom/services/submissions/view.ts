import { validate as isUuid } from "uuid";
import type { Content, Publication, Submission } from "../../../contract/contract.js";
import { type Circumstances, isOut, possibleSteps } from "../../../contract/lifecycle.js";
import { abilities, editors } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { latestApproval } from "../../store/submissions/history.js";
import { listPublications, publicationStatesOf } from "../../store/submissions/publications.js";
import { readContent } from "../../store/submissions/revisions.js";
import {
  findSubmission,
  namesOf,
  relatedTo,
  type SubmissionWithNames,
  summaryOf,
} from "../../store/submissions/submissions.js";
import { type Caller, scopeOf } from "../caller.js";
import { problem } from "../problem.js";

/** Finds a submission that the caller may see. Throws `not-found` otherwise, as if it did not exist. */
export async function visibleSubmission(
  store: Store,
  id: string,
  caller: Caller,
): Promise<SubmissionWithNames> {
  const row = isUuid(id) ? await findSubmission(store, id.toLowerCase(), scopeOf(caller)) : undefined;
  if (!row) throw problem("not-found");
  return row;
}

/**
 * Reads the whole submission with the steps that the caller may take. Throws `not-found`.
 *
 * @param now at which somebody may hold an attempt to publish it
 */
export async function readSubmission(
  store: Store,
  caller: Caller,
  id: string,
  now: Date,
): Promise<Submission> {
  return describeSubmission(store, caller, await visibleSubmission(store, id, caller), now);
}

/** Does the work of `readSubmission` for a row that was read already. */
export async function describeSubmission(
  store: Store,
  caller: Caller,
  row: SubmissionWithNames,
  now: Date,
): Promise<Submission> {
  const publications = await listPublications(store, row.id, now);
  const isReviewer = editors.includes(caller.role);
  const last = row.state === "approved" || isReviewer ? await latestApproval(store, row.id) : null;
  return {
    ...summaryOf(row, publications),
    content: contentFor(caller, await readContent(store, row.id, row.revision)),
    possible: possibleSteps(row.state, caller.role, circumstancesOf(row, publications)),
    contributors: await namesOf(store, contributorsOf(row)),
    related: await relatedTo(store, row.id, scopeOf(caller)),
    merged_into: row.merged_into,
    publications,
    approval: row.state === "approved" ? approvalFor(caller, last) : null,
    last_approval: isReviewer ? last : null,
  };
}

/**
 * The content as the caller may read it: without its `internal` block and the names of those who consented, for those whom
 * they are not for.
 */
export function contentFor(caller: Caller, content: Content): Content {
  if (abilities[caller.role].reads_internal) return content;
  return { ...content, internal: {}, photos: content.photos.map(({ consent: _, ...photo }) => photo) };
}

/** The approval as the caller may read it, by the same rule. */
function approvalFor(caller: Caller, approval: Submission["approval"]): Submission["approval"] {
  if (!approval || abilities[caller.role].reads_internal) return approval;
  return {
    ...approval,
    overrides: approval.overrides.filter(({ key }) => !/^internal(\.|$)/.test(key)),
    photos: approval.photos.map(({ consent: _, ...answer }) => answer),
  };
}

/** The facts besides the state on which the steps of the lifecycle depend. */
export function circumstancesOf(
  row: Pick<SubmissionWithNames, "asked">,
  publications: readonly Pick<Publication, "state">[],
): Circumstances {
  return { published: publications.some(isOut), asked: row.asked };
}

export function contributorsOf(row: Pick<SubmissionWithNames, "contributors">): string[] {
  return JSON.parse(row.contributors);
}

/** Makes a `conflict` problem that lists the possible steps. */
export async function impossible(
  store: Store,
  caller: Caller,
  row: Pick<SubmissionWithNames, "id" | "state" | "asked">,
) {
  const now = circumstancesOf(row, await publicationStatesOf(store, row.id));
  return problem("conflict", { possible: possibleSteps(row.state, caller.role, now) });
}

/** The revisions that a request names as the ones that were read; `any` for whichever is there. */
export type RevisionsRead = readonly number[] | "any";

/**
 * Throws `precondition-required` if no revision is named. `any` is true of everything that exists (RFC 9110, 13.1.1), but
 * nobody has read it.
 */
export function requireNamed(read: RevisionsRead | undefined): void {
  if (read === undefined || read === "any") throw problem("precondition-required");
}

/**
 * Requires that the newest revision is among those that were read. Throws `stale` with the newest revision if an older one
 * is named, and `precondition-failed` if none is that there has been.
 */
export function requireNewest({ revision }: { revision: number }, read: RevisionsRead | undefined): void {
  if (read === undefined || read === "any" || read.includes(revision)) return;
  const isOlder = read.some((named) => named < revision);
  throw problem(isOlder ? "stale" : "precondition-failed", { revision });
}
