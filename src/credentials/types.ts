import type { AccountChannel } from "../channels/registry.js";
import type { KominfoError } from "../errors/errors.js";

/** What an account is for. */
export type Service = "newsroom" | AccountChannel;

/** A login to one service at one origin. */
export interface Account {
  service: Service;
  /** Tells several accounts of one service apart; "default" when the operator gave none. */
  account: string;
  /** Scheme, host and port, e.g. "https://newsroom.example.go.id"; nothing of it is ever sent elsewhere. */
  origin: string;
  /** `personal` names a person in the audit (the newsroom token); `office` belongs to the office. */
  kind: "personal" | "office";
  /** Where the secret came from in this run. */
  source: "vault" | "env";
  /** ISO 8601 instants. */
  obtained_at?: string;
  expires_at?: string;
  checked_at?: string;
}

/** An account with its secret fields, e.g. `{ token }`. Never printed, logged, or put into an error. */
export interface Credential extends Account {
  secret: Readonly<Record<string, string>>;
}

/**
 * An account as `list` tells it. The origin of one from the environment is null: it carries no address, and is
 * used for the one that the workspace names.
 */
export type ListedAccount = Omit<Account, "origin"> & { origin: string | null };

/** The vault as `auth status` and `doctor` tell it; never a secret or a part of one. */
export interface VaultStatus {
  path: string;
  unlock: "keychain" | "passphrase" | "env";
  state: "ok" | "missing" | "locked" | "damaged";
  /** Why it does not open and what mends it, where that is known; not part of `auth status --json`'s `vault`. */
  problem?: KominfoError;
}

/**
 * Asks a person for the vault's passphrase. `confirm`: it is a new one and is typed twice (the callback sees to
 * that); `again`: the one just given was wrong.
 */
export type AskPassphrase = (question: { confirm: boolean; again: boolean }) => Promise<string>;

/**
 * Lets a person choose how a new vault is opened. `problem`: they chose the keychain, and this is why it does not
 * work here.
 */
export type AskStore = (about: { problem: KominfoError | undefined }) => Promise<"keychain" | "passphrase">;

/** Everything a command may do with credentials. What opens the vault is asked for at most once in a run. */
export interface Credentials {
  /**
   * The credential for exactly this origin: from the environment when set, else from the vault.
   * Throws `credential-other-origin` (exit 4) naming both addresses when there is one for another origin only,
   * `not-logged-in` (exit 4) when there is none, and `several-accounts` (exit 2) when `account` has to be named.
   *
   * @param source "vault" for the stored one where the environment stands before it
   */
  get(service: Service, origin: string, account?: string, source?: Account["source"]): Promise<Credential>;
  /**
   * Makes sure that `save` will work: opens the vault, or settles the passphrase of a new one (nothing is written
   * yet). To be called before a one-time activation code is spent.
   */
  unlock(): Promise<void>;
  /**
   * Stores or replaces the entry of the same service, account and origin.
   *
   * @param action what the audit log calls it
   */
  save(credential: Omit<Credential, "source">, action?: "login" | "import" | "renew"): Promise<void>;
  /** All accounts of the vault with their secrets, for a sealed bundle; the audit log tells of each. */
  takeAll(chosen: (account: Account) => boolean): Promise<Credential[]>;
  /**
   * Makes the vault open by the keychain or by a passphrase, whichever it was before; makes an empty one where
   * there is none. `changed` is false when nothing was to do; `keyLeft` says why the old key is still in the
   * keychain, where the vault no longer needs it.
   */
  move(to: "keychain" | "passphrase"): Promise<{ changed: boolean; keyLeft?: KominfoError }>;
  /**
   * Marks an entry as verified with its service now, with the end that the service named, if any. Does nothing for a
   * credential from the environment.
   */
  markChecked(account: Account, at: Date, expires_at?: string): Promise<void>;
  /** Forgets all entries of a service (or one account, or one at one origin) and returns them without their secrets. */
  remove(service: Service, account?: string, origin?: string): Promise<Account[]>;
  /**
   * All accounts, without secrets, the environment's first.
   *
   * @param options.ask false leaves the vault's out where opening it would mean asking a person; default true
   */
  list(options?: { ask?: boolean }): Promise<ListedAccount[]>;
  /** The variables that are set and stand before the vault for this service, e.g. `["KOMINFO_NEWSROOM_TOKEN"]`. */
  shadowing(service: Service): string[];
  /** Never asks a person. */
  status(): Promise<VaultStatus>;
}
