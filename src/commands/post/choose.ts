import type { Context } from "../../context.js";
import { failed, KominfoError, usage } from "../../errors/errors.js";
import type { LookUp } from "../../post/bundle.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";
import { namesInBin } from "../../workspace/bin.js";
import { type Bundle, findBundle, listBundles, readBundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import type { PostRow } from "./post-table.js";

/** A post of this workspace, as far as this computer knows it. */
export interface KnownPost extends PostRow {
  bundle: Bundle;
}

/** A post as a line of a list: several may have one title. */
export function choiceName(
  { messages: { post: messages } }: Pick<Context, "messages">,
  { slug, title, state, waiting }: KnownPost,
): string {
  return `${cleanLine(title ?? slug)} (${waiting ? messages.waiting : messages.states[state]})`;
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
        out: state?.submission?.out,
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
  const posts = await knownPosts(context);
  if (posts.length === 0) {
    if (other) return other.value;
    throw failed("posts-none");
  }
  return choose(context, prompter, posts, other);
}

/**
 * Lets a person choose a post in the bin, and returns its name there. Throws `bin-empty` (exit 1).
 *
 * @param among only these names
 */
export async function chooseFromBin(
  context: Context,
  prompter: Prompter,
  among?: readonly string[],
): Promise<string> {
  const names = among ?? (await namesInBin(await context.workspace()));
  if (names.length === 0) throw failed("bin-empty");
  return prompter.select({
    message: context.messages.workspace.whichPost,
    choices: names.map((value) => ({ name: cleanLine(value), value })),
  });
}

function choose(
  context: Context,
  prompter: Prompter,
  posts: readonly KnownPost[],
  other?: { name: string; value: string },
): Promise<string> {
  return prompter.select({
    message: context.messages.workspace.whichPost,
    choices: [
      ...posts.map((post) => ({
        name: choiceName(context, post),
        value: post.bundle.folder,
        description: post.slug,
      })),
      ...(other ? [other] : []),
    ],
  });
}

/**
 * The post that a command line names, as `findBundle` finds it; of several that fit, a person chooses one. Asked before anything is done.
 * Throws as `findBundle`, and `post-ambiguous` (exit 2) only where nobody can be asked; `post-missing` says where the post lies in the bin.
 */
export async function findPost(context: Context, wanted: string, how: LookUp = {}): Promise<Bundle> {
  const workspace = await context.workspace();
  try {
    return await findBundle(workspace, wanted, context.cwd, how);
  } catch (error) {
    if (isMissing(error)) {
      const { wanted: name, near } = error.params;
      if (!(await namesInBin(workspace)).includes(name)) throw error;
      throw usage("post-missing", { wanted: name, near, binned: true });
    }
    const fitting = slugsOf(error);
    const prompter = fitting && (await context.prompter());
    if (!prompter) throw error;
    const posts = (await knownPosts(context)).filter(({ slug }) => fitting.includes(slug));
    if (posts.length === 0) throw error;
    return findBundle(workspace, await untouched(() => choose(context, prompter, posts)), context.cwd);
  }
}

function isMissing(error: unknown): error is KominfoError<"post-missing"> {
  return error instanceof KominfoError && error.code === "post-missing";
}

/** The names that a word fits, where it fits several (`post-ambiguous`); undefined for any other failure. */
export function slugsOf(error: unknown): readonly string[] | undefined {
  const isAmbiguous = error instanceof KominfoError && error.code === "post-ambiguous";
  return isAmbiguous ? (error as KominfoError<"post-ambiguous">).params.slugs : undefined;
}
