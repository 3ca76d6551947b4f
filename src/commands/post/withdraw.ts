import type { Context } from "../../context.js";
import { usage } from "../../errors.js";
import { submissionUrl } from "../../newsroom/contract.js";
import { given } from "../../terminal/ask.js";
import { findBundle } from "../../workspace/posts.js";
import { readState, requireHere, updateSubmissionState } from "../../workspace/state.js";

const asking = ["ask_withdrawal", "ask_unpublish"] as const;

/** Takes a submission back; one that is approved, or out, only by asking an editor for it. */
export async function run(context: Context, input: { post: string; reason?: string }): Promise<void> {
  const bundle = await findBundle(await context.workspace(), input.post, context.cwd);
  const state = await readState(bundle.state);
  if (!state.submission) throw usage("not-submitted", { post: bundle.slug });
  const words = context.messages.post;
  const reason = await given(context, "--reason", input.reason, (prompter) =>
    prompter.text({
      message: words.askReason,
      validate: (answer) => (answer.trim() === "" ? words.needReason : ""),
    }),
  );
  const newsroom = await context.newsroom();
  requireHere(state, newsroom.origin, bundle.slug);
  // Once it is approved an editor has to agree; what is out is taken down.
  const { possible } = await newsroom.submission(state.submission.id);
  const step = asking.find((one) => possible.includes(one)) ?? "withdraw";
  const asked = step !== "withdraw";
  const now = await newsroom.step(state.submission.id, { step, reason });
  const { id, revision } = now;
  await updateSubmissionState(bundle.state, now);
  const submission = { id, revision, state: now.state, url: submissionUrl(newsroom.origin, id) };
  context.output.result(
    { submission, asked },
    (style) => `${style.good("✓")} ${words.withdrawn[step]({ slug: bundle.slug })}`,
  );
}
