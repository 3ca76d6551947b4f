import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { flagOrAnswer } from "../../terminal/prompts/ask.js";
import { findBundle } from "../../workspace/posts.js";
import { readState, requireSameOrigin } from "../../workspace/state.js";
import { readPublishedLink, recordPublication } from "../newsroom/publication.js";

/** Records at the newsroom where an approved post is already published, so that the report counts it. */
export async function run(
  context: Context,
  input: { post: string; url?: string; channel?: string },
): Promise<void> {
  const bundle = await findBundle(await context.workspace(), input.post, context.cwd);
  const state = await readState(bundle.state);
  const { submission } = state;
  if (!submission) throw usage("not-submitted", { post: bundle.slug });
  const link = await flagOrAnswer(context, "--url", input.url, (prompter) =>
    prompter.text({ message: context.messages.newsroom.askLink }),
  );
  const posted = await readPublishedLink(context, { link, channel: input.channel });
  const newsroom = await context.newsroom();
  requireSameOrigin(state, newsroom.origin, bundle.slug);
  await recordPublication(context, newsroom, submission.id, posted);
}
