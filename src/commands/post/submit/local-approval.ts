import type { Context } from "../../../context.js";
import { usage } from "../../../errors/errors.js";
import { parseInstant, today } from "../../../post/dates.js";
import { editPost } from "../../../post/front-matter/edit.js";
import { readPost } from "../../../post/front-matter/read.js";
import {
  checkLocalApproval,
  type LocalApproval,
  localApprovalGroup,
  localApprovalKeys,
  localApprovalOf,
} from "../../../post/local-approval.js";
import type { CheckedBundle } from "../../../submission/check.js";
import { changePost } from "../../../workspace/change.js";
import type { Bundle } from "../../../workspace/posts.js";

/**
 * Asks a person at a terminal who approved the post in the office, and writes it into index.md. Without a terminal the check's
 * problems stay, which name what to write.
 */
export async function recordLocalApproval(
  context: Context,
  bundle: Bundle,
  checked: CheckedBundle,
  check: () => Promise<CheckedBundle>,
): Promise<CheckedBundle> {
  const { post } = checked;
  const isComplete = !post || checkLocalApproval(post, context.host.now()).length === 0;
  const prompter = isComplete ? undefined : await context.prompter();
  if (!post || !prompter) return checked;
  const { localApproval } = context.messages.post;
  context.output.note(localApproval.asked);
  const written = localApprovalOf(post);
  const answers: LocalApproval = { ...written };
  const day = today(context.host.now());
  for (const key of localApprovalKeys) {
    const answer = await prompter.text({
      message: localApproval.questions[key],
      ...(written[key] === "" ? {} : { default: written[key] }),
      validate: (text) => problemOf(context, key, text, day),
    });
    // A day is stored as it is, because "kemarin" would move.
    answers[key] = key === "waktu" ? (parseInstant(answer, day) ?? answer) : answer.trim();
  }
  await changePost(bundle, (index) => {
    const latest = readPost(index);
    if (!latest.post) throw usage("post-invalid", { path: bundle.index, problems: latest.problems });
    const internal = { ...latest.post.internal, [localApprovalGroup]: { ...answers } };
    return editPost(index, { internal }, bundle.index);
  });
  return check();
}

/** "" for an answer that can be stored, else why not. */
function problemOf({ host, messages }: Context, key: keyof LocalApproval, text: string, day: string): string {
  if (text.trim() === "") return messages.post.localApproval.needed;
  if (key !== "waktu") return "";
  const instant = parseInstant(text, day);
  if (instant === undefined) return messages.post.localApproval.instant;
  return Date.parse(instant) > host.now().getTime() ? messages.post.localApproval.toCome : "";
}
