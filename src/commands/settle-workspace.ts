import { statSync } from "node:fs";
import path from "node:path";
import type { Context } from "../context.js";
import { askPath } from "../terminal/prompts/path.js";
import type { Prompter } from "../terminal/prompts/prompter.js";
import { findWorkspaceFile } from "../workspace/find.js";
import { knownWorkspaces } from "../workspace/known.js";
import { holdsOtherThings } from "../workspace/paths.js";

/**
 * Asks which workspace is meant where the current folder is in none, and makes a new one if a person wants that.
 *
 * @param onMade called as soon as there is a new one
 * @returns the context of the workspace, which may be in another folder than the run began in
 */
export async function settleWorkspace(
  context: Context,
  prompter: Prompter,
  onMade: () => void,
): Promise<Context> {
  if (findWorkspaceFile(context.cwd)) return noteWorkspace(context);
  const folder = (await askKnown(context, prompter)) ?? (await askNewPlace(context, prompter));
  // The folder that is named may be an earlier workspace.
  if (findWorkspaceFile(folder)) return noteWorkspace(await context.inFolder(folder));
  await (await import("./init.js")).run(context, { dir: folder, goesOn: true });
  onMade();
  // It has said what it made.
  return context.inFolder(folder);
}

/** A terminal opens in the home, and the workspace lies elsewhere: what was made before is offered before another one. */
async function askKnown(context: Context, prompter: Prompter): Promise<string | undefined> {
  const messages = context.messages.setup;
  const known = await knownWorkspaces(context.paths.state);
  const [first, ...others] = known;
  if (first === undefined) return undefined;
  if (others.length === 0) {
    const wanted = await prompter.confirm({ message: messages.useKnown({ path: first }), default: true });
    return wanted ? first : undefined;
  }
  const chosen = await prompter.select({
    message: messages.chooseKnown,
    choices: [
      ...known.map((root) => ({ name: root, value: root })),
      { name: messages.newWorkspace, value: "" },
    ],
    default: first,
  });
  return chosen === "" ? undefined : chosen;
}

async function askNewPlace(context: Context, prompter: Prompter): Promise<string> {
  const { cwd, host, messages } = context;
  // Made by a careless Enter, a workspace there would take in all that a person has.
  if (holdsOtherThings(cwd, host.home)) return askFolder(context, prompter);
  const message = messages.setup.workspaceHere({ path: cwd });
  return (await prompter.confirm({ message, default: true })) ? cwd : askFolder(context, prompter);
}

function askFolder(context: Context, prompter: Prompter): Promise<string> {
  const messages = context.messages.setup;
  return askPath(context, prompter, {
    message: messages.askFolder,
    default: path.join(context.host.home, "berita"),
    problemOf: (folder) =>
      statSync(folder, { throwIfNoEntry: false })?.isFile() ? messages.notAFolder({ path: folder }) : "",
  });
}

async function noteWorkspace(context: Context): Promise<Context> {
  const { root, settings } = await context.workspace();
  const { workspaceReady } = context.messages.setup;
  const { noteStyle } = context.output;
  const text = workspaceReady({ name: settings.kecamatan.name, path: root });
  context.output.note(`${noteStyle.good("✓")} ${text}`);
  return context;
}
