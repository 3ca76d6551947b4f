import type { AskPassphrase } from "../credentials/types.js";
import { minimumPassphraseLength } from "../credentials/unlock.js";
import type { Messages } from "../language/index.js";
import type { Prompter } from "../terminal/prompter.js";

/** Asks a person for the vault's passphrase; a new one is explained, and typed twice until both are the same. */
export function passphrasePrompt(prompter: Prompter, { account: words }: Messages): AskPassphrase {
  return async ({ confirm, again }) => {
    if (!confirm) return prompter.secret({ message: again ? words.passphraseAgain : words.passphrase });
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
