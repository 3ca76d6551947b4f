import { unapprovedReason } from "../../../contract/failure-codes.js";
import type { Store } from "../../store/database/open.js";
import { storedPublications, updatePublications } from "../../store/submissions/publications.js";

/**
 * Stops what is planned and scheduled of revisions that are not approved any more: it could never be sent, and people would wait for it. It has
 * failed, as what an editor cancels.
 *
 * @param approved the revision that is approved now; null for none
 */
export async function stopUnapproved(
  transaction: Store,
  submissionId: string,
  approved: number | null,
): Promise<void> {
  const ids = (await storedPublications(transaction, submissionId))
    .filter(({ state, revision }) => (state === "planned" || state === "scheduled") && revision !== approved)
    .map(({ id }) => id);
  await updatePublications(transaction, ids, { state: "failed", reason: unapprovedReason, slot: null });
}
