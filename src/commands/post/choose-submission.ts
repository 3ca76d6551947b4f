import type { Context } from "../../context.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";
import { listBundles } from "../../workspace/posts.js";
import { readState } from "../../workspace/state.js";

/**
 * Lets a person choose a submission that the newsroom has and this computer has not, as after a change of laptops; undefined where there
 * is none, or they want another one. Throws as `NewsroomClient.submissions`.
 *
 * @param begins the beginning of its number
 */
export async function chooseSubmission(
  context: Context,
  prompter: Prompter,
  begins = "",
): Promise<string | undefined> {
  const workspace = await context.workspace();
  const here = await Promise.all(
    (await listBundles(workspace)).map(({ state }) => readState(state).catch(() => undefined)),
  );
  const { items } = await (await context.newsroom()).submissions({});
  const fitting = items.filter(
    ({ id }) => id.startsWith(begins.toLowerCase()) && !here.some((state) => state?.submission?.id === id),
  );
  if (fitting.length === 0) return undefined;
  const { missing, post, workspace: words } = context.messages;
  const choices = [
    ...fitting.map(({ id, title, shown }) => ({
      name: `${cleanLine(title)} (${post.states[shown]})`,
      value: id,
      description: id,
    })),
    ...(begins === "" ? [{ name: missing.otherPost, value: "" }] : []),
  ];
  return (await untouched(() => prompter.select({ message: words.whichPost, choices }))) || undefined;
}
