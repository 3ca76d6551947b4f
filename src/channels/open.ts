import { secretValues } from "../credentials/environment.js";
import type { Account, Credential, Credentials } from "../credentials/types.js";
import { denied } from "../errors/errors.js";
import type { Http } from "../http/client.js";
import { fitted } from "./login/fields.js";
import type { Asking, Channel, ChannelName } from "./login/types.js";
import { channels } from "./registry.js";
import { isOAuth2, renewed } from "./x/oauth2.js";

interface ChannelOptions {
  credentials: () => Promise<Credentials>;
  /** A client for one origin. */
  http: (origin: string) => Http;
  now: () => Date;
  /** Told every secret before it is used, so that it can be scrubbed from all output. */
  onSecret: (value: string) => void;
  /** Absolute path of the lock under which a login is renewed. */
  lock: string;
  /** Other addresses than the services' own. Only tests set it: no flag and no variable leads here. */
  origins?: Partial<Record<ChannelName, string>> | undefined;
}

/** A channel in one run. */
export interface OpenChannel extends Channel {
  /** A way to ask it, without any login. */
  asking(origin: string): Asking;
  /** The account at `origin`, renewed when its time is up; asked for and refused as by `Credentials.get`. */
  credential(origin: string, account?: string, source?: Account["source"]): Promise<Credential>;
}

export function openChannel(service: ChannelName, options: ChannelOptions): OpenChannel {
  const channel = channels[service];
  const origin = options.origins?.[service] ?? channel.origin;
  const asking = (address: string) => ({ http: options.http(address), origin: address, now: options.now() });
  return {
    ...channel,
    ...(origin !== undefined && { origin }),
    asking,
    async check(about, secret) {
      // What the environment gave was never looked at.
      const fit = isOAuth2(secret) ? secret : fitted(service, channel.fields, secret);
      for (const value of secretValues(fit)) options.onSecret(value);
      return channel.check(about, fit);
    },
    async credential(address, account, source) {
      // An account that was brought along for another address than the service's own.
      if (origin !== undefined && address !== origin) {
        throw denied("credential-other-origin", { service, requested: origin, stored: [address] });
      }
      const credentials = await options.credentials();
      const found = await credentials.get(service, address, account, source);
      if (!isOAuth2(found.secret)) return found;
      const { source: _, ...entry } = found;
      const secret = await renewed(asking(address), found.secret, {
        lock: options.lock,
        read: async () => (await credentials.get(service, address, account, source)).secret,
        save: (next) => credentials.save({ ...entry, secret: next }, "renew"),
      });
      return { ...found, secret };
    },
  };
}
