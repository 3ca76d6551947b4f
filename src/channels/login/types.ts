import type { Http } from "../../http/client.js";

/** The secret fields of one account, by the names of `Field`. */
export type Secret = Readonly<Record<string, string>>;

/** One thing that a login of a channel is made of. */
export interface Field {
  name: string;
  /** Names the account and opens nothing: shown while it is typed, and not scrubbed. */
  open?: true;
  /** Its form after `tidy`. */
  form: RegExp;
  /** From the form in which the service hands it out to the one that is stored. Default: trimmed. */
  tidy?: (typed: string) => string;
}

/** A client bound to one channel, without a login. */
export interface Asking {
  /** Bound to `origin`. */
  http: Http;
  origin: string;
  now: Date;
  /** The version of Meta's Graph API that kominfo.yaml names. */
  graphVersion?: string | undefined;
}

/** A channel's answer about an account that may log in. */
export interface CheckedLogin {
  /** As the service calls it; foreign text. */
  name: string;
  /** ISO 8601; absent where the service names no end. */
  expires_at?: string;
  /** Open names, stored beside the secret, so that the service need not be asked who it is: X bills that. */
  keep?: Secret;
}

/** How kominfo logs in to one channel. A channel's `login.ts` exports these by name. */
export interface ChannelLogin {
  /**
   * Asks the service itself who this account is. Throws `channel-refused`, `channel-forbidden`,
   * `channel-other-account` (exit 4: not this account, or not any more), `channel-not-there` (exit 1), and what does
   * not concern the login: `channel-hidden`, `server-*` (exit 5).
   */
  check(asking: Asking, secret: Secret): Promise<CheckedLogin>;
  /** Asks, without a login, whether the service is at this address at all. Throws as `check` does; absent where the address is fixed. */
  lookFor?(asking: Asking): Promise<void>;
  /** For logins that end by themselves and are renewed before that. */
  renewal?: Renewal;
  /** A second way to log in, through the browser of this computer. */
  browser?: BrowserLogin;
}

export interface Renewal {
  /** Whether this stored login is one that is renewed. Its fields are then not those of the description. */
  appliesTo(secret: Secret): boolean;
  /** The login with enough time left, renewed and saved when it had not. */
  renewed(asking: Asking, secret: Secret, storage: RenewalStorage): Promise<Secret>;
}

/** Where a login that renews itself is stored. */
export interface RenewalStorage {
  /** Path of the lock under which it is renewed. */
  lock: string;
  read(): Promise<Secret>;
  save(secret: Secret): Promise<void>;
}

/** One login in a browser, before the person has agreed. */
export interface BrowserAttempt {
  clientId: string;
  /** Comes back with the answer, and shows that it is the answer to this question (RFC 6749, 10.12). */
  state: string;
  verifier: string;
  redirect: string;
  /** What the person opens; holds nothing secret. */
  url: string;
}

export interface BrowserLogin {
  /** The port on this machine that the service's answer comes back to. */
  port: number;
  /** The address that has to be registered with the app at the service. */
  redirectAddress(port: number): string;
  start(clientId: string, port: number): BrowserAttempt;
  /** Exchanges the code that came back for a login. Throws `channel-refused` (exit 4) and as `problemOf`. */
  finish(asking: Asking, attempt: BrowserAttempt, code: string): Promise<Secret>;
}
