import { approvalChannels, channelLabel } from "../../../channels/registry.js";
import {
  destinations,
  mayRevise,
  mayTake,
  type Role,
  type Step,
  steps,
} from "../../../contract/lifecycle.js";
import type { ViewContext } from "../types.js";
import { when } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** What was typed in a step's form that could not be taken. */
export interface StepForm {
  /** The step whose form it is. */
  step: string;
  reason: string;
  not_before: string;
  note: string;
  merged_into: string;
  destinations: readonly string[];
  channels: readonly string[];
}

/** The panel of steps: what is offered, and why the rest is not. Driven by the lifecycle's table. */
export interface StepPanel {
  steps: object[];
  refused: { label: string; why: string }[];
  can_edit: boolean;
  /** To hand the claim to someone else; null where that is not possible. */
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
  telling: ViewContext,
  actor: Actor,
  known: LoadedSubmission,
  typed: StepForm | null,
): StepPanel {
  const { submission } = known;
  const words = telling.messages.desk;
  const offered: object[] = [];
  const refused: StepPanel["refused"] = [];
  for (const step of steps.filter((one) => mayTake(one, actor.role) && !one.sends_revision)) {
    const why = whyNot(telling, actor, known, step);
    const form = typed?.step === step.name ? typed : null;
    if (why === undefined) offered.push(stepForm(telling, known, step, actor, form));
    else refused.push({ label: words.steps[step.name], why });
  }
  const isCorrection = submission.possible.includes("correct");
  const can_edit =
    known.revision === submission.revision && (isCorrection || mayRevise(submission.state, actor.role));
  if (!can_edit) refused.push({ label: words.submission.edit, why: words.submission.editWhy });
  return {
    steps: offered,
    refused,
    can_edit,
    hand: handForm(known),
    edit: `/submissions/${submission.id}/edit`,
    edit_label: isCorrection ? words.steps.correct : words.submission.edit,
    edit_hint: isCorrection ? words.stepHints.correct : words.edit.hint,
  };
}

function handForm({ submission, colleagues }: LoadedSubmission): StepPanel["hand"] {
  const others = colleagues.filter((one) => one.id !== submission.claimed_by?.id);
  if (!submission.possible.includes("reassign") || others.length === 0) return null;
  return {
    action: `/submissions/${submission.id}/steps/reassign`,
    colleagues: others.map(({ id, name }) => ({ value: id, label: name })),
  };
}

/** Why a step is not offered; undefined when it is. */
function whyNot(telling: ViewContext, actor: Actor, known: LoadedSubmission, step: Step): string | undefined {
  const { desk, post } = telling.messages;
  const { submission } = known;
  if (!step.from.includes(submission.state)) {
    return desk.submission.onlyIn({ state: step.from.map((state) => post.states[state]).join(" / ") });
  }
  if (step.name === "reassign" && submission.claimed_by?.id === actor.id) return desk.submission.alreadyYours;
  if (!submission.possible.includes(step.name))
    return step.when ? desk.conditions[step.when] : post.states[submission.state];
  return undefined;
}

function stepForm(
  telling: ViewContext,
  known: LoadedSubmission,
  step: Step,
  actor: Actor,
  typed: StepForm | null,
): object {
  const words = telling.messages.desk;
  const { submission } = known;
  const hint =
    (words.stepHints as Record<string, string | ((p: { who: string }) => string)>)[step.name] ?? "";
  return {
    name: step.name,
    label: words.steps[step.name],
    hint:
      typeof hint === "string" ? hint : hint({ who: submission.claimed_by?.name ?? words.submission.nobody }),
    action: `/submissions/${submission.id}/steps/${step.name}`,
    plain: ["claim", "release", "reassign", "confirm_withdrawal"].includes(step.name),
    primary: step.name === "claim",
    open: typed !== null,
    keep: `${submission.id}:${step.name}`,
    reason: step.reason ? (words.stepReasons[step.name] ?? "") : null,
    merge: step.name === "merge",
    approve: step.name === "approve" ? approveForm(telling, known, actor, typed) : null,
    typed: typed ?? { reason: "", not_before: "", note: "", merged_into: "" },
  };
}

function approveForm(telling: ViewContext, known: LoadedSubmission, actor: Actor, typed: StepForm | null) {
  const words = telling.messages.desk;
  const { content, revision, revisionAuthor } = known;
  const texts = Object.keys(content.channel_texts);
  const notes = [
    ...(revisionAuthor.id === actor.id ? [words.approve.own] : []),
    ...(content.embargo && Date.parse(content.embargo) > telling.now.getTime()
      ? [words.approve.embargoed({ when: when(telling, content.embargo) })]
      : []),
  ];
  return {
    revision: words.approve.which({ n: revision }),
    notes,
    destinations: destinations.map((value) => ({
      value,
      label: words.destinations[value],
      checked: typed ? typed.destinations.includes(value) : value === "kecamatan",
    })),
    channels: approvalChannels.map((value) => ({
      value,
      label: channelLabel(value),
      // Those that a text was written for, and the site.
      checked: typed ? typed.channels.includes(value) : value === "web" || texts.includes(value),
    })),
  };
}
