/**
 * The life of a submission, as one table: the service, the clients, the docs and the tests are driven from it.
 * `draft` is only on the operator's machine and has no row here.
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

export const channels = ["web", "facebook", "instagram", "x"] as const;
export type Channel = (typeof channels)[number];

export const publicationStates = [
  "planned",
  "scheduled",
  "publishing",
  "published",
  "failed",
  "unpublished",
] as const;
export type PublicationState = (typeof publicationStates)[number];

/** What may become of a publication. */
export const publicationSteps: Readonly<Record<PublicationState, readonly PublicationState[]>> = {
  planned: ["scheduled", "publishing", "published", "failed"],
  scheduled: ["planned", "publishing", "published", "failed"],
  publishing: ["published", "failed"],
  published: ["unpublished"],
  failed: ["scheduled", "publishing", "published"],
  unpublished: [],
};

export const roles = ["operator", "editor", "admin"] as const;
export type Role = (typeof roles)[number];

export interface Step {
  name:
    | "claim"
    | "release"
    | "reassign"
    | "return"
    | "resubmit"
    | "approve"
    | "reject"
    | "reopen"
    | "revoke"
    | "withdraw"
    | "merge";
  from: readonly State[];
  to: State;
  /** An admin may do what an editor may. Operators act for their own kecamatan only. */
  by: "operator" | "editor";
  /** The person has to say why. */
  reason: boolean;
  /** The revision that was read is named (If-Match); a newer one makes the step stale (412). */
  names_revision: boolean;
}

const step = (
  name: Step["name"],
  from: readonly State[],
  to: State,
  by: Step["by"],
  needs: { reason?: boolean; revision?: boolean } = {},
): Step => ({ name, from, to, by, reason: needs.reason ?? false, names_revision: needs.revision ?? false });

export const steps: readonly Step[] = [
  step("claim", ["submitted"], "in_review", "editor"),
  step("release", ["in_review"], "submitted", "editor"),
  step("reassign", ["in_review"], "in_review", "editor"),
  step("return", ["in_review"], "returned", "editor", { reason: true, revision: true }),
  step("resubmit", ["returned"], "submitted", "operator", { revision: true }),
  step("approve", ["in_review"], "approved", "editor", { revision: true }),
  step("reject", ["in_review"], "rejected", "editor", { reason: true, revision: true }),
  step("reopen", ["rejected"], "in_review", "editor", { reason: true }),
  step("revoke", ["approved"], "in_review", "editor", { reason: true }),
  step("withdraw", ["submitted", "in_review", "returned"], "withdrawn", "operator", { reason: true }),
  step("merge", ["submitted", "in_review", "returned"], "merged", "editor", { reason: true }),
];

/** The step that leads from `from` to `to`, if the table has one. */
export function findStep(from: State, to: State): Step | undefined {
  return steps.find((one) => one.to === to && one.from.includes(from));
}

/** Whether someone of this role may take `step` (an operator: within their kecamatan, which the caller checks). */
export function mayTake(step: Step, role: Role): boolean {
  return step.by === "operator" ? role === "operator" : role === "editor" || role === "admin";
}

/** What may happen next, as a conflict answers it and as a page offers it. */
export function possibleSteps(from: State, role: Role): Step["name"][] {
  return steps.filter((one) => one.from.includes(from) && mayTake(one, role)).map((one) => one.name);
}

/** Who may send a new revision in this state (PUT): operators while it waits or was returned, editors while they review. */
export function mayRevise(state: State, role: Role): boolean {
  return role === "operator" ? state === "submitted" || state === "returned" : state === "in_review";
}
