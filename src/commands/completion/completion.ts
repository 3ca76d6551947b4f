import type { Context } from "../../context.js";
import { oneOf } from "../../terminal/prompts/ask.js";
import { completionScripts, shells } from "./scripts.js";

export async function run(context: Context, input: { shell: string }): Promise<void> {
  const shell = oneOf("<shell>", input.shell, shells);
  const script = completionScripts[shell];
  context.output.result({ shell, script }, () => script.trimEnd());
}
