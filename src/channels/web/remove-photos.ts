import { z } from "zod";
import { failed, KominfoError, temporary } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import type { Session } from "../publishing.js";
import { readPost } from "./posts.js";
import { ask, expectAnswer, failureOf, isSuccess, read, siteProblem } from "./site.js";
import { atOnce, type StoredPhoto, siteTime } from "./stored-photos.js";

/** WordPress's own limit for one page. */
const pageSize = 100;
/** Pages of posts that are read to see whether they show a photo: more than 2,000 changed posts cannot be looked through. */
const maxPages = 20;

/** Why photos still open, by what has to be done about it. Each names the full-size address. */
interface Left {
  /** Another page of the site shows them. */
  used: string[];
  /** The pages that do. */
  pages: Set<string>;
  /** The login may not delete them. */
  kept: string[];
  /** They are deleted, and a cache still gives them. */
  served: string[];
}

/**
 * Deletes photos at the site that no other published post or page shows, and asks for each address as a visitor. Resolves when none of
 * them opens. Throws `web-photos-visible` with those that do (exit 5 where only a cache has them, else 1), and as `siteProblem`.
 *
 * @param except id of the post that is taken down
 * @param keepsDrafts what is not published, and shows one of them, keeps it too
 */
export async function removePhotos(
  session: Session,
  photos: readonly StoredPhoto[],
  except: string | undefined,
  { keepsDrafts = false }: { keepsDrafts?: boolean } = {},
): Promise<void> {
  if (photos.length === 0) return;
  const left: Left = { used: [], pages: new Set(), kept: [], served: [] };
  const users = await pagesWith(session, photos, except, keepsDrafts);
  await forEachConcurrently(photos, atOnce, async (photo) => {
    const [full = ""] = photo.addresses;
    const shownBy = (photo.id !== null && users.get(photo.id)) || [];
    if (shownBy.length > 0) {
      left.used.push(full);
      for (const page of shownBy) left.pages.add(page);
    } else if (photo.id !== null && !(await remove(session, photo.id))) left.kept.push(full);
    else if (await opens(session, photo.addresses)) left.served.push(full);
  });
  const { used, kept, served } = left;
  const links = [...used, ...kept, ...served];
  if (links.length === 0) return;
  const facts = {
    ...{ origin: session.origin, account: session.secret.user ?? "", links },
    ...{ pages: [...left.pages], isKept: kept.length > 0, isServed: served.length > 0 },
  };
  const isCache = used.length + kept.length === 0;
  throw (isCache ? temporary : failed)("web-photos-visible", facts);
}

/** Returns false where this login may not. https://developer.wordpress.org/rest-api/reference/media/#delete-a-media-item */
async function remove(session: Session, id: number): Promise<boolean> {
  // Media have no wastebasket: without `force` WordPress answers 501.
  const answer = await ask(session, { method: "DELETE", path: `/media/${id}?force=true` });
  if (isSuccess(answer) || answer.status === 404 || answer.status === 410) return true;
  // WordPress, or a firewall that lets nobody delete.
  if (answer.status === 401 || answer.status === 403 || answer.status === 405) return false;
  throw siteProblem(session, answer, "edit_published_posts");
}

/** Whether a visitor gets one of these. Nothing is asked at another address than the site's, unless it can be asked without the login. */
async function opens(session: Session, addresses: readonly string[]): Promise<boolean> {
  for (const each of addresses) {
    const { origin, pathname, search } = new URL(each);
    const http = origin === session.origin ? session.http : session.httpAt?.(origin);
    if (!http) continue;
    try {
      const { status } = await http({ method: "GET", path: pathname + search });
      if (status >= 500) throw temporary("server-failing", { origin, status });
      if (status < 400) return true;
    } catch (error) {
      // WordPress guesses a post for an address that is gone.
      if (!(error instanceof KominfoError) || error.code !== "server-redirects") throw error;
    }
  }
  return false;
}

const showing = z.object({
  id: z.number().int(),
  status: z.string(),
  link: z.string().max(2000),
  featured_media: z.number().int().default(0),
  content: z.object({ rendered: z.string().default("") }).default({ rendered: "" }),
});
type Showing = z.infer<typeof showing>;

/** The addresses of published posts and pages, with `keepsDrafts` of others too, other than `except`, that show these photos. By the photo's id. */
async function pagesWith(
  session: Session,
  photos: readonly StoredPhoto[],
  except: string | undefined,
  keepsDrafts: boolean,
): Promise<Map<number, string[]>> {
  const pages = new Map<number, string[]>();
  // What the site has no more is not deleted, whoever shows it.
  const there = photos.flatMap(({ id, date }) => (id === null || date === null ? [] : [{ id, date }]));
  const [first] = there.map(({ date }) => date).sort();
  if (first === undefined) return pages;
  // What shows a photo was changed when it was stored, or later. WordPress counts seconds, and lists what is later than this one.
  const oldest = secondBefore(first);
  // Drafts too: the post that was taken down has just been changed, so a list without it was not read.
  let posts = await changedSince(session, allPosts, oldest);
  if (except !== undefined && !posts.some(({ id }) => String(id) === except)) {
    const found = await readPost(session, except);
    const isThrownAway = found === "deleted" || (found !== "hidden" && found.status === "trash");
    if (!isThrownAway) throw unread(session);
  }
  if (except === undefined && posts.length === 0) posts = await sinceNewest(session, oldest);
  // An author may not ask for drafts of pages.
  const all = [...posts, ...(await changedSince(session, "/pages?status=publish", oldest))];
  const counts = (status: string) => status === "publish" || (keepsDrafts && status !== "trash");
  for (const shown of all.filter(({ id, status }) => counts(status) && String(id) !== except)) {
    for (const photo of there.filter(({ id }) => shows(shown, id))) {
      pages.set(photo.id, [...(pages.get(photo.id) ?? []), shown.link]);
    }
  }
  return pages;
}

const allPosts = "/posts?status=any";

/** A database that fails answers with an empty list. */
function unread({ origin }: Session): KominfoError {
  return temporary("server-failing", { origin, status: 200 });
}

/**
 * Reads a list again that was empty, from so far back that it must have the newest published post. Throws `server-failing` (exit 5) where it has
 * not, and where the site seems to have neither posts nor pages: then nothing tells whether its database answers.
 */
async function sinceNewest(session: Session, oldest: string): Promise<Showing[]> {
  const posts = z.array(z.object({ id: z.number().int(), modified: siteTime }));
  // Published: a colleague's draft may be hidden from this login.
  const path = "/posts?status=publish&orderby=id&order=desc&per_page=1&_fields=id,modified";
  const [newest] = await read(session, path, posts);
  if (!newest) {
    const anything = z.array(z.object({ id: z.number().int() }));
    const found = await read(session, "/pages?status=publish&per_page=1&_fields=id", anything);
    if (found.length === 0) throw unread(session);
    return [];
  }
  const before = secondBefore(newest.modified);
  const listed = await changedSince(session, allPosts, before < oldest ? before : oldest);
  if (!listed.some(({ id }) => id === newest.id)) throw unread(session);
  return listed;
}

/** @param date without a zone */
function secondBefore(date: string): string {
  return new Date(Date.parse(`${date}Z`) - 1000).toISOString().slice(0, 19);
}

function shows({ featured_media, content }: Showing, photo: number): boolean {
  return featured_media === photo || new RegExp(`wp-image-${photo}(?!\\d)`).test(content.rendered);
}

/**
 * WordPress leaves out of each page what this login may not see, such as colleagues' drafts, so that a page that is not full says nothing:
 * it is read on to the last page that the site names, or that has nothing.
 */
async function changedSince(session: Session, room: string, date: string): Promise<Showing[]> {
  const all: Showing[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const path = `${room}&modified_after=${date}&orderby=id&order=asc&per_page=${pageSize}&page=${page}&_fields=id,status,link,featured_media,content`;
    const answer = await ask(session, { method: "GET", path });
    // Behind the last page.
    if (page > 1 && failureOf(answer)?.code === "rest_post_invalid_page_number") return all;
    const some = expectAnswer(session, answer, z.array(showing));
    all.push(...some);
    const pages = Number.parseInt(answer.header("x-wp-totalpages") ?? "", 10);
    // Without the number only what WordPress says of the page behind the last one ends a list that has anything.
    if (Number.isNaN(pages) ? page > 1 && all.length === 0 : page >= pages) return all;
  }
  throw failed("web-too-many-posts", { origin: session.origin });
}
