import { KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import type { AskPassphrase } from "../types.js";
import { readPassphraseFile } from "./passphrase.js";
import { createUnlocked, type UnlockedVault, unlockHeader, type VaultHeader } from "./sealed.js";
import { minimumPassphraseLength } from "./unlock.js";

const variable = "KOMINFO_NEW_PASSPHRASE_FILE";

interface Options {
  environment: Environment;
  askPassphrase?: AskPassphrase | undefined;
  onSecret: (value: string) => void;
  scryptCost?: number | undefined;
}

/**
 * The key of the passphrase that takes the place of a vault's present one, from `KOMINFO_NEW_PASSPHRASE_FILE`, else from a person.
 * Throws `passphrase-*` and `new-passphrase-source-missing` (exit 2).
 */
export async function newPassphraseKey(
  { environment, askPassphrase, onSecret, scryptCost }: Options,
  present: VaultHeader,
  path: string,
): Promise<UnlockedVault> {
  const file = environment[variable];
  const given = file
    ? await readPassphraseFile(file)
    : await askPassphrase?.({ confirm: true, again: false });
  if (given === undefined) throw usage("new-passphrase-source-missing");
  if (given === "") throw usage("passphrase-empty", { variable });
  onSecret(given);
  if ([...given.normalize("NFC")].length < minimumPassphraseLength) {
    throw usage("passphrase-too-short", { minimum: minimumPassphraseLength });
  }
  if (await opens(present, given, path)) throw usage("passphrase-unchanged");
  return createUnlocked(given, scryptCost, present.id);
}

async function opens(header: VaultHeader, passphrase: string, path: string): Promise<boolean> {
  try {
    await unlockHeader(header, passphrase, path);
    return true;
  } catch (error) {
    if (error instanceof KominfoError && error.code === "vault-wrong-passphrase") return false;
    throw error;
  }
}
