import type { Rendering } from "../contract/contract.js";
import { prices } from "./x/prices.js";

/**
 * What the service asks for sending a rendering, in thousandths of a US dollar. Only X asks anything.
 *
 * @param link whether the article's address is inserted, where the rendering has a place for it
 */
export function costOf(rendering: Rendering, { link }: { link: boolean }): number {
  if (rendering.channel !== "x") return 0;
  const [current] = prices;
  const hasLink =
    (link && rendering.link !== null) || rendering.warnings.some(({ code }) => code === "domain");
  const altTexts = rendering.photos.filter(({ alt }) => alt.trim() !== "").length;
  return (hasLink ? current.postWithLink : current.post) + altTexts * current.altText;
}
