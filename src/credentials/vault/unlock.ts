import { denied, failed, KominfoError, usage } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import type { AskPassphrase, VaultStatus } from "../types.js";
import type { Keychain } from "./keychain.js";
import { configuredPassphrase, hasConfiguredPassphrase } from "./passphrase.js";
import {
  createKeyed,
  createUnlocked,
  fitsHeader,
  type UnlockedVault,
  unlockHeader,
  type VaultHeader,
} from "./sealed.js";

/** Characters that a new passphrase has at least; whoever asks for one may say so. */
export const minimumPassphraseLength = 8;
/** How often a person may mistype it before the command ends. */
const attempts = 3;

/** What can open a vault. */
export type Method = "keychain" | "passphrase";

/**
 * Where credentials are kept, as `KOMINFO_STORE` chooses, or the naming of a passphrase; undefined when nothing was
 * chosen: then a person is asked before a vault is made, never anything silently. A vault that exists is opened as
 * its header says. Throws `store-unknown` (exit 2).
 */
export function chosenStore(environment: Environment): VaultStatus["unlock"] | undefined {
  const choice =
    environment.KOMINFO_STORE || (hasConfiguredPassphrase(environment) ? "passphrase" : undefined);
  if (choice === undefined || choice === "keychain" || choice === "passphrase" || choice === "env")
    return choice;
  throw usage("store-unknown", { value: choice });
}

/** What comes by the key of a vault. */
export interface Unlocker {
  /** Whether `open` and `create` would ask a person. */
  readonly asks: boolean;
  /**
   * The key of an existing vault. Throws `vault-wrong-passphrase`, `keychain-key-missing` (exit 4) and the
   * keychain's own errors; `path` is for their words.
   */
  open(header: VaultHeader, path: string): Promise<UnlockedVault>;
  /** The header and the key of a new vault. @param id of a vault that moves here */
  create(id?: string): Promise<UnlockedVault>;
}

/** Unlocks by the key that the system's keychain keeps. */
export function keychainUnlocker(keychain: Keychain, onSecret: (value: string) => void): Unlocker {
  const heard = (unlocked: UnlockedVault) => {
    onSecret(unlocked.key.toString("base64"));
    return unlocked;
  };
  /** Told again instead of being met again: a person who closed the keyring's window is not shown it once more. */
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
      return heard({ header, key });
    },
    async create(id) {
      const { id: account, ...unlocked } = createKeyed(id);
      heard(unlocked);
      await keychain.set(account, unlocked.key);
      return unlocked;
    },
  };
}

interface PassphraseOptions {
  environment: Environment;
  /** Undefined where nobody can be asked. */
  askPassphrase?: AskPassphrase | undefined;
  /** Told every passphrase, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** scrypt's N for a new vault; only tests set it. */
  scryptCost?: number | undefined;
}

/**
 * Unlocks by a passphrase: from a file or a command that the environment names, else by asking; with neither,
 * `passphrase-source-missing` (exit 2), which names `KOMINFO_PASSPHRASE_FILE`.
 */
export function passphraseUnlocker(options: PassphraseOptions): Unlocker {
  const { environment, askPassphrase, onSecret } = options;

  async function passphrase(question: Parameters<AskPassphrase>[0]): Promise<string> {
    const given = (await configuredPassphrase(environment)) ?? (await askPassphrase?.(question));
    if (given === undefined) throw usage("passphrase-source-missing");
    onSecret(given);
    return given;
  }

  const asks = !hasConfiguredPassphrase(environment);
  return {
    asks,
    async open(header, path) {
      for (let attempt = 1; ; attempt++) {
        const given = await passphrase({ confirm: false, again: attempt > 1 });
        try {
          return await unlockHeader(header, given, path);
        } catch (error) {
          const wrong = error instanceof KominfoError && error.code === "vault-wrong-passphrase";
          if (!wrong || !asks || attempt === attempts) throw error;
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
