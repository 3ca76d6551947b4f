import type { Context } from "../../../context.js";
import type { Rendering, Submission } from "../../../contract/contract.js";
import { isRecordedByHand } from "../../../contract/corrections.js";
import { type ExitCode, exit } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import { recordedBefore } from "../../../publish/plan.js";
import type { PublishChoices } from "../input.js";
import type { PublishResult } from "../types.js";
import { resultLine, showResults } from "./report.js";

/**
 * What a person has put on these channels and recorded: nothing is sent there, whichever accounts are here. `out` where the approved
 * revision is there, `uncorrected` where the person still has to correct an earlier one.
 *
 * @param again channels on which a recorded link does not count
 */
export function settledByHand(
  submission: Submission,
  renderings: readonly Rendering[],
  again: readonly string[],
): PublishResult[] {
  const { publications, approval } = submission;
  return renderings.flatMap((rendering): PublishResult[] => {
    const { channel } = rendering;
    if (again.includes(channel)) return [];
    const known = { channel, seat: { account: "", label: "" }, rendering };
    const there = publications.findLast(
      (row) =>
        row.channel === channel &&
        row.revision === approval?.revision &&
        row.state === "published" &&
        isRecordedByHand(row),
    );
    if (there) return [{ ...known, state: "out", publication: there }];
    const before = recordedBefore(submission, channel);
    return before ? [{ ...known, state: "uncorrected", publication: before }] : [];
  });
}

/** Says that there is nothing to send: all of it was recorded by hand. Returns the exit code of the whole. */
export function showSettled(
  context: Context,
  newsroom: NewsroomClient,
  submission: Submission,
  results: readonly PublishResult[],
  { dryRun }: Pick<PublishChoices, "dryRun">,
): ExitCode {
  const { output, messages } = context;
  const code = dryRun
    ? exit.done
    : showResults(context, newsroom, submission, results, { bytes: new Map(), cost: 0 });
  if (dryRun) {
    output.result({ plan: [], cost_usd: 0, bytes: 0 }, (style) =>
      results.map((result) => resultLine(context, style, { ...result, about: submission.id })).join("\n"),
    );
  }
  const isAll = results.every(({ state }) => state === "out");
  output.note(isAll ? messages.publish.allOut : messages.publish.correctByHand);
  return code;
}
