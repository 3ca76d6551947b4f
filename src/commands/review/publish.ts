import type { Context } from "../../context.js";
import type { ExitCode } from "../../errors/errors.js";
import { checkPublishFlags, type PublishFlags } from "../publish/input.js";
import { publishSubmission } from "../publish/out/publish.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";

/** Publishes an approved submission on the accounts of this computer. */
export async function run(context: Context, input: PublishFlags & SubmissionFlags): Promise<ExitCode> {
  checkPublishFlags(context.host.now(), input);
  return publishSubmission(context, await openNewsroom(context, input.url), input.id, input);
}
