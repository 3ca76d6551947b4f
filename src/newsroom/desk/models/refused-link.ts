import { channelOf } from "../../../channels/link.js";
import { channelLabel } from "../../../channels/registry.js";
import type { ProblemError } from "../../services/problem.js";
import type { LinkRefusal } from "../../services/publishing/links.js";
import type { ViewContext } from "../types.js";

/** What a form said: the link, and the publication that it was to be of. */
interface TypedLink {
  channel: string;
  account: string;
  url: string;
}

/** What is wrong with a link that the newsroom has refused, in one sentence; undefined for a problem of something else. */
export function refusedLinkText(
  { messages }: ViewContext,
  { facts }: ProblemError,
  { channel, account, url }: TypedLink,
): string | undefined {
  const [error] = facts.errors ?? [];
  if (error?.pointer !== "/url") return undefined;
  const { needUrl, link: texts } = messages.desk.problems;
  const typed = url.trim();
  if (!URL.canParse(typed)) return needUrl;
  const link = new URL(typed);
  const label = channelLabel(channel);
  const sentences: Record<LinkRefusal, string> = {
    https: needUrl,
    "other-channel": texts.otherChannel({ channel: label, name: channelLabel(channelOf(link) ?? "") }),
    "not-there": texts.notThere({ channel: label, host: link.hostname }),
    "front-page": texts.frontPage({ channel: label }),
    "other-site": texts.otherSite({ host: link.hostname, site: account.replace(/^https?:\/\//, "") }),
  };
  return Object.hasOwn(sentences, error.detail) ? sentences[error.detail as LinkRefusal] : needUrl;
}
