import robots from "robots-parser";
import { failed, KominfoError } from "../../errors/errors.js";
import type { Http } from "../../http/client.js";

/** The package is CommonJS: its types tell of a default export that node does not have. */
const parseRobots = robots as unknown as typeof robots.default;

/** Meta's crawler names itself so: https://developers.facebook.com/docs/sharing/webmasters/web-crawlers */
const userAgent = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)";
const robotsName = "facebookexternalhit";
/** https://developers.facebook.com/docs/instagram-platform/content-publishing: 8 MiB in the error that Meta gives. */
const maxBytes = 8 * 2 ** 20;

/**
 * Asks for each picture as Meta will: it must answer 200 with a JPEG of 8 MiB at most, without a redirect, and robots.txt must allow
 * it (what is blocked otherwise: ayrshare.com/docs/help-center/technical-support/meta-media-crawler-blocked). Throws
 * `picture-not-public`, `picture-redirects`, `picture-too-large`, `picture-kept-from-robots` (exit 1), and as `Http`.
 */
export async function checkPictures(
  httpAt: (origin: string) => Http,
  addresses: readonly string[],
): Promise<void> {
  const urls = addresses.map((address) => new URL(address));
  const origins = [...new Set(urls.map(({ origin }) => origin))];
  const rules = origins.map(async (origin) => [origin, await robotsOf(httpAt(origin), origin)] as const);
  const [found, ...pictures] = await Promise.allSettled([
    Promise.all(rules),
    ...urls.map((url) => checkPicture(httpAt(url.origin), url)),
  ]);
  if (found.status === "rejected") throw found.reason;
  const allows = new Map(found.value);
  for (const { origin, href } of urls) {
    if (allows.get(origin)?.(href) === false) throw failed("picture-kept-from-robots", { url: href });
  }
  for (const picture of pictures) if (picture.status === "rejected") throw picture.reason;
}

/**
 * What robots.txt says of an address (RFC 9309, 2.3.1): without the file everything is allowed, with a site that fails nothing is.
 * A file behind a redirect is not followed here; Meta then says by itself what it may not fetch.
 */
async function robotsOf(http: Http, origin: string): Promise<(address: string) => boolean> {
  try {
    const path = "/robots.txt";
    const answer = await http({ method: "GET", path, headers: { "user-agent": userAgent }, asText: true });
    if (answer.status >= 500) return () => false;
    if (answer.status !== 200) return () => true;
    const rules = parseRobots(`${origin}${path}`, String(answer.body));
    return (address) => rules.isAllowed(address, robotsName) !== false;
  } catch (error) {
    if (error instanceof KominfoError && error.code === "server-redirects") return () => true;
    throw error;
  }
}

async function checkPicture(http: Http, { href, pathname, search }: URL): Promise<void> {
  const headers = { "user-agent": userAgent, accept: "*/*" };
  const answer = await http({ method: "GET", path: pathname + search, headers }).catch((error: unknown) => {
    if (error instanceof KominfoError && error.code === "server-redirects") {
      throw failed("picture-redirects", { url: href, to: redirectedTo(error) }, error);
    }
    throw error;
  });
  const { status, type } = answer;
  if (status !== 200 || type !== "image/jpeg") {
    throw failed("picture-not-public", { url: href, status, type: type || "?" });
  }
  const bytes = Number(answer.header("content-length") ?? 0);
  if (bytes > maxBytes) throw failed("picture-too-large", { url: href, bytes, limit: maxBytes });
}

function redirectedTo({ params }: KominfoError): string {
  const fields: unknown = params;
  return typeof fields === "object" && fields !== null && "to" in fields ? String(fields.to) : "?";
}
