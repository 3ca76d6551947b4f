import { isDeepStrictEqual } from "node:util";
import type { Content, Submission } from "../contract/contract.js";
import { holds, isOut, mayRevise, mayTake, steps } from "../contract/lifecycle.js";
import { failed, type KominfoError, usage } from "../errors/errors.js";
import type { PreparedSubmission } from "../newsroom-client/types.js";

/** The effect of submitting a post: a new submission, a new revision, or nothing to send. */
export type SubmitAction =
  | { action: "create" }
  | { action: "revise"; update: NonNullable<PreparedSubmission["update"]> }
  | { action: "nothing" };

/**
 * Returns the action that the submission's state allows, whatever the content is.
 *
 * @param submission undefined for a post that was never submitted; `out`: something of it is published
 */
export function allowedAction(
  submission: (Pick<Submission, "state"> & { out?: boolean | undefined }) | undefined,
): SubmitAction["action"] {
  if (!submission) return "create";
  const { state, out = false } = submission;
  const corrects = steps.some(
    (step) =>
      step.name === "correct" &&
      step.from.includes(state) &&
      mayTake(step, "operator") &&
      holds(step, { published: out, asked: null }),
  );
  return corrects || mayRevise(state, "operator") ? "revise" : "nothing";
}

/**
 * Compares the content with the newsroom's current revision. Unchanged content is not sent, unless the submission was
 * returned and a message explains why the content stays. What is out is corrected by a new revision, which says in public what
 * it corrects: throws `correction-note-missing` (exit 2) where it does not. Throws `revision-stale` (exit 1) when the newsroom has a newer
 * revision, and `step-impossible` (exit 1) when its state allows no revision.
 *
 * @param seenRevision the last revision that this machine received
 */
export function planSubmit(
  content: Content,
  current: Submission | undefined,
  seenRevision: number | undefined,
  message?: string,
): SubmitAction {
  if (!current) return { action: "create" };
  const out = current.publications.some(isOut);
  const action = allowedAction({ state: current.state, out });
  const { id, revision, state } = current;
  if (seenRevision !== undefined && revision > seenRevision) {
    throw failed("revision-stale", { revision, post: content.slug });
  }
  const resubmit = state === "returned";
  if (isSame(current.content, content) && !(resubmit && message)) return { action: "nothing" };
  if (action === "nothing") throw impossibleFor(current, content.slug);
  if (out && !content.correction_note) throw usage("correction-note-missing", { post: content.slug });
  return { action, update: { id, revision, resubmit } };
}

/** The error for a submission whose state does not allow what was asked: it names the state, and who has it. */
export function impossibleFor(
  {
    state,
    possible,
    claimed_by,
    asked,
    shown,
  }: Pick<Submission, "state" | "possible" | "claimed_by" | "asked" | "shown">,
  post: string,
): KominfoError<"step-impossible"> {
  const editor = state === "in_review" && claimed_by ? { editor: claimed_by.name } : {};
  const isDown = shown === "unpublished";
  // What is down already answers that it be taken down.
  const open = asked && !(isDown && asked === "unpublish") && { asked };
  return failed("step-impossible", {
    possible,
    state,
    post,
    ...editor,
    ...open,
    ...(isDown && { down: true }),
  });
}

/** Whether two contents are equal; the same instant may be written in two time zones. */
function isSame(current: Content, next: Content): boolean {
  const normalize = ({ needed_by, embargo, ...rest }: Content) => ({
    ...rest,
    instants: [needed_by, embargo].map((instant) => instant && Date.parse(instant)),
  });
  return isDeepStrictEqual(normalize(current), normalize(next));
}
