import type { Context } from "../../../context.js";
import { isOut } from "../../../contract/lifecycle.js";
import type { Diagnostic } from "../../../errors/diagnostics.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import { lacksPhoto } from "../../../post/facts.js";
import { localApprovalGroup } from "../../../post/local-approval.js";
import type { Post } from "../../../post/types.js";
import type { CheckedBundle } from "../../../submission/check.js";
import { manuscriptMark } from "../../../submission/mark.js";
import { allowedAction, impossibleFor } from "../../../submission/plan.js";
import type { Bundle } from "../../../workspace/posts.js";
import { readState, requireSameOrigin, updateSubmissionState } from "../../../workspace/state.js";
import { newsroomOrigin } from "../../../workspace/workspace.js";
import { obstacle } from "../obstacle.js";
import { isOver } from "../standing.js";

/** Problems for which a person at a terminal is asked: texts of photos, and the approval of the office. */
const askedFor = new RegExp(`^(foto\\.\\d+\\.(takarir|alt|kredit)|internal\\.${localApprovalGroup}\\..*)$`);

/** Whether no question of `post submit` mends what is wrong with a post. */
export function isBeyondQuestions({ post, errors }: CheckedBundle): boolean {
  const isAsked = ({ key = "", code }: Diagnostic) =>
    askedFor.test(key) && (code === "required" || key.startsWith("internal."));
  return !post || !errors.every(isAsked);
}

/**
 * Why the newsroom takes no revision of this post, as far as this computer knows; undefined where it may take one. Asks nobody. An answer
 * that was lost may say otherwise.
 */
export async function knownObstacle({
  slug,
  state: file,
}: Bundle): Promise<KominfoError<"step-impossible"> | undefined> {
  const { submission, pending } = await readState(file);
  if (!submission || pending || allowedAction(submission) !== "nothing") return undefined;
  return obstacle(submission, slug);
}

/**
 * Makes sure, before anything is asked for, that a post can be sent at all: kominfo.yaml names a newsroom, and that takes a revision now.
 * Where there are questions to come, the newsroom is asked; without a line, what this computer knows counts. Throws `newsroom-unset` (exit
 * 2), `step-impossible` (exit 1).
 */
export async function requirePossible(
  context: Context,
  bundle: Bundle,
  post: Post,
  { body, errors }: CheckedBundle,
): Promise<void> {
  newsroomOrigin(await context.workspace());
  const { slug, state: file } = bundle;
  const state = await readState(file);
  const { submission, pending } = state;
  if (!submission || pending) return;
  const hasQuestions = errors.length > 0 || lacksPhoto(post);
  const isUnchanged = state.sent?.mark === manuscriptMark({ post, body });
  if (!hasQuestions || isUnchanged || !(await context.prompter())) return;
  const newsroom = await context.newsroom();
  requireSameOrigin(state, newsroom.origin, slug);
  try {
    const current = await newsroom.submission(submission.id);
    await updateSubmissionState(file, current);
    const out = current.publications.some(isOut);
    if (allowedAction({ state: current.state, out }) === "nothing") throw impossibleFor(current, slug);
  } catch (error) {
    if (!(error instanceof KominfoError) || error.code === "step-impossible") throw error;
    const isOutOfReach = error.exit === exit.temporary || error.exit === exit.denied;
    if (!isOutOfReach) throw error;
    if (isOver(submission)) throw obstacle(submission, slug);
  }
}
