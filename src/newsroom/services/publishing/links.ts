import { channelOf, wrongLink } from "../../../channels/link.js";
import type { ChannelName } from "../../../channels/registry.js";
import { invalidField } from "../problem.js";

/** Why a link is not taken, as the detail of `/url`. */
export type LinkRefusal = "https" | "other-channel" | "not-there" | "front-page" | "other-site";

/**
 * Throws `invalid` for a link that cannot be the publication's, whoever records it and wherever: it is not https or holds a login, is that
 * of another channel or of none, is an account's own page, or that of another website than the account. The detail is a `LinkRefusal`.
 *
 * @param account of the publication; a website's is its origin
 */
export function requireLink(
  { channel, account }: { channel: ChannelName; account: string },
  url: string,
): void {
  const refusal = refusalOf(new URL(url), channel, account);
  if (refusal !== undefined) throw invalidField("/url", refusal);
}

function refusalOf(link: URL, channel: ChannelName, account: string): LinkRefusal | undefined {
  if (link.protocol !== "https:" || link.username !== "" || link.password !== "") return "https";
  const wrong = wrongLink(link, channel, channelOf(link));
  if (wrong !== undefined) return wrong;
  return channel === "web" && !isOnSite(link, account) ? "other-site" : undefined;
}

/**
 * Whether a link may be on a website: with or without www, which readers and logins may name differently. An account that a person has
 * typed says nothing. A name below another is another office's site, so it does not count as the same.
 */
function isOnSite({ hostname }: URL, account: string): boolean {
  if (!URL.canParse(account) || new URL(account).origin !== account) return true;
  const bare = (host: string) => host.replace(/^www\./, "");
  return bare(hostname) === bare(new URL(account).hostname);
}
