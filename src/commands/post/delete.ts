import type { Context } from "../../context.js";
import { cancelled, failed } from "../../errors/errors.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";
import { moveToBin, restoreFromBin } from "../../workspace/bin.js";
import { readBundle } from "../../workspace/posts.js";
import { isWaiting, readState } from "../../workspace/state.js";
import type { Workspace } from "../../workspace/types.js";
import { chooseFromBin, findPost, knownPosts, slugsOf } from "./choose.js";
import { isOver } from "./standing.js";

interface Input {
  post: string;
  restore?: boolean;
  yes?: boolean;
}

/**
 * Moves a draft, or what the newsroom is done with, into the workspace's bin, or gets it back. Else it is withdrawn first: throws `post-delete-submitted` and
 * `post-delete-waiting` (exit 1).
 */
export async function run(context: Context, input: Input): Promise<void> {
  const workspace = await context.workspace();
  const { output } = context;
  const messages = context.messages.postChanges;
  if (input.restore) {
    const { slug, folder, was } = await restore(context, workspace, input.post);
    const told = slug === was ? messages.restored({ slug }) : messages.restoredAs({ slug, was });
    output.result({ post: { slug, path: folder }, restored: true }, (style) => `${style.good("✓")} ${told}`);
    return;
  }
  const bundle = await findPost(context, input.post, { whole: true });
  const { slug } = bundle;
  const check = async () => {
    const state = await readState(bundle.state);
    const { submission, pending, queued } = state;
    if (submission && !isOver(submission)) {
      const { out, asked } = submission;
      throw failed("post-delete-submitted", { post: slug, ...(out && { out }), ...(asked && { asked }) });
    }
    // Nobody knows whether the newsroom has it.
    const unclear = pending && !queued ? { unclear: true } : {};
    if (isWaiting(state)) throw failed("post-delete-waiting", { post: slug, ...unclear });
  };
  await check();
  const prompter = input.yes ? undefined : await context.prompter();
  if (prompter) {
    const title = cleanLine((await readBundle(bundle)).post?.title ?? slug);
    const isOfSeveral =
      (await knownPosts(context)).filter((post) => cleanLine(post.title ?? post.slug) === title).length > 1;
    const named = isOfSeveral ? { title, slug } : { title };
    const question = { message: messages.askDelete(named), default: false };
    if (!(await untouched(() => prompter.confirm(question)))) throw cancelled("declined");
  }
  // Another process may have begun to send it while the question stood.
  const name = await moveToBin(workspace, bundle, check);
  output.result({ post: { slug, path: bundle.folder }, bin: name }, (style) =>
    [
      `${style.good("✓")} ${messages.deleted({ slug })}`,
      messages.getBack,
      `  ${style.command(`kominfo post delete ${name} --restore`)}`,
    ].join("\n"),
  );
}

/** Of several that fit, a person chooses one. Throws as `restoreFromBin`. */
async function restore(context: Context, workspace: Workspace, wanted: string) {
  try {
    return await restoreFromBin(workspace, wanted);
  } catch (error) {
    const fitting = slugsOf(error);
    const prompter = fitting && (await context.prompter());
    if (!prompter) throw error;
    return restoreFromBin(workspace, await untouched(() => chooseFromBin(context, prompter, fitting)));
  }
}
