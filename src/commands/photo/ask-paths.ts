import { existsSync } from "node:fs";
import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { expandSources } from "../../photo/sources/sources.js";
import { typedPaths } from "../../terminal/prompts/path.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";

/**
 * Asks for photos, typed or dragged onto the terminal, until some are there. Empty where that is allowed.
 *
 * @param question.empty what an empty answer is told; absent: it is an answer
 * @param question.again follows the reason why an answer will not do
 * @returns absolute paths of files and folders, or patterns
 */
export async function askPhotoPaths(
  context: Context,
  prompter: Prompter,
  question: { message: string; empty?: string; again?: string },
): Promise<string[]> {
  const { cwd, host, messages, output } = context;
  const exists = (candidate: string) => existsSync(path.resolve(cwd, candidate));
  for (;;) {
    const typed = await prompter.text({
      message: question.message,
      validate: (answer) => (answer.trim() === "" ? (question.empty ?? "") : ""),
    });
    const paths = typedPaths(typed, host, exists);
    if (paths.length === 0) return [];
    try {
      await expandSources(paths, cwd, host.platform === "win32");
      return paths.map((named) => (exists(named) ? path.resolve(cwd, named) : named));
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      const { message } = explain(error, messages);
      output.warn(question.again === undefined ? message : `${message} ${question.again}`);
    }
  }
}
