import type { ChannelPublishing } from "./publishing.js";
import type { AccountChannel } from "./registry.js";

/** Not part of the descriptions: what publishes knows the contract, which takes its list of channels from them. */
const load: Record<AccountChannel, () => Promise<ChannelPublishing>> = {
  web: () => import("./web/publish.js"),
  facebook: () => import("./facebook/publish.js"),
  instagram: () => import("./instagram/publish.js"),
  x: () => import("./x/publish.js"),
};

/** Loads what publishes on a channel. */
export function loadPublishing(channel: AccountChannel): Promise<ChannelPublishing> {
  return load[channel]();
}
