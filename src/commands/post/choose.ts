import type { Context } from "../../context.js";
import { failed } from "../../errors/errors.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { cleanLine } from "../../text/clean.js";
import { type Bundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import type { PostRow } from "./post-table.js";

/** A post of this workspace, as far as this computer knows it. */
export interface KnownPost extends PostRow {
  bundle: Bundle;
}

/** The posts of the workspace: those that an editor has returned first, then the newest. */
export async function knownPosts(context: Context): Promise<KnownPost[]> {
  const bundles = await listBundles(await context.workspace());
  const posts = await Promise.all(
    bundles.map(async (bundle): Promise<KnownPost> => {
      const { post } = await readBundle(bundle);
      // A damaged record is told by the command that needs it.
      const state = await readState(bundle.state).catch(() => undefined);
      return {
        bundle,
        slug: bundle.slug,
        title: post?.title ?? null,
        state: state?.submission?.state ?? "draft",
        waiting: state !== undefined && isWaiting(state),
      };
    }),
  );
  const isReturned = ({ state }: KnownPost) => state === "returned";
  return [...posts.filter(isReturned), ...posts.filter((post) => !isReturned(post))];
}

/**
 * Lets a person choose a post by its title, and returns its folder. Throws `posts-none` (exit 1) where there is none.
 *
 * @param other a further choice at the end, with its value
 */
export async function choosePost(
  context: Context,
  prompter: Prompter,
  other?: { name: string; value: string },
): Promise<string> {
  const { post: messages, workspace } = context.messages;
  const posts = await knownPosts(context);
  if (posts.length === 0) {
    if (other) return other.value;
    throw failed("posts-none");
  }
  return prompter.select({
    message: workspace.whichPost,
    choices: [
      ...posts.map(({ bundle, title, state, waiting }) => ({
        name: `${cleanLine(title ?? bundle.slug)} (${waiting ? messages.waiting : messages.states[state]})`,
        value: bundle.folder,
        description: bundle.slug,
      })),
      ...(other ? [other] : []),
    ],
  });
}
