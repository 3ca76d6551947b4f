import { isOut, mayRevise, mayTake, type Role, type Step, steps } from "../../../contract/lifecycle.js";
import type { ViewContext } from "../types.js";
import { approveForm, type TypedPhotoAnswer } from "./approve.js";
import type { LoadedSubmission } from "./loaded-submission.js";
import { approvalPlan, type LoadedPublishing, type TypedPlan } from "./plan.js";

/** The input of a refused step form. */
export interface StepForm {
  /** Name of the step that the form belongs to. */
  step: string;
  reason: string;
  not_before: string;
  note: string;
  merged_into: string;
  destinations: readonly string[];
  channels: readonly string[];
  /** What was answered about each photo, by its hash. */
  photos: Readonly<Record<string, TypedPhotoAnswer>>;
  /** The accounts on which it is scheduled together with the approval. */
  plan: TypedPlan;
}

/** The panel of steps: the ones offered, and the others with the reason. Follows the lifecycle's table. */
export interface StepPanel {
  steps: object[];
  refused: { label: string; reason: string }[];
  can_edit: boolean;
  /** The form that hands the claim to a colleague; null if that is not possible. */
  hand: { action: string; colleagues: { value: string; label: string }[] } | null;
  edit: string;
  edit_label: string;
  edit_hint: string;
}

interface Actor {
  id: string;
  role: Role;
}

export function stepPanel(
  context: ViewContext,
  actor: Actor,
  loaded: LoadedSubmission,
  typed: StepForm | null,
  publishing: LoadedPublishing,
): StepPanel {
  const { submission } = loaded;
  const messages = context.messages.desk;
  const offered: object[] = [];
  const refused: StepPanel["refused"] = [];
  for (const step of steps.filter(
    (candidate) => mayTake(candidate, actor.role) && !candidate.sends_revision,
  )) {
    const reason = refusalOf(context, actor, loaded, step);
    const form = typed?.step === step.name ? typed : null;
    if (reason === undefined) offered.push(stepForm(context, loaded, step, actor, form, publishing));
    else refused.push({ label: messages.steps[step.name], reason });
  }
  const isCorrection = submission.possible.includes("correct");
  const can_edit =
    loaded.revision === submission.revision && (isCorrection || mayRevise(submission.state, actor.role));
  if (!can_edit) refused.push({ label: messages.submission.edit, reason: messages.submission.editWhy });
  return {
    steps: offered,
    refused,
    can_edit,
    hand: handForm(loaded),
    edit: `/submissions/${submission.id}/edit`,
    edit_label: isCorrection ? messages.steps.correct : messages.submission.edit,
    edit_hint: isCorrection ? messages.stepHints.correct : messages.edit.hint,
  };
}

function handForm({ submission, colleagues }: LoadedSubmission): StepPanel["hand"] {
  const others = colleagues.filter((colleague) => colleague.id !== submission.claimed_by?.id);
  if (!submission.possible.includes("reassign") || others.length === 0) return null;
  return {
    action: `/submissions/${submission.id}/steps/reassign`,
    colleagues: others.map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** Returns why a step is not offered; undefined if it is offered. */
function refusalOf(
  context: ViewContext,
  actor: Actor,
  loaded: LoadedSubmission,
  step: Step,
): string | undefined {
  const { desk, post } = context.messages;
  const { submission } = loaded;
  if (!step.from.includes(submission.state)) {
    return desk.submission.onlyIn({ state: step.from.map((state) => post.states[state]).join(" / ") });
  }
  if (step.name === "reassign" && submission.claimed_by?.id === actor.id) return desk.submission.alreadyYours;
  if (!submission.possible.includes(step.name))
    return step.when ? desk.conditions[step.when] : post.states[submission.state];
  const isAllAsked = submission.publications.every((row) => !isOut(row) || row.take_down);
  // Once more would change nothing; a request of the sender waits for its answer all the same.
  if (step.name === "unpublish" && submission.asked !== "unpublish" && isAllAsked)
    return desk.submission.askedDown;
  return undefined;
}

function stepForm(
  context: ViewContext,
  loaded: LoadedSubmission,
  step: Step,
  actor: Actor,
  typed: StepForm | null,
  publishing: LoadedPublishing,
): object {
  const messages = context.messages.desk;
  const { submission } = loaded;
  const hint =
    (messages.stepHints as Record<string, string | ((p: { who: string }) => string)>)[step.name] ?? "";
  return {
    name: step.name,
    label:
      step.name === "unpublish" && submission.asked === "unpublish"
        ? messages.submission.takeDownAsAsked
        : messages.steps[step.name],
    hint:
      typeof hint === "string"
        ? hint
        : hint({ who: submission.claimed_by?.name ?? messages.submission.nobody }),
    action: `/submissions/${submission.id}/steps/${step.name}`,
    plain: ["claim", "release", "reassign", "confirm_withdrawal"].includes(step.name),
    primary: step.name === "claim",
    open: typed !== null,
    keep: `${submission.id}:${step.name}`,
    reason: step.reason ? (messages.stepReasons[step.name] ?? "") : null,
    merge: step.name === "merge",
    approve: step.name === "approve" ? approveForm(context, loaded, actor.id, typed) : null,
    plan: step.name === "approve" ? approvalPlan(context, publishing, typed?.plan ?? null) : null,
    typed: typed ?? { reason: "", not_before: "", note: "", merged_into: "" },
  };
}
