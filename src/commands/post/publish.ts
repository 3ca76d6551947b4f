import type { Context } from "../../context.js";
import type { ExitCode } from "../../errors/errors.js";
import type { PublishFlags } from "../publish/input.js";
import { publishSubmission } from "../publish/out/publish.js";
import { findSubmissionOf } from "./reference.js";

/** Publishes an approved post on the accounts of this computer. */
export async function run(
  context: Context,
  input: PublishFlags & { "post|submission-id": string },
): Promise<ExitCode> {
  const newsroom = await context.newsroom();
  const id = await findSubmissionOf(context, newsroom, input["post|submission-id"]);
  return publishSubmission(context, newsroom, id, input);
}
