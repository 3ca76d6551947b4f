import { readLink } from "../../channels/link.js";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
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
    prompter.text({
      message: context.messages.newsroom.askLink,
      validate: (answer) => problemOfLink(context, answer),
    }),
  );
  const posted = await readPublishedLink(context, { link, channel: input.channel });
  await recordPublication(context, await context.newsroom(), id, posted);
}

/** What is wrong with a typed address, whichever channel it is on; empty where it may be one. */
function problemOfLink({ messages }: Context, answer: string): string {
  try {
    readLink(answer);
    return "";
  } catch (error) {
    if (!(error instanceof KominfoError)) throw error;
    return explain(error, messages).message;
  }
}
