import type { Context } from "../../context.js";
import { flagOrAnswer } from "../../terminal/prompts/ask.js";
import { readPublishedLink, recordPublication } from "../newsroom/publication.js";
import { findSubmissionOf } from "./reference.js";

/** Records at the newsroom where an approved post is already published, so that the report counts it. */
export async function run(
  context: Context,
  input: { "post|submission-id": string; url?: string; channel?: string },
): Promise<void> {
  const id = await findSubmissionOf(context, input["post|submission-id"]);
  const link = await flagOrAnswer(context, "--url", input.url, (prompter) =>
    prompter.text({ message: context.messages.newsroom.askLink }),
  );
  const posted = await readPublishedLink(context, { link, channel: input.channel });
  await recordPublication(context, await context.newsroom(), id, posted);
}
