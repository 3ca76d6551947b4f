import { statSync } from "node:fs";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { askPath } from "../../terminal/prompts/path.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";

/** Asks for the file until it is one that opens. Throws `cancelled` on Ctrl-C. */
export async function importAskedBundle(context: Context, prompter: Prompter): Promise<void> {
  const messages = context.messages.setup;
  const { run: importAccounts } = await import("./import.js");
  const unfit: readonly string[] = ["bundle-foreign", "bundle-damaged", "file-unreadable", "file-not-found"];
  for (;;) {
    const file = await askPath(context, prompter, {
      message: messages.askBundle,
      problemOf: (file) =>
        file !== "" && statSync(file, { throwIfNoEntry: false })?.isFile()
          ? ""
          : messages.noFile({ path: file }),
    });
    try {
      await importAccounts(context, { file });
      return;
    } catch (error) {
      if (!(error instanceof KominfoError) || !unfit.includes(error.code)) throw error;
      warnOfFailure(context, error);
    }
  }
}

/** Prints a failure that ends nothing, with what to do about it. */
export function warnOfFailure({ messages, output }: Context, error: KominfoError): void {
  const { message, hints } = explain(error, messages);
  output.warn([message, ...hints.map((hint) => `  → ${hint}`)].join("\n"));
}
