import type { Updateable } from "kysely";
import type { z } from "zod";
import type { transitionRequest } from "../../contract.js";
import { findStep, mayTake, possibleSteps, type State } from "../../lifecycle.js";
import { insertApproval, insertTransition, noteChange } from "../store/history.js";
import type { Store } from "../store/open.js";
import { findRevision } from "../store/revisions.js";
import type { SubmissionRow } from "../store/schema.js";
import { findSubmission, type NamedSubmission, updateSubmission } from "../store/submissions.js";
import type { Caller } from "./caller.js";
import { invalidField, problem } from "./problem.js";
import { requireNewest } from "./revise.js";
import { visibleSubmission } from "./view.js";

type Request = z.infer<typeof transitionRequest>;

/**
 * One step of the lifecycle's table. Throws `not-found`, `conflict` with the possible steps, `forbidden`,
 * `precondition-required` and `stale` where the step names its revision, `invalid` for what the step needs.
 *
 * @param ifMatch header
 */
export async function takeStep(
  store: Store,
  caller: Caller,
  id: string,
  request: Request,
  ifMatch: string | undefined,
  now: Date,
): Promise<void> {
  const row = await visibleSubmission(store, id, caller);
  const step = findStep(row.state, request.to);
  if (!step) throw problem("conflict", { possible: possibleSteps(row.state, caller.role) });
  if (!mayTake(step, caller.role)) throw problem("forbidden");
  if (step.names_revision && ifMatch === undefined) throw problem("precondition-required");
  if (ifMatch !== undefined) requireNewest(row, ifMatch);
  if (step.reason && !request.reason?.trim()) throw invalidField("/reason", "required");
  if (step.name === "approve") await recordApproval(store, caller, row, request, now);
  if (step.name === "revoke" && (await isPublished(store, row.id))) {
    throw problem("conflict", {
      possible: possibleSteps(row.state, caller.role).filter((n) => n !== "revoke"),
    });
  }
  const merged_into = step.name === "merge" ? await mergeInto(store, caller, row, request, now) : null;
  await updateSubmission(
    store,
    row.id,
    { ...consequences(row, request.to, caller, now), ...(merged_into === null ? {} : { merged_into }) },
    now,
  );
  await insertTransition(
    store,
    {
      submission_id: row.id,
      by_id: caller.id,
      step: step.name,
      from_state: row.state,
      to_state: request.to,
      reason: request.reason?.trim() || null,
      revision: row.revision,
    },
    now,
  );
  await noteChange(store, row, "transition", now);
}

/** What a step changes besides the history: who holds it, and the times that reports are made of. */
function consequences(row: NamedSubmission, to: State, caller: Caller, now: Date): Updateable<SubmissionRow> {
  const at = now.toISOString();
  return {
    state: to,
    claimed_by: to === "in_review" ? caller.id : null,
    first_claimed_at: row.first_claimed_at ?? (to === "in_review" ? at : null),
    decided_at: to === "approved" || to === "rejected" ? at : to === "in_review" ? null : row.decided_at,
  };
}

async function recordApproval(
  store: Store,
  caller: Caller,
  row: NamedSubmission,
  { approval }: Request,
  now: Date,
): Promise<void> {
  if (!approval) throw invalidField("/approval", "required");
  const read = await findRevision(store, row.id, row.revision);
  await insertApproval(
    store,
    {
      submission_id: row.id,
      revision: row.revision,
      not_before: approval.not_before ?? null,
      by_id: caller.id,
      note: approval.note ?? null,
      own_revision: read?.author.id === caller.id ? 1 : 0,
    },
    approval,
    now,
  );
}

async function isPublished(store: Store, submissionId: string): Promise<boolean> {
  const row = await store
    .selectFrom("publications")
    .select("id")
    .where("submission_id", "=", submissionId)
    .where("state", "in", ["publishing", "published"])
    .executeTakeFirst();
  return row !== undefined;
}

/** Credits the author, and whoever was credited before, in the submission that goes on. Returns its id. */
async function mergeInto(
  store: Store,
  caller: Caller,
  row: NamedSubmission,
  request: Request,
  now: Date,
): Promise<string> {
  if (!request.merged_into) throw invalidField("/merged_into", "required");
  const target = await findSubmission(store, request.merged_into.toLowerCase(), caller.kecamatan);
  if (!target || target.id === row.id) throw invalidField("/merged_into", "unknown");
  if (target.state === "merged" || target.state === "withdrawn") {
    throw invalidField("/merged_into", target.state);
  }
  const credited = new Set<string>([
    ...JSON.parse(target.contributors),
    row.author_id,
    ...JSON.parse(row.contributors),
  ]);
  credited.delete(target.author_id);
  await updateSubmission(store, target.id, { contributors: JSON.stringify([...credited]) }, now);
  return target.id;
}
