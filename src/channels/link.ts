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

/** Why a link cannot be that of a publication on a channel. */
type WrongLink = "other-channel" | "not-there" | "front-page";

/**
 * What is wrong with a link to a publication on this channel; undefined where it may be one. The host of a website is anybody's.
 * `front-page`: an account's own page, which is there whether or not anything was published.
 *
 * @param found the channel that the link is on, as `channelOf` says
 */
export function wrongLink(
  link: URL,
  channel: ChannelName,
  found: ChannelName | undefined,
): WrongLink | undefined {
  if (found !== undefined && found !== channel) return "other-channel";
  if (found === undefined && channel !== "web") return "not-there";
  const [first, ...more] = link.pathname.split("/").filter((part) => part !== "");
  // Websites name posts by a query too; elsewhere it mostly tells who has shared the address.
  const isNamedByQuery = link.search.length > 1 && (channel === "web" || queriedPages.includes(first ?? ""));
  if (isNamedByQuery) return undefined;
  if (first === undefined) return "front-page";
  if (more.length > 0 || channel === "web") return undefined;
  const isAccount = first.startsWith("@") || (namesAccounts.includes(channel) && !isShortened(link, first));
  return isAccount ? "front-page" : undefined;
}

/** Facebook's pages that name a post by a query. */
const queriedPages: readonly string[] = [
  "permalink.php",
  "story.php",
  "photo.php",
  "photo",
  "watch",
  "video.php",
];

/** Channels on which the first part of an address is an account's name. */
const namesAccounts: readonly ChannelName[] = ["facebook", "instagram", "x"];

/** Whether one part names a post all the same: a shortened address, or Facebook's `<page>_<post>`. */
function isShortened({ hostname }: URL, part: string): boolean {
  return hostname.endsWith("fb.watch") || /^\d+_\d+$/.test(part);
}
