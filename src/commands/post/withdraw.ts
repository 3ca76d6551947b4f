import type { Context } from "../../context.js";
import { submissionUrl } from "../../contract/contract.js";
import { usage } from "../../errors/errors.js";
import { flagOrAnswer } from "../../terminal/prompts/ask.js";
import { findBundle } from "../../workspace/posts.js";
import { readState, requireSameOrigin, updateSubmissionState } from "../../workspace/state.js";

const requestSteps = ["ask_withdrawal", "ask_unpublish"] as const;

/** Withdraws a submission. For an approved or published one, it only requests this from an editor. */
export async function run(context: Context, input: { post: string; reason?: string }): Promise<void> {
  const bundle = await findBundle(await context.workspace(), input.post, context.cwd);
  const state = await readState(bundle.state);
  if (!state.submission) throw usage("not-submitted", { post: bundle.slug });
  const messages = context.messages.post;
  const reason = await flagOrAnswer(context, "--reason", input.reason, (prompter) =>
    prompter.text({
      message: messages.askReason,
      validate: (answer) => (answer.trim() === "" ? messages.needReason : ""),
    }),
  );
  const newsroom = await context.newsroom();
  requireSameOrigin(state, newsroom.origin, bundle.slug);
  // An approved submission needs an editor's consent; a published one has to be taken down.
  const { possible } = await newsroom.submission(state.submission.id);
  const step = requestSteps.find((request) => possible.includes(request)) ?? "withdraw";
  const asked = step !== "withdraw";
  const answer = await newsroom.step(state.submission.id, { step, reason });
  await updateSubmissionState(bundle.state, answer);
  const { id, revision } = answer;
  const submission = { id, revision, state: answer.state, url: submissionUrl(newsroom.origin, id) };
  context.output.result({ submission, asked }, (style) =>
    [
      `${style.good("✓")} ${messages.withdrawn[step]({ slug: bundle.slug })}`,
      ...(asked
        ? []
        : [
            context.messages.postChanges.startAnew,
            `  ${style.command(`kominfo post new --copy ${bundle.slug}`)}`,
          ]),
    ].join("\n"),
  );
}
