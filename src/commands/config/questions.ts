import type { Context } from "../../context.js";
import { isTypedOrigin, typedOrigin } from "../../credentials/origin.js";
import { kecamatanOfBekasi } from "../../region/kecamatan.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";

/**
 * Asks for the newsroom's address until it is one; undefined where it may be left empty, and is.
 *
 * @param question.present proposed in brackets, since a whole address is pasted rather than mended; Tab puts it into the line
 */
export async function askAddress(
  { messages }: Pick<Context, "messages">,
  prompter: Prompter,
  question: { message: string; optional?: boolean; present?: string },
): Promise<string | undefined> {
  const typed = await prompter.text({
    message: question.message,
    ...(question.present !== undefined && { default: question.present }),
    validate: (answer) => {
      if (answer.trim() === "" && question.optional) return "";
      return isTypedOrigin(answer) ? "" : messages.diagnostics["address-expected"]();
    },
  });
  return typed.trim() === "" ? undefined : typedOrigin(typed);
}

/** Lets a person choose a kecamatan, and returns its name. */
export function askKecamatan(
  { messages }: Pick<Context, "messages">,
  prompter: Prompter,
  present?: string,
): Promise<string> {
  return prompter.select({
    message: messages.workspace.askKecamatan,
    choices: kecamatanOfBekasi
      .map(({ name, code }) => ({ name, value: name, description: code }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    ...(present !== undefined && { default: present }),
  });
}
