import { denied, failed, KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import type { AskPassphrase, VaultStatus } from "../types.js";
import type { Keychain } from "./keychain.js";
import { configuredPassphrase, passphraseSource } from "./passphrase.js";
import {
  createKeyed,
  createUnlocked,
  fitsHeader,
  type UnlockedVault,
  unlockHeader,
  type VaultHeader,
} from "./sealed.js";

/** Minimum characters of a new passphrase. */
export const minimumPassphraseLength = 8;
/** Wrong passphrases after which the command ends. */
const maxAttempts = 3;

/** The ways to open a vault. */
export type Method = "keychain" | "passphrase";

/**
 * Returns the store that `KOMINFO_STORE` names, or "passphrase" when the environment configures a passphrase. Returns
 * undefined otherwise: a person then chooses before a vault is created. An existing vault is opened by the method of its
 * header. Throws `store-unknown` (exit 2).
 */
export function chosenStore(environment: Environment): VaultStatus["unlock"] | undefined {
  const choice = environment.KOMINFO_STORE || (passphraseSource(environment) ? "passphrase" : undefined);
  if (choice === undefined || choice === "keychain" || choice === "passphrase" || choice === "env")
    return choice;
  throw usage("store-unknown", { value: choice });
}

/** Gets or creates the key of a vault. */
export interface Unlocker {
  /** Whether `open` and `create` would ask a person. */
  readonly asks: boolean;
  /**
   * Returns the key of an existing vault. Throws `vault-wrong-passphrase`, `keychain-key-missing` (exit 4) and the
   * keychain's own errors.
   *
   * @param path of the vault, for the errors
   */
  open(header: VaultHeader, path: string): Promise<UnlockedVault>;
  /**
   * Returns the header and the key of a new vault.
   *
   * @param id of the existing vault, when it moves to this method
   */
  create(id?: string): Promise<UnlockedVault>;
}

/** Unlocks with the key in the system's keychain. */
export function keychainUnlocker(keychain: Keychain, onSecret: (value: string) => void): Unlocker {
  const reported = (unlocked: UnlockedVault) => {
    onSecret(unlocked.key.toString("base64"));
    return unlocked;
  };
  /** The keychain's first error. Later calls throw it again, so that a dismissed keyring window does not reopen. */
  let refusal: KominfoError | undefined;
  return {
    asks: false,
    async open(header, path) {
      if (header.id === undefined) throw failed("vault-damaged", { path });
      if (refusal) throw refusal;
      const key = await keychain.get(header.id).catch((error) => {
        if (error instanceof KominfoError) refusal = error;
        throw error;
      });
      if (!key || !fitsHeader(header, key)) throw denied("keychain-key-missing", { path });
      return reported({ header, key });
    },
    async create(id) {
      const { id: account, ...unlocked } = createKeyed(id);
      reported(unlocked);
      await keychain.set(account, unlocked.key);
      return unlocked;
    },
  };
}

interface PassphraseOptions {
  environment: Environment;
  /** Undefined without a terminal. */
  askPassphrase?: AskPassphrase | undefined;
  /** Called with every passphrase, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** scrypt's N for a new vault; only tests set it. */
  scryptCost?: number | undefined;
}

/**
 * Unlocks with a passphrase from a file or a command that the environment names, else from a person. Throws
 * `passphrase-source-missing` (exit 2), which names `KOMINFO_PASSPHRASE_FILE`, when neither is possible.
 */
export function passphraseUnlocker(options: PassphraseOptions): Unlocker {
  const { environment, askPassphrase, onSecret } = options;

  async function passphrase(question: Parameters<AskPassphrase>[0]): Promise<string> {
    const given = (await configuredPassphrase(environment)) ?? (await askPassphrase?.(question));
    if (given === undefined) throw usage("passphrase-source-missing", { isNew: question.confirm });
    onSecret(given);
    return given;
  }

  const source = passphraseSource(environment);
  const asks = source === undefined;
  return {
    asks,
    async open(header, path) {
      for (let attempt = 1; ; attempt++) {
        const given = await passphrase({ confirm: false, again: attempt > 1 });
        try {
          return await unlockHeader(header, given, path);
        } catch (error) {
          const wrong = error instanceof KominfoError && error.code === "vault-wrong-passphrase";
          if (wrong && source !== undefined) throw denied("vault-wrong-passphrase", { path, source });
          if (!wrong || attempt === maxAttempts) throw error;
        }
      }
    },
    async create(id) {
      const given = await passphrase({ confirm: true, again: false });
      if ([...given.normalize("NFC")].length < minimumPassphraseLength) {
        throw usage("passphrase-too-short", { minimum: minimumPassphraseLength });
      }
      return createUnlocked(given, options.scryptCost, id);
    },
  };
}
