import { failed, type KominfoError } from "../../errors/errors.js";
import type { Bundle } from "../../workspace/posts.js";
import { type PostState, readState } from "../../workspace/state.js";
import { isOver } from "./standing.js";

/** Throws `step-impossible` (exit 1) for a post with which the newsroom is done, as far as this computer knows: photos for it would go nowhere. */
export async function requireNotOver(bundle: Bundle): Promise<void> {
  const { submission, pending } = await readState(bundle.state);
  if (submission && !pending && isOver(submission)) throw obstacle(submission, bundle.slug);
}

/** Why the newsroom takes no revision in this state. */
export function obstacle(
  { state, asked }: NonNullable<PostState["submission"]>,
  post: string,
): KominfoError<"step-impossible"> {
  return failed("step-impossible", { possible: [], state, post, ...(asked && { asked }) });
}
