import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { failed, KominfoError, temporary } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import type { Session } from "../publishing.js";
import { type PostReading, readPost } from "./posts.js";
import { ask, expectAnswer, isSuccess, read, siteProblem } from "./site.js";

/** A photo that kominfo has stored at a site, with every address under which visitors get it. */
export type StoredPhoto = {
  id: number;
  /** When it was stored, by the site's own clock, without a zone. */
  date: string;
  addresses: string[];
};

/** As `storePhoto` names them; WordPress adds a number where the name is taken. */
const ourSlug = /^kominfo-[0-9a-f]{16}(-\d+)*$/;
const address = z.url({ protocol: /^https?$/ }).max(2000);
/** https://developer.wordpress.org/rest-api/reference/media/; an empty object is `[]` in PHP. */
const mediaItem = z.object({
  id: z.number().int().positive(),
  date: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
  slug: z.string(),
  source_url: address,
  media_details: z
    .object({
      sizes: z
        .record(z.string(), z.object({ source_url: address }))
        .optional()
        .catch(undefined),
      original_image: z.string().max(300).optional(),
    })
    .catch({}),
});
const fields = "_fields=id,date,slug,source_url,media_details";
/** WordPress's own limit for one page. */
const pageSize = 100;
/** Pages of posts that are read to see whether they show a photo: more than 2,000 changed posts cannot be looked through. */
const maxPages = 20;
/** Requests at the same time: a small site has two or three processes for everybody. */
const atOnce = 2;

/**
 * The photos that kominfo has stored for a post: what its attempts have announced, and what the post shows now. Others' pictures in it are
 * left alone.
 *
 * @param announced intents of its attempts
 */
export async function storedFor(
  session: Session,
  found: PostReading,
  announced: readonly LookupKeys[],
): Promise<StoredPhoto[]> {
  const ids = new Set(announced.flatMap(({ media = [] }) => [media].flat().map(Number.parseFloat)));
  if (typeof found === "object") {
    ids.add(found.featured_media);
    const content = found.content.raw ?? found.content.rendered;
    for (const [, id] of content.matchAll(/wp-image-(\d{1,15})/g)) ids.add(Number(id));
  }
  const wanted = [...ids].filter((id) => Number.isSafeInteger(id) && id > 0);
  const photos: StoredPhoto[] = [];
  for (let first = 0; first < wanted.length; first += pageSize) {
    const include = wanted.slice(first, first + pageSize).join(",");
    const path = `/media?include=${include}&per_page=${pageSize}&${fields}`;
    photos.push(...(await read(session, path, z.array(mediaItem))).filter(isOurs).map(photoOf));
  }
  return photos;
}

/** The photos behind public addresses that `storePicture` has given. What is not there any more is left out. */
export async function storedAt(session: Session, addresses: readonly string[]): Promise<StoredPhoto[]> {
  const photos: StoredPhoto[] = [];
  await forEachConcurrently(addresses, atOnce, async (wanted) => {
    const name =
      new URL(wanted).pathname
        .split("/")
        .at(-1)
        ?.replace(/\.\w+$/, "") ?? "";
    const path = `/media?search=${encodeURIComponent(name)}&per_page=${pageSize}&${fields}`;
    const items = await read(session, path, z.array(mediaItem));
    photos.push(...items.filter((item) => isOurs(item) && item.source_url === wanted).map(photoOf));
  });
  return photos;
}

type MediaRead = z.infer<typeof mediaItem>;

function isOurs({ slug }: MediaRead): boolean {
  return ourSlug.test(slug);
}

function photoOf({
  id,
  date,
  source_url,
  media_details: { sizes = {}, original_image },
}: MediaRead): StoredPhoto {
  const before = original_image === undefined ? [] : [new URL(original_image, source_url).href];
  const smaller = Object.values(sizes).map((size) => size.source_url);
  return { id, date, addresses: [...new Set([source_url, ...before, ...smaller])] };
}

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
 */
export async function removePhotos(
  session: Session,
  photos: readonly StoredPhoto[],
  except: string | undefined,
): Promise<void> {
  if (photos.length === 0) return;
  const left: Left = { used: [], pages: new Set(), kept: [], served: [] };
  const users = await pagesWith(session, photos, except);
  await forEachConcurrently(photos, atOnce, async (photo) => {
    const [full = ""] = photo.addresses;
    const shownBy = users.get(photo.id) ?? [];
    if (shownBy.length > 0) {
      left.used.push(full);
      for (const page of shownBy) left.pages.add(page);
    } else if (!(await remove(session, photo.id))) left.kept.push(full);
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

/** The addresses of published posts and pages, other than `except`, that show these photos. By the photo's id. */
async function pagesWith(
  session: Session,
  photos: readonly StoredPhoto[],
  except: string | undefined,
): Promise<Map<number, string[]>> {
  const pages = new Map<number, string[]>();
  // What shows a photo was changed when it was stored, or later. WordPress counts seconds, and lists what is later than this one.
  const oldest = secondBefore(photos.map(({ date }) => date).sort()[0]!);
  // Drafts too: the post that was taken down has just been changed, so a list without it was not read.
  const posts = await changedSince(session, "/posts?status=any", oldest);
  if (except !== undefined && !posts.some(({ id }) => String(id) === except)) {
    const found = await readPost(session, except);
    const isThrownAway = found === "deleted" || (found !== "hidden" && found.status === "trash");
    if (!isThrownAway) throw temporary("server-failing", { origin: session.origin, status: 200 });
  }
  // An author may not ask for drafts of pages.
  const all = [...posts, ...(await changedSince(session, "/pages?status=publish", oldest))];
  for (const shown of all.filter(({ id, status }) => status === "publish" && String(id) !== except)) {
    for (const photo of photos.filter(({ id }) => shows(shown, id))) {
      pages.set(photo.id, [...(pages.get(photo.id) ?? []), shown.link]);
    }
  }
  return pages;
}

/** @param date without a zone */
function secondBefore(date: string): string {
  return new Date(Date.parse(`${date}Z`) - 1000).toISOString().slice(0, 19);
}

function shows({ featured_media, content }: Showing, photo: number): boolean {
  return featured_media === photo || new RegExp(`wp-image-${photo}(?!\\d)`).test(content.rendered);
}

async function changedSince(session: Session, room: string, date: string): Promise<Showing[]> {
  const all: Showing[] = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const path = `${room}&modified_after=${date}&orderby=id&order=asc&per_page=${pageSize}&page=${page}&_fields=id,status,link,featured_media,content`;
    const answer = await ask(session, { method: "GET", path });
    // Behind the last page WordPress says 400.
    if (page > 1 && answer.status === 400) return all;
    const some = expectAnswer(session, answer, z.array(showing));
    all.push(...some);
    if (some.length < pageSize) return all;
  }
  throw failed("web-too-many-posts", { origin: session.origin });
}
