import { isLoopback } from "./loopback.js";

/**
 * Whether two addresses lead to one website, for all that people write differently: the scheme, a leading "www.", a path, and the names of
 * this machine. Other ports are other sites.
 */
export function isSameSite(one: string, other: string): boolean {
  const site = siteOf(one);
  return site !== undefined && site === siteOf(other);
}

function siteOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = isLoopback(url) ? "localhost" : url.hostname.replace(/^www\./, "").replace(/\.$/, "");
  return host === "" ? undefined : `${host}:${url.port}`;
}
