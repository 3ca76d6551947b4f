import type { Rendering } from "../../../contract/contract.js";
import type { PublicationState } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";

/** Where the approved revision of a submission may go, and where it is. */
export interface ApprovedPlan {
  revision: number;
  channels: Rendering["channel"][];
  not_before: string | null;
  /** Whether something of the submission was asked to be taken down since the approval. */
  isStopped: boolean;
  /** Of this revision, oldest first. */
  publications: {
    id: string;
    channel: string;
    state: PublicationState;
    reason: string | null;
    scheduled_for: string | null;
  }[];
}

/** Reads the newest approval of each of these submissions, with its publications: two queries for a page. */
export async function approvedPlans(
  store: Store,
  ids: readonly string[],
): Promise<Map<string, ApprovedPlan>> {
  if (ids.length === 0) return new Map();
  const approvals = await store
    .selectFrom("approvals")
    .select(["submission_id", "revision", "channels", "not_before", "at"])
    .where("submission_id", "in", ids)
    .orderBy("id")
    .execute();
  const publications = await store
    .selectFrom("publications")
    .select([
      ...(["id", "submission_id", "revision", "channel", "state", "reason"] as const),
      ...(["scheduled_for", "take_down_requested_at"] as const),
    ])
    .where("submission_id", "in", ids)
    .orderBy("id")
    .execute();
  // The last one of a submission is its newest.
  const newest = new Map(approvals.map((approval) => [approval.submission_id, approval]));
  return new Map(
    [...newest].map(([id, { revision, channels, not_before, at }]) => [
      id,
      {
        revision,
        channels: JSON.parse(channels),
        not_before,
        isStopped: publications.some(
          ({ submission_id, take_down_requested_at: asked }) =>
            submission_id === id && asked !== null && Date.parse(asked) >= Date.parse(at),
        ),
        publications: publications.filter(
          (publication) => publication.submission_id === id && publication.revision === revision,
        ),
      },
    ]),
  );
}
