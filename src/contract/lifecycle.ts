import { abilities, type Role, roles } from "./roles.js";

/**
 * The lifecycle of a submission as one table, from which the service, the clients, the docs and the tests work. A draft
 * exists only on the operator's machine and has no state here. "Published" is no state either: it follows from the
 * submission's publications (`displayStateOf`).
 */
export const states = [
  "submitted",
  "in_review",
  "returned",
  "approved",
  "rejected",
  "withdrawn",
  "merged",
] as const;
export type State = (typeof states)[number];

/** States that a submission does not leave by its sender's doing. */
export const endStates: readonly State[] = ["rejected", "withdrawn", "merged"];

/** Whose pages a submission is approved for. */
export const destinations = ["kecamatan", "kabupaten"] as const;

/**
 * `publishing`: a machine holds an attempt. `unclear`: it meant to send, and nobody knows whether the channel took it.
 * `handed_over`: it waits at the channel for somebody there, such as the editor of a website.
 */
export const publicationStates = [
  "planned",
  "scheduled",
  "publishing",
  "unclear",
  "handed_over",
  "published",
  "failed",
  "unpublished",
] as const;
export type PublicationState = (typeof publicationStates)[number];

/**
 * The changes of a publication's state that a person may record. `publishing` is absent: an attempt leads there, and its
 * outcome leads on (`attemptOutcomes`).
 */
export const publicationSteps: Readonly<Record<PublicationState, readonly PublicationState[]>> = {
  planned: ["scheduled", "published", "failed"],
  scheduled: ["planned", "published", "failed"],
  publishing: [],
  unclear: ["published", "failed"],
  handed_over: ["published", "failed"],
  published: ["unpublished"],
  failed: ["planned", "scheduled", "published"],
  unpublished: [],
};

/**
 * What an attempt is for. `send`: the commit is allowed once, after the intent. `look`: an earlier attempt may have sent
 * it, so the channel is asked and nothing is sent. `follow`: what was handed over is asked for. `take_down`: what is out and shall go is
 * removed; it needs no intent, since removing twice is harmless.
 */
export const attemptKinds = ["send", "look", "follow", "take_down"] as const;
export type AttemptKind = (typeof attemptKinds)[number];

/**
 * What an attempt may end with. `absent`: a lookup has proved that nothing is there, so that it may be sent again. `unpublished`: it is
 * proved to be gone.
 */
export const attemptOutcomes = [
  "published",
  "handed_over",
  "failed",
  "unclear",
  "absent",
  "unpublished",
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Why something has to go at once. For `personal_data` and `child` the photos go too. */
export const takeDownCauses = ["personal_data", "child", "mistake", "hacked"] as const;
export type TakeDownCause = (typeof takeDownCauses)[number];

/** Whether the photos that were stored for a publication go with it. null: the editors' step, which names none. */
export function removesPhotos(cause: TakeDownCause | null): boolean {
  return cause === "personal_data" || cause === "child";
}

/** The states in which a publication may be at its channel: readers see it, or nobody knows whether they do. */
export const outStates: readonly PublicationState[] = ["publishing", "unclear", "handed_over", "published"];

export { type Role, roles };

export const stepNames = [
  "claim",
  "release",
  "reassign",
  "return",
  "resubmit",
  "approve",
  "reject",
  "reopen",
  "revoke",
  "withdraw",
  "ask_withdrawal",
  "confirm_withdrawal",
  "merge",
  "correct",
  "unpublish",
  "ask_unpublish",
  "decline",
] as const;
export type StepName = (typeof stepNames)[number];

/** Requests of an operator to an editor, for steps that operators may not take. */
export const askable = ["withdraw", "unpublish"] as const;
export type SenderRequest = (typeof askable)[number];

/** Facts besides the state on which a step may depend. */
export interface Circumstances {
  /** A publication is published or being published. */
  published: boolean;
  /** The operator's request that no editor has answered yet. */
  asked: SenderRequest | null;
}

export const conditions = {
  "nothing is published": ({ published }) => !published,
  "something is published": ({ published }) => published,
  "nothing is published, and it is not asked for yet": ({ published, asked }) =>
    !published && asked !== "withdraw",
  "something is published, and it is not asked for yet": ({ published, asked }) =>
    published && asked !== "unpublish",
  "the operator has asked for it, and nothing is published": ({ published, asked }) =>
    asked === "withdraw" && !published,
  "the operator has asked for something": ({ asked }) => asked !== null,
} as const satisfies Record<string, (now: Circumstances) => boolean>;

export interface Step {
  name: StepName;
  from: readonly State[];
  /** null keeps the state. */
  to: State | null;
  /** Admins may take every step of an editor. Operators act for their own kecamatan only. */
  by: "operator" | "editor";
  /** A reason is required. */
  reason: boolean;
  /** If-Match with the revision that was read is required; if a newer one exists, the step fails as stale (412). */
  names_revision: boolean;
  /** Taken by sending a new revision (PUT), never through the transitions endpoint. */
  sends_revision: boolean;
  /** Condition besides the state. */
  when?: keyof typeof conditions;
}

type Needs = Partial<Pick<Step, "reason" | "names_revision" | "sends_revision" | "when">>;
const step = (
  name: StepName,
  from: readonly State[],
  to: State | null,
  by: Step["by"],
  needs: Needs = {},
): Step => ({ name, from, to, by, reason: false, names_revision: false, sends_revision: false, ...needs });

const reason = true;
const names_revision = true;
const correction = { names_revision, sends_revision: true, when: "something is published" } as const;
/** States in which publications may exist: approved, or in review again as a correction. */
const afterwards = ["submitted", "in_review", "returned", "approved", "rejected"] as const;

export const steps: readonly Step[] = [
  step("claim", ["submitted"], "in_review", "editor"),
  step("release", ["in_review"], "submitted", "editor"),
  step("reassign", ["in_review"], "in_review", "editor"),
  step("return", ["in_review"], "returned", "editor", { reason, names_revision }),
  step("resubmit", ["returned"], "submitted", "operator", { names_revision }),
  step("approve", ["in_review"], "approved", "editor", { names_revision }),
  step("reject", ["in_review"], "rejected", "editor", { reason, names_revision }),
  step("reopen", ["rejected"], "in_review", "editor", { reason }),
  step("revoke", ["approved"], "in_review", "editor", { reason, when: "nothing is published" }),
  step("withdraw", ["submitted", "in_review", "returned"], "withdrawn", "operator", {
    reason,
    when: "nothing is published",
  }),
  step("ask_withdrawal", ["approved"], null, "operator", {
    reason,
    when: "nothing is published, and it is not asked for yet",
  }),
  step("confirm_withdrawal", ["approved"], "withdrawn", "editor", {
    when: "the operator has asked for it, and nothing is published",
  }),
  step("merge", ["submitted", "in_review", "returned"], "merged", "editor", {
    reason,
    when: "nothing is published",
  }),
  step("correct", ["approved"], "submitted", "operator", correction),
  step("correct", ["approved"], "in_review", "editor", correction),
  step("unpublish", afterwards, null, "editor", { reason, when: "something is published" }),
  step("ask_unpublish", afterwards, null, "operator", {
    reason,
    when: "something is published, and it is not asked for yet",
  }),
  step("decline", afterwards, null, "editor", { reason, when: "the operator has asked for something" }),
];

/** Whether this role may take `step`. The caller checks an operator's kecamatan. */
export function mayTake(step: Step, role: Role): boolean {
  return step.by === abilities[role].steps;
}

export function holds(step: Step, now: Circumstances): boolean {
  return step.when === undefined || conditions[step.when](now);
}

/**
 * Finds the steps that match a request, for all roles: by the step's name, or by the state it leads to. Steps that keep
 * the state can be requested by name only.
 */
export function requestedSteps(from: State, wanted: { step?: StepName; to?: State }): Step[] {
  return steps.filter(
    (step) =>
      step.from.includes(from) &&
      !step.sends_revision &&
      (wanted.step === undefined || step.name === wanted.step) &&
      (wanted.to === undefined || step.to === wanted.to),
  );
}

/** The steps that this role may take now. Conflict answers and pages list them. */
export function possibleSteps(from: State, role: Role, now: Circumstances): StepName[] {
  return steps
    .filter((step) => step.from.includes(from) && mayTake(step, role) && holds(step, now))
    .map((step) => step.name);
}

/** The operator's open request after a step: a new one, or none when the step answers it or makes it pointless. */
export function senderRequestAfter({ name, to }: Step, asked: SenderRequest | null): SenderRequest | null {
  if (name === "ask_withdrawal") return "withdraw";
  if (name === "ask_unpublish") return "unpublish";
  if (name === "decline" || name === "unpublish") return null;
  return asked === "withdraw" && to !== null ? null : asked;
}

/**
 * Whether this role may send a new revision in this state (PUT): operators while it waits or was returned, editors
 * during review.
 */
export function mayRevise(state: State, role: Role): boolean {
  const { steps } = abilities[role];
  if (steps === "operator") return state === "submitted" || state === "returned";
  return steps === "editor" && state === "in_review";
}

/**
 * Display states of a submission: its state, or that of its publications. Drafts exist on the operator's machine only.
 */
export const displayStates = [...states, "scheduled", "published", "corrected", "unpublished"] as const;
export type DisplayState = (typeof displayStates)[number];

export function displayStateOf(
  state: State,
  publications: readonly { state: PublicationState; correction: boolean }[],
): DisplayState {
  const out = publications.filter((publication) => publication.state === "published");
  if (out.some((publication) => publication.correction)) return "corrected";
  if (out.length > 0) return "published";
  if (state !== "approved") return state;
  if (publications.some((publication) => publication.state === "scheduled")) return "scheduled";
  // Nobody says "taken down" of what may still be out somewhere.
  const isDown = publications.some((publication) => publication.state === "unpublished");
  return isDown && !publications.some(isOut) ? "unpublished" : state;
}

/** Whether a publication is published, or may be. Then the approval cannot be revoked. */
export function isOut({ state }: { state: PublicationState }): boolean {
  return outStates.includes(state);
}
