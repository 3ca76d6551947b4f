import { z } from "zod";
import { KominfoError } from "../../errors/errors.js";
import { isLoopback } from "../../text/loopback.js";
import { isSameSite } from "../../text/same-site.js";
import type { Session } from "../publishing.js";
import { askApi, isSuccess } from "./site.js";

/** https://developer.wordpress.org/rest-api/extending-the-rest-api/routes-and-endpoints/ (the index) */
const index = z.object({ home: z.string().max(2000) });

/**
 * The origin under which readers find the site, as it says itself; undefined where it does not say. Some sites answer no index, because a
 * plugin forbids it: that keeps nobody from publishing. Asked once in a run.
 */
export function siteHome(session: Session): Promise<string | undefined> {
  const ask = () => readHome(session);
  return session.remember ? session.remember("home", ask) : ask();
}

async function readHome(session: Session): Promise<string | undefined> {
  try {
    const answer = await askApi(session, { method: "GET", path: "/?_fields=home" });
    const home = isSuccess(answer) ? index.safeParse(answer.body).data?.home : undefined;
    if (home === undefined || !URL.canParse(home) || !/^https?:$/.test(new URL(home).protocol))
      return undefined;
    return new URL(home).origin;
  } catch (error) {
    if (error instanceof KominfoError && error.code !== "cancelled") return undefined;
    throw error;
  }
}

/**
 * The account's id of a site that is reached at `origin`: the address by which it calls itself, so that all machines mean the same, however
 * their kominfo.yaml writes it. A wholly different one is left alone: it may be a copy of the site.
 */
export function accountOf(origin: string, home: string | undefined): string {
  if (home === undefined || !isSameSite(home, origin)) return origin;
  const own = new URL(home);
  // A site behind a proxy often thinks that it has no https, and would change its name when somebody mends that.
  if (!isLoopback(own)) own.protocol = "https:";
  return own.origin;
}
