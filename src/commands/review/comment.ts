import { randomUUID } from "node:crypto";
import type { Context } from "../../context.js";
import { openNewsroom, requiredText, type SubmissionFlags, showState } from "./step.js";

export async function run(context: Context, input: SubmissionFlags & { message?: string }): Promise<void> {
  const body = await requiredText(context, "--message", input.message, context.messages.review.askComment);
  const client = await openNewsroom(context, input.url);
  await client.comment(input.id, body, randomUUID());
  context.output.note(context.messages.review.commented);
  showState(context, client, await client.submission(input.id));
}
