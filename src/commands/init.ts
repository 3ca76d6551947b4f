import path from "node:path";
import type { Context } from "../context.js";
import { checkOrigin } from "../credentials/origin.js";
import { usage } from "../errors/errors.js";
import { createAtomically } from "../files/atomic.js";
import { makeFolder } from "../files/folders.js";
import { findKecamatan, kecamatanOfBekasi, nearestKecamatan } from "../region/kecamatan.js";
import { flagOrAnswer } from "../terminal/prompts/ask.js";
import { workspaceFile } from "../workspace/find.js";
import { newSettings } from "../workspace/settings.js";

interface Input {
  dir?: string;
  kecamatan?: string;
  newsroom?: string;
}

export async function run(context: Context, input: Input): Promise<void> {
  const messages = context.messages.workspace;
  const root = path.resolve(context.cwd, input.dir ?? ".");
  const wanted = await flagOrAnswer(context, "--kecamatan", input.kecamatan, (prompter) =>
    prompter.select({
      message: messages.askKecamatan,
      choices: kecamatanOfBekasi
        .map(({ name, code }) => ({ name, value: name, description: code }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }),
  );
  const kecamatan = findKecamatan(wanted);
  if (!kecamatan) {
    throw usage("kecamatan-unknown", { given: wanted, nearest: nearestKecamatan(wanted)?.name });
  }
  const newsroom = await newsroomAddress(context, input);

  await makeFolder(root);
  const file = path.join(root, workspaceFile);
  if (!(await createAtomically(file, newSettings(kecamatan, newsroom)))) {
    throw usage("workspace-exists", { path: file });
  }
  await makeFolder(path.join(root, "posts"));
  const { code, name } = kecamatan;
  const next = [
    // The next commands work only inside the workspace.
    ...(root === context.cwd ? [] : [`cd "${input.dir}"`]),
    ...(newsroom ? ["kominfo auth login newsroom"] : []),
    "kominfo post new",
  ];
  context.output.result(
    { workspace: { path: root, kecamatan: { code, name }, newsroom: newsroom ?? null } },
    (style) =>
      [
        `${style.good("✓")} ${messages.made({ root, name })}`,
        `${messages.next}`,
        ...next.map((command) => `  ${style.command(command)}`),
      ].join("\n"),
  );
}

/** From the flag, else asked for at a terminal. Optional: a workspace without an address can still be written in. */
async function newsroomAddress(context: Context, input: Input): Promise<string | undefined> {
  if (input.newsroom !== undefined) return checkOrigin(input.newsroom);
  const prompter = input.kecamatan === undefined ? await context.prompter() : undefined;
  const typed = await prompter?.text({
    message: context.messages.workspace.askNewsroom,
    validate: (answer) =>
      answer.trim() === "" || isOrigin(answer) ? "" : context.messages.diagnostics["address-expected"](),
  });
  return typed?.trim() ? checkOrigin(typed.trim()) : undefined;
}

function isOrigin(address: string): boolean {
  try {
    return checkOrigin(address.trim()) !== "";
  } catch {
    return false;
  }
}
