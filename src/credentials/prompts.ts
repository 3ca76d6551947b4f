import { explain } from "../language/explain.js";
import type { Messages } from "../language/index.js";
import type { Output } from "../terminal/output.js";
import type { Prompter } from "../terminal/prompts/prompter.js";
import type { AskPassphrase, AskStore } from "./types.js";
import { minimumPassphraseLength } from "./vault/unlock.js";

/** Asks a person for the vault's passphrase. Explains a new one, and has it typed twice until both are the same. */
export function passphrasePrompt(
  prompter: Prompter,
  output: Output,
  { account: messages }: Messages,
): AskPassphrase {
  return async ({ confirm, again, changing = false }) => {
    if (!confirm) {
      const first = changing ? messages.presentPassphrase : messages.passphrase;
      // An Enter typed ahead, or one too many, is no try.
      const validate = (typed: string) => (typed === "" ? messages.passphraseEmpty : "");
      return prompter.secret({ message: again ? messages.passphraseAgain : first, validate });
    }
    output.note(messages.aboutPassphrase);
    const first = await prompter.secret({
      message: messages.newPassphrase({ minimum: minimumPassphraseLength }),
      validate: (typed) =>
        [...typed.normalize("NFC")].length < minimumPassphraseLength
          ? messages.passphraseTooShort({ minimum: minimumPassphraseLength })
          : "",
    });
    await prompter.secret({
      message: messages.repeatPassphrase,
      validate: (typed) => (typed === first ? "" : messages.passphraseDiffers),
    });
    return first;
  };
}

/** Lets a person choose how this computer's vault is opened. Explains why the keychain could not be used. */
export function storePrompt(prompter: Prompter, output: Output, messages: Messages): AskStore {
  const { chooseStore, stores } = messages.vault;
  return async ({ problem }) => {
    if (problem) {
      const { message, hints } = explain(problem, messages);
      output.warn([message, ...hints.map((hint) => `  → ${hint}`)].join("\n"));
    }
    return prompter.select({
      message: chooseStore,
      choices: (["keychain", "passphrase"] as const).map((value) => ({ value, ...stores[value] })),
      default: problem ? "passphrase" : "keychain",
    });
  };
}
