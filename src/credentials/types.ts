/** What an account is for. */
export type Service = "newsroom" | "web" | "facebook" | "instagram" | "x";

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

/** The vault as `auth status` and `doctor` tell it; never a secret or a part of one. */
export interface VaultStatus {
  path: string;
  unlock: "keychain" | "passphrase" | "env";
  state: "ok" | "missing" | "locked" | "damaged";
}

/** Everything a command may do with credentials. */
export interface Credentials {
  /**
   * The credential for exactly this origin: from the environment when set, else from the vault.
   * Throws `credential-other-origin` (exit 4) naming both addresses when there is one for another origin only,
   * and `not-logged-in` (exit 4) when there is none.
   */
  get(service: Service, origin: string, account?: string): Promise<Credential>;
  /** Stores or replaces the entry of the same service, account and origin. */
  save(credential: Omit<Credential, "source">): Promise<void>;
  /** Marks an entry as verified with its service now. Does nothing for a credential from the environment. */
  markChecked(account: Account, at: Date): Promise<void>;
  /** Forgets all entries of a service (or one account of it) and returns them without their secrets. */
  remove(service: Service, account?: string): Promise<Account[]>;
  /** All accounts, without secrets, the environment's first. */
  list(): Promise<Account[]>;
  status(): Promise<VaultStatus>;
}
