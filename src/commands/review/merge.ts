import type { Context } from "../../context.js";
import { flagOrAnswer } from "../../terminal/prompts/ask.js";
import { requiredText, requireFlags, runStep, type SubmissionFlags } from "./step.js";

/** Merges a submission into another, which then credits its author. */
export async function run(
  context: Context,
  input: SubmissionFlags & { into?: string; reason?: string },
): Promise<void> {
  const messages = context.messages.review;
  await requireFlags(context, { "--into": input.into, "--reason": input.reason });
  await runStep(context, input, ["merge"], async () => ({
    merged_into: await flagOrAnswer(context, "--into", input.into, (prompter) =>
      prompter.text({
        message: messages.askInto,
        validate: (typed) => (typed.trim() ? "" : messages.needText),
      }),
    ),
    reason: await requiredText(context, "--reason", input.reason, messages.askReason.merge),
  }));
}
