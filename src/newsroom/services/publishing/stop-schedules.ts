import { restoredReason } from "../../../contract/failure-codes.js";
import type { Store } from "../../store/database/open.js";
import { changePublicationRow } from "../../store/submissions/publications.js";
import { findSubmission } from "../../store/submissions/submissions.js";
import { recordPublicationChange } from "./release.js";

/**
 * Stops everything that is scheduled, in a newsroom that was restored from a backup: it may have gone out since, or have been cancelled, and
 * nobody would be there when a publisher sends it. A person looks, then schedules or sends it again. It has failed, as what an editor cancels.
 */
export async function stopSchedules(transaction: Store, now: Date): Promise<void> {
  const scheduled = await transaction
    .selectFrom("publications")
    .select(["id", "submission_id"])
    .where("state", "=", "scheduled")
    .orderBy("id")
    .execute();
  for (const row of scheduled) {
    await changePublicationRow(transaction, row, { state: "failed", slot: null, reason: restoredReason });
    const submission = await findSubmission(transaction, row.submission_id, { all: true });
    if (submission) await recordPublicationChange(transaction, submission, null, now);
  }
}
