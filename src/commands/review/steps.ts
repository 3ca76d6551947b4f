import type { Verb } from "../../context.js";
import type { StepName } from "../../contract/lifecycle.js";
import { requiredText, requireFlags, revisionFlag, runStep, type SubmissionFlags } from "./step.js";

interface Input extends SubmissionFlags {
  reason?: string;
  revision?: string;
}

/** The definition of a command that takes one step. */
interface StepCommand {
  /** The first of these that is possible is taken. */
  steps: readonly StepName[];
  /** The step whose question asks for the reason; absent where no reason is given. */
  reason?: "return" | "reject" | "revoke" | "reopen" | "unpublish" | "decline";
  /** The step names the revision that was read: `--revision`, else the newest. */
  withRevision?: true;
}

/** The commands that only take one step of the lifecycle. The others have their own files. */
export const stepCommands = {
  claim: { steps: ["claim", "reassign"] },
  release: { steps: ["release"] },
  return: { steps: ["return"], reason: "return", withRevision: true },
  reject: { steps: ["reject"], reason: "reject", withRevision: true },
  revoke: { steps: ["revoke"], reason: "revoke" },
  reopen: { steps: ["reopen"], reason: "reopen" },
  unpublish: { steps: ["unpublish"], reason: "unpublish" },
  "confirm-withdrawal": { steps: ["confirm_withdrawal"] },
  decline: { steps: ["decline"], reason: "decline" },
} as const satisfies Readonly<Record<string, StepCommand>>;

/** The verb of a command in the table. */
export function stepVerb(name: keyof typeof stepCommands): Verb<Input> {
  const { steps, reason, withRevision }: StepCommand = stepCommands[name];
  return {
    async run(context, input) {
      const revision = withRevision && revisionFlag(input.revision);
      if (reason) await requireFlags(context, { "--reason": input.reason });
      await runStep(context, input, steps, async (submission) => ({
        ...(reason && {
          reason: await requiredText(
            context,
            "--reason",
            input.reason,
            context.messages.review.askReason[reason],
          ),
        }),
        ...(withRevision && { revision: revision ?? submission.revision }),
      }));
    },
  };
}
