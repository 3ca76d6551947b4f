import type { Rendering } from "../contract/contract.js";
import type { ChannelName } from "./registry.js";
import { prices } from "./x/prices.js";

/**
 * What the service asks for sending a rendering, in thousandths of a US dollar. Only X asks anything.
 *
 * @param link whether the article's address is inserted, where the rendering has a place for it
 * @param corrects whether it quotes an earlier post, which is read first
 */
export function costOf(
  rendering: Rendering,
  { link, corrects = false }: { link: boolean; corrects?: boolean },
): number {
  if (rendering.channel !== "x") return 0;
  const [current] = prices;
  const hasLink =
    (link && rendering.link !== null) || rendering.warnings.some(({ code }) => code === "domain");
  const altTexts = rendering.photos.filter(({ alt }) => alt.trim() !== "").length;
  const post = hasLink ? current.postWithLink : current.post;
  return post + altTexts * current.altText + (corrects ? current.ownPostRead : 0);
}

/**
 * What the service asks for looking whether something is out, in thousandths of a US dollar: for each of the account's posts that it shows
 * of the time in question, which nobody knows before.
 */
export function lookCostOf(channel: ChannelName): number {
  return channel === "x" ? prices[0].ownPostRead : 0;
}

/** What the service asks for taking a publication down, in thousandths of a US dollar. */
export function removalCostOf(channel: ChannelName): number {
  return channel === "x" ? prices[0].deletion : 0;
}
