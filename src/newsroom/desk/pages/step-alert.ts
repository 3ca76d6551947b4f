import type { Step } from "../../../contract/lifecycle.js";
import type { ProblemError } from "../../services/problem.js";
import { when } from "../models/format.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import type { Alert, ViewContext } from "../types.js";

/**
 * Why a step was not taken, plainly, and where to look; undefined for what is no matter of the step.
 *
 * @param read the revision that the editor had before them
 */
export function stepAlert(
  telling: ViewContext,
  known: LoadedSubmission,
  step: Step["name"],
  error: ProblemError,
  read: number,
): Alert | undefined {
  const { desk, post } = telling.messages;
  const words = desk.problems;
  const { submission } = known;
  const page = `/submissions/${submission.id}`;
  if (error.problem === "stale") {
    return {
      text: words.stale({ n: read, revision: submission.revision }),
      links: [{ href: `${page}/compare?from=${read}&to=${submission.revision}`, text: words.compareThem }],
    };
  }
  if (error.problem === "idempotency-mismatch") return { text: words.sentBefore };
  if (error.problem === "conflict") {
    if (step === "revoke" && submission.state === "approved") return { text: words.published };
    const taken = known.history.findLast((one) => one.to === "in_review");
    if (step === "claim" && submission.state === "in_review" && taken) {
      return { text: words.taken({ who: taken.by.name, when: when(telling, taken.at) }) };
    }
    return { text: words.conflict({ state: post.states[submission.state] }) };
  }
  if (error.problem === "invalid") return { text: invalidText(telling, error) };
  return undefined;
}

/** The first thing that is wrong with a step's form. */
function invalidText({ messages }: ViewContext, error: ProblemError): string {
  const words = messages.desk.problems;
  const pointer = error.facts.errors?.[0]?.pointer ?? "";
  const said: Record<string, string> = {
    "/reason": words.needReason,
    "/approval": words.needChoice,
    "/approval/not_before": words.needTime,
    "/assignee": words.needColleague,
    "/merged_into": words.mergeTarget,
  };
  return said[pointer] ?? `${words.invalid} ${(error.facts.errors ?? []).map((one) => one.detail).join(" ")}`;
}
