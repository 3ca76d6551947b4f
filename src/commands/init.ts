import { existsSync } from "node:fs";
import path from "node:path";
import type { Context } from "../context.js";
import { typedOrigin } from "../credentials/origin.js";
import { usage } from "../errors/errors.js";
import { createAtomically } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { flagOrAnswer } from "../terminal/prompts/ask.js";
import { untouched } from "../terminal/prompts/untouched.js";
import { asTyped } from "../terminal/scope.js";
import { workspaceFile } from "../workspace/find.js";
import { rememberWorkspace } from "../workspace/known.js";
import { newSettings } from "../workspace/settings.js";
import { askAddress, askKecamatan } from "./config/questions.js";
import { kecamatanNamed } from "./config/values.js";

interface Input {
  dir?: string;
  kecamatan?: string;
  newsroom?: string;
  /** Part of a setup, which says itself what comes next. */
  goesOn?: boolean;
}

export async function run(context: Context, input: Input): Promise<void> {
  const messages = context.messages.workspace;
  const root = path.resolve(context.cwd, input.dir ?? ".");
  const file = path.join(root, workspaceFile);
  const alreadyThere = () =>
    usage("workspace-exists", { path: file, place: root === context.cwd ? "" : `-C ${asTyped(root)} ` });
  // Before a person answers questions in vain.
  if (existsSync(file)) throw alreadyThere();
  const wanted = await untouched(() =>
    flagOrAnswer(context, "--kecamatan", input.kecamatan, (prompter) => askKecamatan(context, prompter)),
  );
  const kecamatan = kecamatanNamed(wanted);
  const newsroom = input.goesOn ? undefined : await untouched(() => newsroomAddress(context, input));

  await makeFolder(root);
  if (!(await createAtomically(file, newSettings(kecamatan, newsroom)))) throw alreadyThere();
  await makeFolder(path.join(root, "posts"));
  await rememberWorkspace(context.paths.state, root);
  const { code, name } = kecamatan;
  const next = [
    // The next commands work only inside the workspace.
    ...(root === context.cwd ? [] : [`cd ${asTyped(input.dir ?? root)}`]),
    ...(newsroom ? ["kominfo auth login newsroom"] : []),
    "kominfo post new",
  ];
  context.output.result(
    { workspace: { path: root, kecamatan: { code, name }, newsroom: newsroom ?? null } },
    (style) =>
      [
        `${style.good("✓")} ${messages.made({ root, name })}`,
        ...(input.goesOn ? [] : [messages.next, ...next.map((command) => `  ${style.command(command)}`)]),
      ].join("\n"),
  );
}

/** From the flag, else asked for at a terminal. Optional: a workspace without an address can still be written in. */
async function newsroomAddress(context: Context, input: Input): Promise<string | undefined> {
  const messages = context.messages.workspace;
  if (input.newsroom !== undefined) return typedOrigin(input.newsroom);
  const prompter = input.kecamatan === undefined ? await context.prompter() : undefined;
  if (!prompter) return undefined;
  return askAddress(context, prompter, { message: messages.askNewsroom, optional: true });
}
