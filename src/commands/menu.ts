import type { Context } from "../context.js";
import type { Prompter } from "../terminal/prompts/prompter.js";
import { findWorkspaceFile } from "../workspace/find.js";
import { listBundles, readBundle } from "../workspace/posts.js";
import { newsHints } from "./post/agenda-hint.js";

/** Offers a menu for `kominfo` without arguments. Returns the arguments of the chosen command, or none to leave. */
export async function chooseCommand(context: Context): Promise<string[]> {
  const prompter = await context.prompter();
  if (!prompter) return [];
  const messages = context.messages.workspace;
  const names = messages.menuChoices;
  const here = findWorkspaceFile(context.cwd) !== undefined;
  const offer = here
    ? (["new", "submit", "status", "edit", "list", "login", "doctor", "help", "leave"] as const)
    : (["setup", "init", "doctor", "help", "leave"] as const);
  if (here) await showNewsDue(context);
  const chosen = await prompter.select<keyof typeof names>({
    message: messages.menu,
    choices: offer.map((value) => ({
      name: names[value],
      value,
      description: value === "init" || value === "setup" ? context.cwd : undefined,
    })),
  });
  switch (chosen) {
    case "leave":
      return [];
    case "setup":
    case "init":
    case "doctor":
    case "help":
      return [chosen];
    case "login":
      return ["auth", "login", "newsroom"];
    case "submit":
    case "edit":
      return withPost(context, prompter, chosen);
    default:
      return ["post", chosen];
  }
}

/** Events that are over and of which there is no news yet. A workspace that cannot be read says so in the command that needs it. */
async function showNewsDue(context: Context): Promise<void> {
  const bundles = await context.workspace().then(listBundles, () => []);
  const read = await Promise.all(bundles.map((bundle) => readBundle(bundle).catch(() => undefined)));
  const posts = read.flatMap((one) => (one?.post ? [one.post] : []));
  for (const line of newsHints(context, posts, context.output.noteStyle)) context.output.note(line);
}

async function withPost(context: Context, prompter: Prompter, verb: string): Promise<string[]> {
  const messages = context.messages.workspace;
  const bundles = await listBundles(await context.workspace());
  if (bundles.length === 0) {
    context.output.note(messages.noPosts);
    return [];
  }
  const titles = await Promise.all(
    bundles.map(async (bundle) => (await readBundle(bundle)).post?.title ?? bundle.slug),
  );
  const folder = await prompter.select({
    message: messages.whichPost,
    choices: bundles.map((bundle, i) => ({
      name: titles[i]!,
      value: bundle.folder,
      description: bundle.slug,
    })),
  });
  return ["post", verb, folder];
}
