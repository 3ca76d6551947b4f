import { explain } from "../language/explain.js";
import type { Messages } from "../language/index.js";
import type { Output } from "../terminal/output.js";
import type { Prompter } from "../terminal/prompter.js";
import type { AskPassphrase, AskStore } from "./types.js";
import { minimumPassphraseLength } from "./vault/unlock.js";

/** Asks a person for the vault's passphrase; a new one is explained, and typed twice until both are the same. */
export function passphrasePrompt(
  prompter: Prompter,
  output: Output,
  { account: words }: Messages,
): AskPassphrase {
  return async ({ confirm, again }) => {
    if (!confirm) return prompter.secret({ message: again ? words.passphraseAgain : words.passphrase });
    output.note(words.aboutPassphrase);
    const first = await prompter.secret({
      message: words.newPassphrase({ minimum: minimumPassphraseLength }),
      validate: (typed) =>
        [...typed.normalize("NFC")].length < minimumPassphraseLength
          ? words.passphraseTooShort({ minimum: minimumPassphraseLength })
          : "",
    });
    await prompter.secret({
      message: words.repeatPassphrase,
      validate: (typed) => (typed === first ? "" : words.passphraseDiffers),
    });
    return first;
  };
}

/** Lets a person choose how the vault of this computer is opened; says why the keychain could not be used. */
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
