import { KominfoError, temporary } from "../../errors/errors.js";
import type { Session } from "../publishing.js";
import { linkOf, type Post, post, postFields, readPost } from "./posts.js";
import { ask, expectAnswer, roleProblem } from "./site.js";

/**
 * Makes a post a draft again, and asks for its page as a visitor. Resolves when readers do not get it. Throws
 * `web-role` (exit 4) and `web-still-visible` (exit 5: a cache of the site still has the page).
 */
export async function takeDown(session: Session, remoteId: string): Promise<void> {
  const found = await readPost(session, remoteId);
  if (found === "deleted") return;
  if (found === "hidden") throw roleProblem(session, "edit_published_posts");
  if (found.status === "trash") return expectGone(session, found);
  const answer = await ask(session, {
    method: "POST",
    path: `/posts/${remoteId}?${postFields}`,
    json: JSON.stringify({ status: "draft" }),
  });
  const now = expectAnswer(session, answer, post, "edit_published_posts");
  if (now.status !== "draft") throw temporary("web-still-visible", { link: found.link });
  await expectGone(session, found.status === "publish" ? found : now);
}

async function expectGone(session: Session, was: Post): Promise<void> {
  const link = pageOf(was);
  // Nothing is asked at another address than the site's; that the post is a draft is known.
  if (link?.origin !== session.origin) return;
  try {
    const { status } = await session.http({ method: "GET", path: link.pathname + link.search });
    if (status >= 500) throw temporary("server-failing", { origin: session.origin, status });
    if (status < 400) throw temporary("web-still-visible", { link: link.href });
  } catch (error) {
    // WordPress guesses another post for an address that is gone.
    if (!isElsewhere(error, link)) throw error;
  }
}

/** A draft's own link is made of its id; where readers had it is in the template. */
function pageOf(was: Post): URL | undefined {
  const link = linkOf(was);
  const template = was.status === "publish" ? undefined : was.permalink_template;
  const page = template?.replace(/%(postname|pagename)%/, was.slug) ?? link;
  return page !== null && URL.canParse(page) ? new URL(page) : undefined;
}

function isElsewhere(error: unknown, link: URL): boolean {
  if (!(error instanceof KominfoError) || error.code !== "server-redirects") return false;
  const { to } = error.params as { to: string };
  return URL.canParse(to, link.href) && new URL(to, link.href).pathname !== link.pathname;
}
