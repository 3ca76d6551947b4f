import type { Context } from "../../context.js";
import { submissionUrl } from "../../contract/contract.js";
import { usage } from "../../errors/errors.js";
import { impossibleFor } from "../../submission/plan.js";
import { takeOutOfQueue } from "../../submission/queue.js";
import { flagOrAnswer } from "../../terminal/prompts/ask.js";
import { isWholeText } from "../../text/decode.js";
import type { Bundle } from "../../workspace/posts.js";
import {
  type PostState,
  readState,
  requireSameOrigin,
  updateSubmissionState,
} from "../../workspace/state.js";
import { findPost } from "./choose.js";

const requestSteps = ["ask_withdrawal", "ask_unpublish"] as const;

/**
 * Takes what waits out of the queue, and does nothing else then: what the newsroom has stays there until it is asked for again.
 * Else withdraws the submission. For an approved or published one, it only requests this from an editor.
 */
export async function run(context: Context, input: { post: string; reason?: string }): Promise<void> {
  const bundle = await findPost(context, input.post, { whole: true });
  const state = await readState(bundle.state);
  const messages = context.messages.post;
  if (await takeOutOfQueue(bundle)) return showTakenOut(context, bundle, state);
  if (!state.submission) throw usage("not-submitted", { post: bundle.slug });
  const reason = await flagOrAnswer(context, "--reason", input.reason, (prompter) =>
    prompter.text({
      message: messages.askReason,
      validate: (answer) => {
        if (!isWholeText(answer)) return context.messages.diagnostics.unstorable();
        return answer.trim() === "" ? messages.needReason : "";
      },
    }),
  );
  const newsroom = await context.newsroom();
  requireSameOrigin(state, newsroom.origin, bundle.slug);
  // An approved submission needs an editor's consent; a published one has to be taken down.
  const submitted = await newsroom.submission(state.submission.id);
  const { possible } = submitted;
  const step = requestSteps.find((request) => possible.includes(request)) ?? "withdraw";
  const asked = step !== "withdraw";
  if (!possible.includes(step)) {
    // What may be done instead, `post delete` reads here.
    await updateSubmissionState(bundle.state, submitted);
    throw impossibleFor(submitted, bundle.slug);
  }
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

/** `submission`: what the newsroom has of it, which stays. */
function showTakenOut({ messages, output }: Context, { slug }: Bundle, { submission }: PostState): void {
  const { takenOut, takenOutRevision } = messages.post;
  const kept = submission && {
    ...{ id: submission.id, revision: submission.revision, state: submission.state },
    url: submissionUrl(submission.origin, submission.id),
  };
  output.result({ submission: kept ?? null, asked: false, taken_out: true }, (style) =>
    [style.good("✓"), kept ? takenOutRevision({ slug, revision: kept.revision }) : takenOut({ slug })].join(
      " ",
    ),
  );
}
