import type { Context } from "../../context.js";
import { usage } from "../../errors/errors.js";
import { completionScripts, shells } from "./scripts.js";

export async function run(context: Context, input: { shell: string }): Promise<void> {
  const shell = shells.find((name) => name === input.shell);
  // No nearest one: "tcsh" is no slip for "bash". All that there are fit in a line.
  if (!shell) throw usage("bad-choice", { flag: "<shell>", value: input.shell, choices: shells });
  const script = completionScripts[shell];
  context.output.result({ shell, script }, (style) => style.whole(script.trimEnd()));
}
