import type { Selectable } from "kysely";
import type { z } from "zod";
import { openChecks } from "../../../check/open-checks.js";
import type { Content, Person, PhotoAnswer, transitionRequest } from "../../../contract/contract.js";
import {
  holds,
  mayTake,
  requestedSteps,
  type Step,
  senderRequestAfter,
} from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { activeEditors } from "../../store/people/users.js";
import type { SubmissionRow } from "../../store/schema.js";
import { insertApproval, insertTransition, noteChange } from "../../store/submissions/history.js";
import { publicationStatesOf } from "../../store/submissions/publications.js";
import { findRevision } from "../../store/submissions/revisions.js";
import {
  addRelated,
  findSubmission,
  type SubmissionWithNames,
  updateSubmission,
} from "../../store/submissions/submissions.js";
import { type Caller, scopeOf } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { freeze, type PreparedRenderings } from "./renderings.js";
import { stopUnapproved } from "./stop-unapproved.js";
import { takeAllDown } from "./take-down.js";
import {
  circumstancesOf,
  contributorsOf,
  impossible,
  type RevisionsRead,
  requireNamed,
  requireNewest,
  visibleSubmission,
} from "./view.js";

type StepRequest = z.output<typeof transitionRequest>;

/**
 * Applies one step of the lifecycle table, within a transaction. Throws `not-found`, `conflict` with the possible
 * steps, `checks-open` with what an approval leaves open, `forbidden`, `precondition-required` when the step must name a revision, `stale`, `precondition-failed`, `invalid` for missing
 * input.
 *
 * @param read the revisions that were read
 * @param prepared the renderings of what is approved. Throws `Unprepared` where they are not of it
 * @returns the submission after the step
 */
export async function applyStep(
  transaction: Store,
  caller: Caller,
  id: string,
  request: StepRequest,
  read: RevisionsRead | undefined,
  now: Date,
  prepared?: PreparedRenderings,
): Promise<SubmissionWithNames> {
  const row = await visibleSubmission(transaction, id, caller);
  const step = await chooseStep(transaction, caller, row, request);
  if (step.names_revision) requireNamed(read);
  requireNewest(row, read);
  if (step.reason && !request.reason?.trim()) throw invalidField("/reason", "required");
  if (step.name === "approve") await recordApproval(transaction, caller, row, request, now, prepared);
  if (
    step.name === "unpublish" &&
    !(await takeAllDown(transaction, row.id, caller.id, request.reason ?? "", now))
  ) {
    throw await impossible(transaction, caller, row);
  }
  const effects =
    step.name === "merge"
      ? await mergeInto(transaction, caller, row, request, now)
      : step.name === "reassign" && request.assignee !== undefined
        ? { assignee: await requireColleague(transaction, request.assignee, now) }
        : {};
  return recordStep(transaction, caller, row, step, { ...request, revision: row.revision }, now, effects);
}

/** Changes of a step beyond those of the lifecycle table. */
interface StepEffects {
  merged_into?: string;
  /** The editor who takes over the claim. */
  assignee?: Person;
}

/**
 * Records a step that was checked already: the new state, the history and the change feed. Returns the submission
 * after the step.
 */
export async function recordStep(
  transaction: Store,
  caller: Caller,
  row: SubmissionWithNames,
  step: Step,
  details: { reason?: string | undefined; revision: number },
  now: Date,
  { assignee, ...columns }: StepEffects = {},
): Promise<SubmissionWithNames> {
  const changes = {
    ...consequences(row, step, caller, now),
    ...columns,
    ...(assignee && { claimed_by: assignee.id }),
    asked: senderRequestAfter(step, row.asked),
  };
  await updateSubmission(transaction, row.id, changes, now);
  await insertTransition(
    transaction,
    {
      submission_id: row.id,
      by_id: caller.id,
      step: step.name,
      from_state: row.state,
      to_state: step.to ?? row.state,
      reason: details.reason?.trim() || null,
      revision: details.revision,
      assignee_id: assignee?.id ?? null,
    },
    now,
  );
  if (step.to !== null) {
    await stopUnapproved(transaction, row.id, step.to === "approved" ? details.revision : null);
  }
  await noteChange(transaction, row, "transition", now);
  const holder = assignee ?? caller;
  return {
    ...row,
    ...changes,
    ...(changes.claimed_by !== undefined && { claimed_name: changes.claimed_by && holder.name }),
    updated_at: now.toISOString(),
  };
}

/** Finds the requested step in the lifecycle table and checks that the caller may take it. */
async function chooseStep(
  transaction: Store,
  caller: Caller,
  row: SubmissionWithNames,
  { step, to }: StepRequest,
): Promise<Step> {
  if (step === undefined && to === undefined) throw invalidField("", "step or to");
  const candidates = requestedSteps(row.state, {
    ...(step === undefined ? {} : { step }),
    ...(to === undefined ? {} : { to }),
  });
  if (candidates.length === 0) throw await impossible(transaction, caller, row);
  const allowedStep = candidates.find((step) => mayTake(step, caller.role));
  if (!allowedStep) throw problem("forbidden");
  if (!holds(allowedStep, circumstancesOf(row, await publicationStatesOf(transaction, row.id)))) {
    throw await impossible(transaction, caller, row);
  }
  return allowedStep;
}

/** The columns that a step changes: state, claim, and the times that the weekly report uses. */
function consequences(
  row: SubmissionWithNames,
  { to }: Step,
  caller: Caller,
  now: Date,
): Partial<Selectable<SubmissionRow>> {
  if (to === null) return {};
  const at = now.toISOString();
  return {
    state: to,
    claimed_by: to === "in_review" ? caller.id : null,
    first_claimed_at: row.first_claimed_at ?? (to === "in_review" ? at : null),
    decided_at: to === "approved" || to === "rejected" ? at : to === "in_review" ? null : row.decided_at,
  };
}

async function recordApproval(
  transaction: Store,
  caller: Caller,
  row: SubmissionWithNames,
  { approval }: StepRequest,
  now: Date,
  prepared: PreparedRenderings | undefined,
): Promise<void> {
  if (!approval) throw invalidField("/approval", "required");
  const read = (await findRevision(transaction, row.id, row.revision))!;
  requireFitting(read.content, approval.photos);
  const checks = openChecks(read.content, approval);
  if (checks.length > 0) throw problem("checks-open", { checks });
  await insertApproval(
    transaction,
    {
      submission_id: row.id,
      revision: row.revision,
      not_before: approval.not_before ?? null,
      by_id: caller.id,
      note: approval.note ?? null,
      own_revision: read.author.id === caller.id ? 1 : 0,
      overrides: JSON.stringify(approval.overrides),
      photo_answers: JSON.stringify(approval.photos),
      renderings: await freeze(transaction, read.content, approval.channels, prepared),
    },
    approval,
    now,
  );
}

/**
 * Requires answers about photos of this revision, one about each, with a consent exactly where children were consented for.
 * Throws `invalid`.
 */
function requireFitting({ photos }: Content, answers: readonly PhotoAnswer[]): void {
  const errors = answers.flatMap(({ sha256, children, consent }, index) => {
    const error = (field: string, detail: string) => ({
      pointer: `/approval/photos/${index}/${field}`,
      detail,
    });
    const isOf = (other: { sha256: string }) => other.sha256 === sha256;
    return [
      ...(photos.some(isOf) ? [] : [error("sha256", "unknown")]),
      ...(answers.findIndex(isOf) === index ? [] : [error("sha256", "twice")]),
      ...(children === "consented" && !consent ? [error("consent", "required")] : []),
      ...(children !== "consented" && consent ? [error("consent", "unwanted")] : []),
    ];
  });
  if (errors.length > 0) throw problem("invalid", { errors });
}

/** Finds the active editor who takes over a claim. */
async function requireColleague(transaction: Store, id: string, now: Date): Promise<Person> {
  const colleague = (await activeEditors(transaction, now)).find((editor) => editor.id === id.toLowerCase());
  if (!colleague) throw invalidField("/assignee", "unknown");
  return colleague;
}

/**
 * Adds the author and the contributors of the merged submission to the contributors of the target, without duplicates.
 */
async function mergeInto(
  transaction: Store,
  caller: Caller,
  row: SubmissionWithNames,
  request: StepRequest,
  now: Date,
): Promise<{ merged_into: string }> {
  if (!request.merged_into) throw invalidField("/merged_into", "required");
  const target = await findSubmission(transaction, request.merged_into.toLowerCase(), scopeOf(caller));
  if (!target || target.id === row.id) throw invalidField("/merged_into", "unknown");
  if (["merged", "withdrawn", "rejected"].includes(target.state)) {
    throw invalidField("/merged_into", target.state);
  }
  const credited = new Set([...contributorsOf(target), row.author_id, ...contributorsOf(row)]);
  credited.delete(target.author_id);
  await updateSubmission(transaction, target.id, { contributors: JSON.stringify([...credited]) }, now);
  await addRelated(transaction, target.id, row.id);
  await noteChange(transaction, target, "merged", now);
  return { merged_into: target.id };
}
