import { failed, type KominfoError, temporary } from "../errors/errors.js";
import { isSameSite } from "../text/same-site.js";

/**
 * The failure of an answer that sends elsewhere: `server-redirects` (exit 1).
 *
 * @param location of the answer
 * @param options.neverRedirects the server is a newsroom, which sends nobody anywhere; then another host's address is from a network that wants a login first, such
 *   as a hotspot (exit 5)
 */
export function redirectFailure(
  origin: string,
  location: string | undefined,
  { neverRedirects = false }: { neverRedirects?: boolean | undefined } = {},
): KominfoError {
  const to = location ?? "?";
  const elsewhere = isOtherHost(origin, to);
  const within = neverRedirects && URL.canParse(to, origin) && new URL(to, origin).origin === origin;
  const facts = {
    ...{ origin, to },
    ...(elsewhere && { elsewhere }),
    ...(within && { within }),
    ...(neverRedirects && { newsroom: true }),
  };
  return (elsewhere && neverRedirects ? temporary : failed)("server-redirects", facts);
}

/** "www." before a name and another port or scheme are still the same host. */
function isOtherHost(origin: string, location: string): boolean {
  if (!URL.canParse(location, origin)) return false;
  const hostOf = (address: URL) => `http://${address.hostname}`;
  return !isSameSite(hostOf(new URL(origin)), hostOf(new URL(location, origin)));
}
