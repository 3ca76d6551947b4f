import { type RawBuilder, sql } from "kysely";

/**
 * Condition that a revision is approved. A revoked approval does not count: its reason may be what the revision says.
 *
 * @param submission column with the submission's id, e.g. "revisions.submission_id" @param revision column with the number
 */
export function isApproved(submission: string, revision: string): RawBuilder<boolean> {
  // Ids are in the order of time (RFC 9562, version 7).
  return sql<boolean>`exists (
    select 1 from approvals
    where approvals.submission_id = ${sql.ref(submission)} and approvals.revision = ${sql.ref(revision)}
      and not exists (
        select 1 from transitions
        where transitions.submission_id = approvals.submission_id and transitions.revision = approvals.revision
          and transitions.step = 'revoke' and transitions.id > approvals.id))`;
}
