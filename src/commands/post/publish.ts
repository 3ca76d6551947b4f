import path from "node:path";
import type { Context } from "../../context.js";
import { denied, type ExitCode, failed, KominfoError } from "../../errors/errors.js";
import { checkPublishFlags, type PublishFlags } from "../publish/input.js";
import { publishSubmission } from "../publish/out/publish.js";
import { findSubmissionOf } from "./reference.js";

/** Publishes an approved post on the accounts of this computer. */
export async function run(
  context: Context,
  input: PublishFlags & { "post|submission-id": string },
): Promise<ExitCode> {
  const id = await findSubmissionOf(context, input["post|submission-id"]);
  checkPublishFlags(context.host.now(), input);
  const newsroom = await context.newsroom();
  try {
    return await publishSubmission(context, newsroom, id, input);
  } catch (error) {
    // The commands that it names take the post as it was typed; a menu gives its folder.
    const post = path.basename(input["post|submission-id"]);
    if (error instanceof KominfoError && error.code === "publish-taken-down") {
      throw failed("publish-taken-down", { post });
    }
    if (!lacksAccount(error)) throw error;
    throw denied("no-channel-account", { ...error.params, post });
  }
}

function lacksAccount(error: unknown): error is KominfoError<"no-channel-account"> {
  return error instanceof KominfoError && error.code === "no-channel-account";
}
