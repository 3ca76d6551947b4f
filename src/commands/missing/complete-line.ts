import type { Command } from "commander";
import type { Context } from "../../context.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { commandOf, pathOf } from "../../terminal/usage.js";
import { askArgument } from "./ask-argument.js";

/**
 * Asks a person for every required argument that a command line leaves out, in order, and returns the whole line. Undefined where
 * nobody can be asked.
 */
export async function completeLine(
  context: Context,
  program: Command,
  argv: readonly string[],
): Promise<string[] | undefined> {
  const prompter = await context.prompter();
  if (!prompter) return undefined;
  const command = commandOf(program, argv);
  const missing = command.registeredArguments.slice(command.args.length).filter(({ required }) => required);
  const words: string[] = [];
  for (const argument of missing) {
    const path = pathOf(command).replace(/^kominfo /, "");
    const wanted = { command: path, name: argument.name(), flags: command.opts() };
    words.push(...(await untouched(() => askArgument(context, prompter, wanted))));
  }
  // A flag that takes several values must not take these.
  return [...argv, ...(argv.includes("--") ? [] : ["--"]), ...words];
}
