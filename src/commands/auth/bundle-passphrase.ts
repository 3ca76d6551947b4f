import type { Context } from "../../context.js";
import type { Bundle } from "../../credentials/bundle/bundle.js";
import {
  minimumBundlePassphrase,
  openBundle,
  sixWords,
  typedSixWords,
} from "../../credentials/bundle/bundle.js";
import { readPassphraseFile } from "../../credentials/vault/passphrase.js";
import { cancelled, KominfoError, usage } from "../../errors/errors.js";
import { untouched } from "../../terminal/prompts/untouched.js";

const variable = "KOMINFO_BUNDLE_PASSPHRASE_FILE";
/** Wrong passphrases before the command ends. */
const maxAttempts = 3;

/** Reads the passphrase from the file that the environment names; undefined when it names none. */
async function readConfigured(context: Context): Promise<string | undefined> {
  const file = context.host.env[variable];
  if (!file) return undefined;
  const passphrase = await readPassphraseFile(file);
  if (passphrase === "") throw usage("passphrase-empty", { variable });
  return passphrase;
}

/**
 * The passphrase of a new bundle, from `KOMINFO_BUNDLE_PASSPHRASE_FILE` or six generated words. The words are
 * displayed once, on the terminal only, and the person confirms having noted them before anything is written. The
 * passphrase is never part of a result.
 */
export async function newBundlePassphrase(context: Context): Promise<string> {
  const messages = context.messages.bundle;
  const given = await readConfigured(context);
  if (given !== undefined) {
    if ([...given].length < minimumBundlePassphrase) {
      throw usage("passphrase-too-short", { minimum: minimumBundlePassphrase });
    }
    return given;
  }
  const prompter = await context.prompter();
  if (!prompter) throw usage("bundle-passphrase-source-missing");
  const passphrase = sixWords();
  context.output.warn(`${messages.passphrase}\n\n    ${passphrase}\n`);
  if (!(await untouched(() => prompter.confirm({ message: messages.noted, default: true }))))
    throw cancelled("declined");
  return passphrase;
}

/** Opens a bundle with the passphrase from the environment's file, or asks for it up to three times. */
export async function openAsking(context: Context, sealed: Uint8Array, path: string): Promise<Bundle> {
  const messages = context.messages.bundle;
  const given = await readConfigured(context);
  if (given !== undefined) return openTyped(sealed, given, path);
  const prompter = await context.prompter();
  if (!prompter) throw usage("bundle-passphrase-source-missing");
  for (let attempt = 1; ; attempt++) {
    const message = attempt > 1 ? messages.askAgain : messages.ask({ path });
    const validate = (text: string) => (text.trim() === "" ? context.messages.account.passphraseEmpty : "");
    const typed = await untouched(() => prompter.secret({ message, validate }));
    try {
      return await openTyped(sealed, typed.trim(), path);
    } catch (error) {
      if (!isWrong(error) || attempt === maxAttempts) throw error;
    }
  }
}

/** Six words open it however they are typed; a passphrase of a person's own may be six such words, and opens as it is. */
async function openTyped(sealed: Uint8Array, typed: string, path: string): Promise<Bundle> {
  const words = typedSixWords(typed);
  if (words === undefined || words === typed) return openBundle(sealed, typed, path);
  try {
    return await openBundle(sealed, words, path);
  } catch (error) {
    if (!isWrong(error)) throw error;
    return openBundle(sealed, typed, path);
  }
}

function isWrong(error: unknown): boolean {
  return error instanceof KominfoError && error.code === "bundle-wrong-passphrase";
}
