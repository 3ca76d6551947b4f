import type { Context } from "../../context.js";
import type { ExitCode } from "../../errors/errors.js";
import { type UnpublishFlags, unpublishSubmission } from "../publish/down/unpublish.js";
import { findSubmissionOf } from "./reference.js";

/** Takes down what is published of a post, at once. */
export async function run(
  context: Context,
  input: UnpublishFlags & { "post|submission-id": string },
): Promise<ExitCode> {
  const id = await findSubmissionOf(context, input["post|submission-id"]);
  return unpublishSubmission(context, id, input);
}
