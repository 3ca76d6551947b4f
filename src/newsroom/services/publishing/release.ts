import type { Store } from "../../store/database/open.js";
import { noteChange } from "../../store/submissions/history.js";
import { readContent } from "../../store/submissions/revisions.js";
import { type SubmissionWithNames, updateSubmission } from "../../store/submissions/submissions.js";
import { problem } from "../problem.js";

/** The earliest time of publication: the later of the revision's embargo and the editor's not_before. */
export async function releaseTime(
  store: Store,
  submissionId: string,
  approval: { revision: number; not_before: string | null },
): Promise<Date> {
  const { embargo } = await readContent(store, submissionId, approval.revision);
  return latest([embargo, approval.not_before]);
}

/** The latest of these instants; the beginning of time when there is none. */
export function latest(instants: readonly (string | null | undefined)[]): Date {
  return new Date(Math.max(0, ...instants.flatMap((instant) => (instant ? Date.parse(instant) : []))));
}

/** The problem of a publication before its time. */
export function tooEarly(earliest: Date) {
  const not_before = earliest.toISOString();
  return problem("conflict", { detail: "embargo", not_before, possible: ["scheduled"] });
}

/** Notes that the state of a publication has changed. What was published first stays the first, for the reports. */
export async function recordPublicationChange(
  transaction: Store,
  submission: SubmissionWithNames,
  published_at: string | null,
  now: Date,
): Promise<void> {
  const first_published_at = submission.first_published_at ?? published_at;
  await updateSubmission(transaction, submission.id, { first_published_at }, now);
  await noteChange(transaction, submission, "publication", now);
}
