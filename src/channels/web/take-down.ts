import { KominfoError, temporary } from "../../errors/errors.js";
import type { Removal, Session } from "../publishing.js";
import { linkOf, type Post, post, postFields, readPost } from "./posts.js";
import { removePhotos } from "./remove-photos.js";
import { ask, expectAnswer, roleProblem } from "./site.js";
import { storedAt, storedFor } from "./stored-photos.js";

/**
 * Makes a post a draft again, and asks for its page as a visitor; then removes its photos from the media library, where they have to go
 * too. Resolves when readers get neither. Throws `web-role` (exit 4), `web-still-visible` (exit 5: a cache of the site still has the page),
 * and as `removePhotos`.
 */
export async function takeDown(
  session: Session,
  remoteId: string,
  removal: Removal = pageOnly,
): Promise<void> {
  const found = await readPost(session, remoteId);
  if (found === "hidden") throw roleProblem(session, "edit_published_posts");
  // Noted before anything is removed: what is gone tells its addresses no more.
  const photos = removal.photos
    ? await removal.once("photos", () => storedFor(session, found, removal.announced))
    : [];
  if (found !== "deleted") await takePageDown(session, found);
  await removePhotos(session, photos, remoteId);
}

/** Pictures at public addresses, which another channel has shown. Throws as `removePhotos`. */
export async function removePictures(session: Session, addresses: readonly string[]): Promise<void> {
  await removePhotos(session, await storedAt(session, addresses), undefined);
}

const pageOnly: Removal = { photos: false, announced: [], once: (_, effect) => effect() };

async function takePageDown(session: Session, found: Post): Promise<void> {
  if (found.status === "trash") return expectGone(session, found);
  const answer = await ask(session, {
    method: "POST",
    path: `/posts/${found.id}?${postFields}`,
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
