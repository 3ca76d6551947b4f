import { usage } from "../errors/errors.js";
import { type ChannelName, channelNames, channels } from "./registry.js";

/** The contract's limit for an address. */
const maxLinkLength = 2000;

/** The link to a publication as WHATWG URL writes it. Throws `link-invalid` (exit 2): https only, and without a login. */
export function readLink(typed: string): URL {
  const link = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined;
  const isUsable = link?.protocol === "https:" && link.username === "" && link.password === "";
  if (!isUsable || link.href.length > maxLinkLength)
    throw usage("link-invalid", { link: typed.replace(/[^/]*@/g, "…@") });
  return link;
}

/**
 * The channel that a link is on, by its host; undefined for a host that belongs to none.
 *
 * @param site origin of the office's own site, when the workspace names one
 */
export function channelOf(link: URL, site?: string): ChannelName | undefined {
  if (site === link.origin) return "web";
  const isAt = (host: string) => link.hostname === host || link.hostname.endsWith(`.${host}`);
  return channelNames.find((name) => channels[name].hosts.some(isAt));
}
