import type { KominfoError } from "../../errors/errors.js";
import type { Environment } from "../../terminal/host.js";
import type { AskPassphrase, AskStore, VaultStatus } from "../types.js";
import type { KeyHolder } from "./key-holder.js";
import type { Keychain } from "./keychain.js";
import type { VaultEntry } from "./sealed.js";
import type { Method } from "./unlock.js";

export interface VaultOptions {
  /** Absolute path of `vault.json`. */
  vaultPath: string;
  environment: Environment;
  /** Undefined without a terminal. */
  askPassphrase?: AskPassphrase | undefined;
  /** Undefined without a terminal. */
  askStore?: AskStore | undefined;
  keychain: Keychain;
  /** Holds the key between runs. */
  holder: KeyHolder;
  /** Called with every secret that is read or stored, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** scrypt's N for a new vault; only tests set it. */
  scryptCost?: number | undefined;
}

/** The outcome of moving a vault. */
export interface Moved {
  /** False when the vault was already opened by that method. */
  changed: boolean;
  /** The error that left the old key in the keychain. The vault no longer needs that key. */
  keyLeft?: KominfoError;
}

/** The vault of one run. It is opened on first use, and a run asks for its passphrase at most once. */
export interface OpenedVault {
  /** Returns no entries where there is no vault, or `KOMINFO_STORE=env` excludes it. */
  entries(): Promise<VaultEntry[]>;
  /** @param work returns the new entries, or undefined to change nothing */
  change(work: (entries: VaultEntry[]) => VaultEntry[] | undefined): Promise<void>;
  /** Whether there is a vault file. Throws as `readVault` does. */
  exists(): Promise<boolean>;
  /** Makes sure that `change` will work: opens the vault, or prepares the key of a new one. */
  unlock(): Promise<void>;
  /** Seals the vault for another method, or creates one. */
  move(to: Method): Promise<Moved>;
  /** As in `Credentials`. */
  changePassphrase(): Promise<void>;
  /** As in `Credentials`. */
  holdOpen(until: Date): Promise<boolean>;
  status(): Promise<VaultStatus>;
}
