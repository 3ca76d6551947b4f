import type { Service } from "../../credentials/types.js";
import type { Http } from "../../http/client.js";

/** Where a post may appear; the newsroom decides about it, and has a client of its own. */
export type ChannelName = Exclude<Service, "newsroom">;

/** The secret fields of one account, by the names of `serviceVariables`. */
export type Secret = Readonly<Record<string, string>>;

/** One thing that a login of a channel is made of. */
export interface Field {
  name: string;
  /** Names the account and opens nothing: shown while it is typed. */
  open?: true;
  /** What it must look like once it is tidy. */
  form: RegExp;
  /** As the service hands it out -> as it is kept. Default: without space around. */
  tidy?: (typed: string) => string;
}

/** How a channel is asked. */
export interface Asking {
  /** Bound to `origin`. */
  http: Http;
  origin: string;
  now: Date;
}

/** What a channel says of an account that it lets in. */
export interface Checked {
  /** As the service calls it; foreign text. */
  name: string;
  /** ISO 8601; absent where the service names no end. */
  expires_at?: string;
}

/** One service that publishes, as far as kominfo talks to it. */
export interface Channel {
  /** Its only address; absent where every office has its own. */
  origin?: string;
  /** In the order in which they are asked. */
  fields: readonly Field[];
  /** The page at which the service hands out what `fields` asks for. */
  source(origin: string): string;
  /**
   * Asks the service itself who this account is. Throws `channel-refused`, `channel-forbidden`,
   * `channel-other-account` (exit 4: not this account, or not any more), `channel-not-there` (exit 1), and what says nothing of the login: `channel-hidden`, `server-*` (exit 5).
   */
  check(asking: Asking, secret: Secret): Promise<Checked>;
}
