import type { Content } from "../../../contract/contract.js";
import type { Step } from "../../../contract/lifecycle.js";
import type { ProblemError } from "../../services/problem.js";
import { uncheckedPhotos } from "../models/approve.js";
import { formatTime } from "../models/format.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import type { Alert, ViewContext } from "../types.js";
import { planProblem } from "./plan-alert.js";

/**
 * Explains why a step was refused. Returns undefined if the error does not concern the step.
 *
 * @param revisionRead the revision that the editor's page showed
 */
export function stepAlert(
  context: ViewContext,
  loaded: LoadedSubmission,
  step: Step["name"],
  error: ProblemError,
  revisionRead: number,
): Alert | undefined {
  const { desk, post } = context.messages;
  const messages = desk.problems;
  const { submission } = loaded;
  const page = `/submissions/${submission.id}`;
  if (error.problem === "stale") {
    return {
      text: messages.stale({ n: revisionRead, revision: submission.revision }),
      links: [
        {
          href: `${page}/compare?from=${revisionRead}&to=${submission.revision}`,
          text: messages.compareThem,
        },
      ],
    };
  }
  if (error.problem === "idempotency-mismatch") return { text: messages.sentBefore };
  const planned =
    step === "approve" && concernsPlan(error) ? planProblem(context, error, submission.state) : undefined;
  if (planned !== undefined) return { text: planned };
  if (error.problem === "conflict") {
    if (error.facts.detail === "unrenderable") return { text: messages.unrenderable };
    if (step === "revoke" && submission.state === "approved") return { text: messages.published };
    const taken = loaded.history.findLast((transition) => transition.to === "in_review");
    if (step === "claim" && submission.state === "in_review" && taken) {
      return { text: messages.taken({ who: taken.by.name, when: formatTime(context, taken.at) }) };
    }
    return { text: messages.conflict({ state: post.states[submission.state] }) };
  }
  if (error.problem === "checks-open") {
    return { text: messages.needPhotos, links: photoLinks(context, loaded.content) };
  }
  if (error.problem === "invalid") return { text: invalidText(context, error) };
  return undefined;
}

/** Whether it is about what was to be scheduled together with an approval. */
function concernsPlan({ facts: { detail, not_before, errors = [] } }: ProblemError): boolean {
  const isField = errors.some(({ pointer }) => ["/accounts", "/channel", "/at"].includes(pointer));
  return detail !== undefined || not_before !== undefined || isField;
}

/** The questions about photos that nobody has looked at. */
function photoLinks({ messages }: ViewContext, content: Content): { href: string; text: string }[] {
  return uncheckedPhotos(content).map(({ photo, index }) => ({
    href: `#ask-${photo.sha256}`,
    text: messages.desk.photoNumber({ n: index + 1 }),
  }));
}

/** Explains the first error of a step's form. */
function invalidText(context: ViewContext, error: ProblemError): string {
  const messages = context.messages.desk.problems;
  const pointer = error.facts.errors?.[0]?.pointer ?? "";
  const texts: Record<string, string> = {
    "/reason": messages.needReason,
    "/approval": messages.needChoice,
    "/approval/not_before": messages.needTime,
    "/approval/photos": messages.needConsent,
    "/assignee": messages.needColleague,
    "/merged_into": messages.mergeTarget,
  };
  return (
    texts[pointer] ??
    `${messages.invalid} ${(error.facts.errors ?? []).map(({ detail }) => detail).join(" ")}`
  );
}
