import type { Rendering } from "../../contract/contract.js";

/**
 * What X charges, in US dollars, as of 2026-08-22 (github.com/xdevplatform/docs, x-api/getting-started/pricing.mdx @2871328; the
 * price of a post with a link since 2026-04-20).
 */
const xPrices = { post: 0.015, postWithLink: 0.2, altText: 0.005 } as const;

/** What it costs to send a rendering, in US dollars. `withLink`: with the article's address; absent where the channel asks nothing for it. */
export interface SendingCost {
  usd: number;
  withLink?: number;
}

/** What it costs to send a rendering. Only X charges. */
export function sendingCost({
  channel,
  photos,
  link,
}: Pick<Rendering, "channel" | "photos" | "link">): SendingCost {
  if (channel !== "x") return { usd: 0 };
  const altTexts = photos.filter(({ alt }) => alt !== "").length * xPrices.altText;
  return {
    usd: xPrices.post + altTexts,
    ...(link && { withLink: xPrices.postWithLink + altTexts }),
  };
}
