/** Prices of requests, in thousandths of a US dollar. */
interface Prices {
  /** First day, UTC. */
  from: string;
  post: number;
  /** Instead of `post`, where X finds an address in the text. */
  postWithLink: number;
  /** For each photo that has one. */
  altText: number;
  /** A post of the account's own that is read: the one that a correction quotes. */
  ownPostRead: number;
  deletion: number;
}

/**
 * What X asks, the newest first.
 * Source: github.com/xdevplatform/docs, x-api/getting-started/pricing.mdx @2871328, 2026-08-22.
 */
export const prices: readonly [Prices, ...Prices[]] = [
  { from: "2026-04-20", post: 15, postWithLink: 200, altText: 5, ownPostRead: 1, deletion: 10 },
];
