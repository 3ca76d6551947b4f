import type { Outlet, Publication, RenderingWarning, Submission } from "./contract.js";

/** The article of what was approved, as far as the web tells of it. */
export interface Article {
  /** Its address, which other channels may show; null where it is not out, or not at a site of the office. */
  url: string | null;
  /** Host of a link that was recorded for it and belongs to no site of the office, where there is no better one. */
  elsewhere?: string;
}

/**
 * Finds the article of the approved revision. A link that somebody has recorded by hand may have any host, and would go out in the
 * office's name: it stands only at a site of the office.
 *
 * @param sites origins of the websites that are known to be the office's; the account of a publication may name one more
 */
export function approvedArticle(
  { publications, approval }: Pick<Submission, "publications" | "approval">,
  sites: readonly string[],
): Article {
  const links = publications.flatMap(({ channel, state, revision, url, account }: Publication) => {
    const isOut = channel === "web" && state === "published" && revision === approval?.revision;
    return isOut && url !== null ? [{ url, account }] : [];
  });
  const own = links.findLast(({ url, account }) => isAtSite(url, [account, ...sites]));
  if (own) return { url: own.url };
  const other = links.at(-1)?.url;
  return other === undefined ? { url: null } : { url: null, elsewhere: hostOf(other) ?? other };
}

/** The remark on what goes out without the article's address. @param host of the link that was recorded instead */
export function articleElsewhere(host: string): RenderingWarning {
  return { code: "article-elsewhere", params: { host } };
}

/** Whether an address of the web is at one of these sites: on its host, or below it. */
export function isAtSite(url: string, sites: readonly string[]): boolean {
  const host = hostOf(url);
  if (host === undefined) return false;
  return sites.some((site) => {
    // The same site answers with and without it.
    const own = hostOf(site)?.replace(/^www\./, "");
    return own !== undefined && (host === own || host.endsWith(`.${own}`));
  });
}

/**
 * The websites that the newsroom knows as those of a kecamatan or of the kabupaten: as machines reach them, and as readers do, which is what
 * they are announced as.
 */
export function sitesOf(outlets: readonly Outlet[], kecamatan: string): string[] {
  return outlets
    .filter(
      ({ channel, destination, removed_at, ...outlet }) =>
        channel === "web" && !removed_at && (destination === "kabupaten" || outlet.kecamatan === kecamatan),
    )
    .flatMap(({ account, label }) => [account, `https://${label}`]);
}

function hostOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.hostname : undefined;
}
