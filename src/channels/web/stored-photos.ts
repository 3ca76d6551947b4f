import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { forEachConcurrently } from "../../pool.js";
import type { Session } from "../publishing.js";
import type { Post, PostReading } from "./posts.js";
import { ask, isSuccess, read, siteProblem } from "./site.js";

/** A photo that kominfo has stored at a site, with every address under which visitors get it. */
export type StoredPhoto = {
  /** null where only its address is known. */
  id: number | null;
  /** When it was stored, by the site's own clock, without a zone; null for what the site's media library does not show any more. */
  date: string | null;
  addresses: string[];
};

/** Requests at the same time: a small site has two or three processes for everybody. */
export const atOnce = 2;
/** A time by the site's own clock, to the second. */
export const siteTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .refine((time) => !Number.isNaN(Date.parse(`${time}Z`)));

/** As `storePhoto` names them; WordPress adds a number where the name is taken. */
const ourSlug = /^kominfo-[0-9a-f]{16}(-\d+)*$/;
const address = z.url({ protocol: /^https?$/ }).max(2000);
/** https://developer.wordpress.org/rest-api/reference/media/; an empty object is `[]` in PHP. */
const mediaItem = z.object({
  id: z.number().int().positive(),
  date: siteTime,
  slug: z.string(),
  source_url: address,
  media_details: z
    .object({
      sizes: z
        .record(z.string(), z.object({ source_url: address }))
        .optional()
        .catch(undefined),
      // The name of a file beside it, and nothing else.
      original_image: z
        .string()
        .max(300)
        .regex(/^[^/\\:?#]+$/)
        .optional()
        .catch(undefined),
    })
    .catch({}),
});
type MediaRead = z.infer<typeof mediaItem>;
const fields = "_fields=id,date,slug,source_url,media_details";
/** WordPress's own limit for one page. */
const pageSize = 100;

/**
 * The photos that kominfo has stored for a post: what its attempts have announced, and what the post shows now. Others' pictures in it are
 * left alone. What was announced and is not in the media library any more comes with its address: a cache may still give it.
 *
 * @param announced intents of its attempts
 */
export async function storedFor(
  session: Session,
  found: PostReading,
  announced: readonly LookupKeys[],
): Promise<StoredPhoto[]> {
  const named = new Map(announced.flatMap(({ media = [] }) => [media].flat().map(namedBy)));
  const ids = new Set(named.keys());
  if (typeof found === "object") {
    for (const id of picturesIn(found)) ids.add(id);
  }
  const wanted = [...ids].filter((id) => Number.isSafeInteger(id) && id > 0);
  const items: MediaRead[] = [];
  for (let first = 0; first < wanted.length; first += pageSize) {
    const include = wanted.slice(first, first + pageSize).join(",");
    const path = `/media?include=${include}&per_page=${pageSize}&${fields}`;
    items.push(...(await read(session, path, z.array(mediaItem))));
  }
  const photos = items.filter(isOurs).map(photoOf);
  const unlisted = wanted.filter((id) => !items.some((item) => item.id === id));
  await forEachConcurrently(unlisted, atOnce, async (id) => {
    const url = named.get(id);
    // The same file may have been stored again since.
    const isElsewhere = url !== undefined && photos.some(({ addresses }) => addresses.includes(url));
    if (url !== undefined && !isElsewhere) photos.push(...(await unlistedPhoto(session, id, url)));
  });
  return photos;
}

/** The ids of the pictures that a post shows; 0 for no featured one. */
export function picturesIn({ featured_media, content }: Post): number[] {
  const inText = (content.raw ?? content.rendered).matchAll(/wp-image-(\d{1,15})/g);
  return [featured_media, ...[...inText].map(([, id]) => Number(id))];
}

/** Id and address of what an intent names: "12 https://…". */
function namedBy(medium: string): [number, string | undefined] {
  return [Number.parseFloat(medium), address.safeParse(medium.split(" ")[1]).data];
}

/** A list may leave out what is there, so the medium itself is asked for. */
async function unlistedPhoto(session: Session, id: number, url: string): Promise<StoredPhoto[]> {
  const answer = await ask(session, { method: "GET", path: `/media/${id}?${fields}` });
  const item = isSuccess(answer) ? mediaItem.safeParse(answer.body).data : undefined;
  if (item) return isOurs(item) ? [photoOf(item)] : [];
  // Gone, or not for this login: the removal will say.
  if ([401, 403, 404, 410].includes(answer.status)) return [{ id, date: null, addresses: [url] }];
  throw siteProblem(session, answer, "edit_published_posts");
}

/** The photos behind public addresses that `storePicture` has given. What is not found comes with its address: a cache may still give it. */
export async function storedAt(session: Session, addresses: readonly string[]): Promise<StoredPhoto[]> {
  const photos: StoredPhoto[] = [];
  const wanted = addresses.filter((each) => address.safeParse(each).success);
  await forEachConcurrently(wanted, atOnce, async (url) => {
    const name =
      new URL(url).pathname
        .split("/")
        .at(-1)
        ?.replace(/\.\w+$/, "") ?? "";
    const path = `/media?search=${encodeURIComponent(name)}&per_page=${pageSize}&${fields}`;
    const items = (await read(session, path, z.array(mediaItem))).filter((item) => item.source_url === url);
    if (items.length === 0) photos.push({ id: null, date: null, addresses: [url] });
    photos.push(...items.filter(isOurs).map(photoOf));
  });
  return photos;
}

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
