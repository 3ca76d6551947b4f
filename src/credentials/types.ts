import type { AccountChannel } from "../channels/registry.js";
import type { KominfoError } from "../errors/errors.js";

/** The service that an account belongs to. */
export type Service = "newsroom" | AccountChannel;

/** A login to one service at one origin. */
export interface Account {
  service: Service;
  /** Tells several accounts of one service apart; "default" when the operator gave none. */
  account: string;
  /** Scheme, host and port, e.g. "https://newsroom.example.go.id". The secret is sent to no other origin. */
  origin: string;
  /** `personal` identifies a person in the audit log (the newsroom token); `office` belongs to the office. */
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
 * An account as `list` returns it. The origin of an account from the environment is null: its variables hold no
 * address, so it is used for the origin that the workspace names.
 */
export type ListedAccount = Omit<Account, "origin"> & { origin: string | null };

/** The vault as `auth status` and `doctor` report it. Holds no part of a secret. */
export interface VaultStatus {
  path: string;
  unlock: "keychain" | "passphrase" | "env";
  state: "ok" | "missing" | "locked" | "damaged";
  /** The error that keeps the vault closed, if any. It is not part of `vault` in `auth status --json`. */
  problem?: KominfoError;
  /** ISO 8601: until when `holdOpen` lets it be opened without a passphrase. */
  open_until?: string;
}

/**
 * Asks a person for the vault's passphrase. `confirm`: the passphrase is new, and the callback has it typed twice.
 * `again`: the last answer was wrong. `changing`: the present passphrase of one that is being changed.
 */
export type AskPassphrase = (question: {
  confirm: boolean;
  again: boolean;
  changing?: boolean;
}) => Promise<string>;

/**
 * Lets a person choose how a new vault is opened. `problem`: the error of the keychain, when they chose it and it does
 * not work here.
 */
export type AskStore = (question: {
  problem: KominfoError | undefined;
}) => Promise<"keychain" | "passphrase">;

/** The credentials of a command. A run asks for the vault's passphrase at most once. */
export interface Credentials {
  /**
   * Returns the credential for exactly this origin: from the environment when set, else from the vault. Throws
   * `credential-other-origin` (exit 4), with both addresses, when only another origin has one; `not-logged-in` (exit 4)
   * when there is none; and `several-accounts` (exit 2) when `account` has to be given.
   *
   * @param source "vault" ignores the environment
   */
  get(service: Service, origin: string, account?: string, source?: Account["source"]): Promise<Credential>;
  /**
   * Makes sure that `save` will work: opens the vault, or asks for the passphrase of a new one without writing it yet.
   * Call it before a one-time activation code is spent.
   */
  unlock(): Promise<void>;
  /**
   * Stores the entry, or replaces the one of the same service, account and origin.
   *
   * @param action for the audit log
   */
  save(credential: Omit<Credential, "source">, action?: "login" | "import" | "renew"): Promise<void>;
  /** Returns the chosen accounts of the vault with their secrets, for a sealed bundle. The audit log records each. */
  takeAll(isChosen: (account: Account) => boolean): Promise<Credential[]>;
  /**
   * Makes the vault open by the keychain or by a passphrase. Creates an empty vault where there is none. `changed` is
   * false when there was nothing to do. `keyLeft` is the error that left the old key, which the vault no longer needs,
   * in the keychain.
   */
  move(to: "keychain" | "passphrase"): Promise<{ changed: boolean; keyLeft?: KominfoError }>;
  /**
   * Gives the vault another passphrase. The present one is asked for, also while the vault is held open, which ends. Throws
   * `vault-missing`, `vault-without-passphrase` (exit 1), `vault-wrong-passphrase` (exit 4), `passphrase-unchanged` and
   * `new-passphrase-source-missing` (exit 2). kill -9 leaves a vault that one of the two opens.
   */
  changePassphrase(): Promise<void>;
  /**
   * Lets every run of this user open the vault without its passphrase until then; the passphrase is asked for once, now. Returns false,
   * and does nothing, for a vault that the keychain opens. Throws `vault-missing`, and what `KeyHolder.hold` throws.
   */
  holdOpen(until: Date): Promise<boolean>;
  /** Ends `holdOpen`. Returns false where it had ended. */
  endHolding(): Promise<boolean>;
  /**
   * Records that the service accepted an entry at `at`, and the expiry that the service gave, if any. Does nothing for a
   * credential from the environment.
   */
  markChecked(account: Account, at: Date, expires_at?: string): Promise<void>;
  /** Removes the entries of a service, account and origin. Returns them without their secrets. */
  remove(service: Service, account?: string, origin?: string): Promise<Account[]>;
  /**
   * Lists all accounts without their secrets, the environment's first.
   *
   * @param options.ask false omits the vault's accounts when opening it would ask a person; default true
   */
  list(options?: { ask?: boolean }): Promise<ListedAccount[]>;
  /** The variables that override the vault for this service, e.g. `["KOMINFO_NEWSROOM_TOKEN"]`. */
  shadowing(service: Service): string[];
  /** Reports on the vault without asking a person. */
  status(): Promise<VaultStatus>;
}
