import extractUrlsWithIndices from "twitter-text/dist/extractUrlsWithIndices.js";
import parseTweet from "twitter-text/dist/parseTweet.js";
import { shorten, type Warning, warn } from "../rendering/types.js";

/** Stands where it joins nothing, and is not seen: X no longer takes what it parts for an address. It counts as one character. */
const invisible = "\u200c";

/** The weighted length of a post, as X counts: https://docs.x.com/fundamentals/counting-characters */
export function weightedLength(text: string): number {
  return parseTweet(text).weightedLength;
}

/**
 * An academic or other title whose end is a top-level domain ("M.Si", "S.Ag", "A.Md", "M.Pd.I"). Each part begins with a capital
 * and is short; what precedes the last full stop is one that titles begin with.
 */
const title =
  /^(?:A|B|D|Dr|Drs|Dra|Drg|Drh|H|Hj|Ir|K|KH|L|Lc|M|Ng|Ph|Prof|R|S|Sp)\.(?:\p{Lu}\p{L}{0,4}\.)*\p{Lu}\p{L}{0,4}$/u;

/** Keeps titles from becoming links, which cost; remarks on them, and on addresses, which stay. Idempotent. */
export function keepTitles(text: string): { text: string; warnings: Warning[] } {
  const titles = new Set<string>();
  const domains = new Set<string>();
  let kept = "";
  let from = 0;
  for (const { url, indices } of extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: true })) {
    if (!title.test(url)) {
      domains.add(url);
      continue;
    }
    titles.add(url);
    kept += text.slice(from, indices[0]) + url.replaceAll(".", `.${invisible}`);
    from = indices[1];
  }
  return {
    text: kept + text.slice(from),
    warnings: [
      ...[...titles].map((name) => warn("title-kept", { title: shorten(name) })),
      ...[...domains].map((domain) => warn("domain", { domain: shorten(domain) })),
    ],
  };
}
