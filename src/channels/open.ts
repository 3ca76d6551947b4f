import { secretValues } from "../credentials/environment.js";
import type { Account, Credential, Credentials } from "../credentials/types.js";
import { denied } from "../errors/errors.js";
import type { Http } from "../http/client.js";
import type { LoginDescription } from "./login/description.js";
import { fitted } from "./login/fields.js";
import type { Asking, ChannelLogin } from "./login/types.js";
import type { ChannelPublishing } from "./publishing.js";
import { type AccountChannel, loginOf } from "./registry.js";

/** What publishes on each channel. Not in its description, which everyone loads: a publisher knows the contract, which knows the list. */
const publishers: Readonly<Record<AccountChannel, () => Promise<ChannelPublishing>>> = {
  web: () => import("./web/publish.js"),
  facebook: () => import("./facebook/publish.js"),
  instagram: () => import("./instagram/publish.js"),
  x: () => import("./x/publish.js"),
};

interface ChannelOptions {
  credentials: () => Promise<Credentials>;
  /** A client for one origin. */
  http: (origin: string) => Http;
  now: () => Date;
  /** The version of Meta's Graph API that kominfo.yaml names. */
  graphVersion?: string | undefined;
  /** Receives every secret before it is used, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** Absolute path of the lock under which a login is renewed. */
  lock: string;
  /** Other addresses than the services' own. Only tests set it: no flag and no variable leads here. */
  origins?: Partial<Record<AccountChannel, string>> | undefined;
}

/** A channel in one run: its description, what talks to it, and the accounts there. */
export interface OpenChannel
  extends Pick<LoginDescription, "origin" | "fields" | "sourcePage">,
    Pick<ChannelLogin, "check" | "browser" | "lookFor"> {
  /** What publishes there. */
  publishing(): Promise<ChannelPublishing>;
  /** A client for `origin`, without a login. */
  asking(origin: string): Asking;
  /** The account at `origin`, renewed when its time is up; asked for and refused as by `Credentials.get`. */
  credential(origin: string, account?: string, source?: Account["source"]): Promise<Credential>;
}

export async function openChannel(service: AccountChannel, options: ChannelOptions): Promise<OpenChannel> {
  const description = loginOf(service);
  const login = await description.load();
  const { renewal } = login;
  const origin = options.origins?.[service] ?? description.origin;
  const asking = (address: string) => ({
    http: options.http(address),
    origin: address,
    now: options.now(),
    ...(options.graphVersion !== undefined && { graphVersion: options.graphVersion }),
  });
  return {
    fields: description.fields,
    sourcePage: description.sourcePage,
    publishing: publishers[service],
    ...(login.browser && { browser: login.browser }),
    ...(login.lookFor && { lookFor: login.lookFor }),
    ...(origin !== undefined && { origin }),
    asking,
    async check(request, secret) {
      // A secret from the environment has not been checked for its form yet.
      const fit = renewal?.appliesTo(secret) ? secret : fitted(service, description.fields, secret);
      for (const value of secretValues(fit)) options.onSecret(value);
      return login.check(request, fit);
    },
    async credential(address, account, source) {
      // An account that was imported for another address than the service's own.
      if (origin !== undefined && address !== origin) {
        throw denied("credential-other-origin", { service, requested: origin, stored: [address] });
      }
      const credentials = await options.credentials();
      const found = await credentials.get(service, address, account, source);
      if (!renewal?.appliesTo(found.secret)) return found;
      const { source: _, ...entry } = found;
      const secret = await renewal.renewed(asking(address), found.secret, {
        lock: options.lock,
        read: async () => (await credentials.get(service, address, account, source)).secret,
        save: (next) => credentials.save({ ...entry, secret: next }, "renew"),
      });
      return { ...found, secret };
    },
  };
}
