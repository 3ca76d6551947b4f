import type { Channel } from "../contract/lifecycle.js";
import { usage } from "../errors/errors.js";

/** Names under which each channel shows what is published there; web is the regency's own site. */
const domains: Readonly<Record<Channel, readonly string[]>> = {
  web: ["bekasikab.go.id"],
  facebook: ["facebook.com", "fb.com", "fb.watch"],
  instagram: ["instagram.com", "instagr.am"],
  x: ["x.com", "twitter.com"],
};
/** Of the contract's addresses. */
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
 * On which channel a link is, by its host; undefined for a host that is none's.
 *
 * @param site origin of the office's own site, when the workspace names one
 */
export function channelOf(link: URL, site?: string): Channel | undefined {
  if (site === link.origin) return "web";
  const isAt = (domain: string) => link.hostname === domain || link.hostname.endsWith(`.${domain}`);
  return (Object.keys(domains) as Channel[]).find((channel) => domains[channel].some(isAt));
}
