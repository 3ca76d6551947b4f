import type { Context } from "../../context.js";
import { givenRevision, type OneSubmission, requiredText, requireFlags, takeStep } from "./step.js";

export interface Decision extends OneSubmission {
  reason?: string;
  revision?: string;
}

/** Returns or rejects, with a reason, the revision that is named or the newest. */
export async function decide(context: Context, input: Decision, step: "return" | "reject"): Promise<void> {
  const revision = givenRevision(input.revision);
  await requireFlags(context, { "--reason": input.reason });
  await takeStep(context, input, [step], async (submission) => ({
    reason: await requiredText(context, "--reason", input.reason, context.messages.review.askReason[step]),
    revision: revision ?? submission.revision,
  }));
}

/** Takes a step that needs a reason and names no revision. */
export async function explain(
  context: Context,
  input: OneSubmission & { reason?: string },
  step: "revoke" | "reopen" | "unpublish" | "decline",
): Promise<void> {
  await requireFlags(context, { "--reason": input.reason });
  await takeStep(context, input, [step], async () => ({
    reason: await requiredText(context, "--reason", input.reason, context.messages.review.askReason[step]),
  }));
}
