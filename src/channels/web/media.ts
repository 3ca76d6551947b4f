import { z } from "zod";
import type { RenderedPhoto } from "../../contract/contract.js";
import { failed, KominfoError } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import type { Picture, Session } from "../publishing.js";
import type { MediaItem } from "./article.js";
import { captionOf } from "./caption.js";
import { decodeEntities, escapeField, visibleText } from "./html.js";
import { pictureName } from "./picture-name.js";
import {
  ask,
  expectAnswer,
  failureOf,
  isSuccess,
  read,
  roleProblem,
  type SiteUser,
  siteUser,
} from "./site.js";

/** What is written to a photo in the media library. Plain text. */
export interface MediaText {
  alt: string;
  /** With the credit. */
  caption: string;
}

/** https://developer.wordpress.org/rest-api/reference/media/ */
const mediaItem = z.object({
  id: z.number().int().positive(),
  slug: z.string(),
  source_url: z.url({ protocol: /^https?$/ }).max(280),
  alt_text: z.string().default(""),
  caption: z.object({ rendered: z.string() }),
  // WordPress tells the size of the file since 6.0.
  media_details: z
    .object({
      width: z.number().optional(),
      height: z.number().optional(),
      filesize: z.number().optional(),
    })
    .catch({}),
});
type StoredItem = z.infer<typeof mediaItem>;
/** Without `context=edit`, in which some versions hide what the user may not edit. */
const fields = "_fields=id,slug,source_url,alt_text,caption,media_details";

/** A JPEG that is made only where the site does not have it. */
interface StoredJpeg {
  /** 16 hex digits, by which it is found again. */
  hash: string;
  bytes(): Promise<Uint8Array>;
  /** Of the file, without its ending. */
  file: string;
  text: MediaText;
  /** Of the picture, in pixels. */
  size: { width: number; height: number };
}

/** Stores a photo of a post at the site, once. Throws `web-role` (exit 4), `web-upload-refused` (exit 1), and as `siteProblem`. */
export function storePhoto(
  session: Session,
  user: SiteUser,
  photo: RenderedPhoto,
  bytes: () => Promise<Uint8Array>,
  file: string,
): Promise<MediaItem> {
  const text = { alt: photo.alt, caption: captionOf(photo) };
  return storeOnce(session, user, { hash: pictureName(photo), bytes, file, text, size: photo });
}

/** Stores a picture at the site, once, and returns its public address. Throws as `storePhoto`. */
export async function storePicture(session: Session, picture: Picture): Promise<string> {
  const { bytes, photo, alt, caption, credit = "" } = picture;
  const text = { alt, caption: captionOf({ caption, credit }) };
  const jpeg = { hash: pictureName(photo), bytes, file: "kominfo", text, size: photo };
  return (await storeOnce(session, await siteUser(session), jpeg)).url;
}

/**
 * Asks which of these photos the site has already, some in each question: `storePhoto` and `storePicture` of the same run ask no more. Reads only.
 * Throws as `siteProblem`.
 */
export async function findPictures(session: Session, photos: readonly RenderedPhoto[]): Promise<void> {
  const { remember } = session;
  if (!remember || photos.length === 0) return;
  const user = await siteUser(session);
  const hashes = [...new Set(photos.map(pictureName))];
  const asked = [];
  const inEach = Math.min(photosAtOnce, Math.ceil(hashes.length / questionsAtOnce));
  for (let first = 0; first < hashes.length; first += inEach) {
    const some = hashes.slice(first, first + inEach);
    const slugs = some.map((hash) => slugsOf(hash, user));
    const found = findMedia(session, slugs.flat());
    asked.push(found);
    for (const [n, hash] of some.entries()) {
      const own = slugs[n]!;
      const ofOne = async () => (await found).filter(({ slug }) => own.includes(slug));
      asked.push(remember(foundKey(hash), ofOne));
    }
  }
  await Promise.all(asked);
}

/** The addresses of those of these photos that this user can find in the media library. Throws as `siteProblem`. */
export async function storedPictures(session: Session, photos: readonly RenderedPhoto[]): Promise<string[]> {
  if (photos.length === 0) return [];
  const user = await siteUser(session);
  const hashes = [...new Set(photos.map(pictureName))];
  const addresses: string[] = [];
  for (let first = 0; first < hashes.length; first += photosAtOnce) {
    const slugs = hashes.slice(first, first + photosAtOnce).flatMap((hash) => slugsOf(hash, user));
    addresses.push(...(await findMedia(session, slugs)).map(({ source_url }) => source_url));
  }
  return addresses;
}

/** More than uploads go at a time: these and the looks at the pictures find the connections open that the questions have opened. */
const questionsAtOnce = 8;
/** Photos in one question: its address stays shorter than what servers take. */
const photosAtOnce = 25;
const foundKey = (hash: string) => `found ${hash}`;

/** What a colleague has stored cannot be given another alt text; then a copy of one's own is stored beside it. */
function slugsOf(hash: string, { id }: SiteUser): [shared: string, own: string] {
  return [`kominfo-${hash}`, `kominfo-${hash}-${id}`];
}

async function storeOnce(session: Session, user: SiteUser, jpeg: StoredJpeg): Promise<MediaItem> {
  if (!user.can("upload_files")) throw roleProblem(session, "upload_files");
  const { hash, text } = jpeg;
  const store = () => findOrUpload(session, user, jpeg);
  // Several channels of one run may show the same picture.
  return session.remember ? session.remember(`media ${hash} ${text.alt} ${text.caption}`, store) : store();
}

async function findOrUpload(session: Session, user: SiteUser, jpeg: StoredJpeg): Promise<MediaItem> {
  const { hash, text, size } = jpeg;
  const [shared, own] = slugsOf(hash, user);
  const find = () => findMedia(session, [shared, own]);
  const found = await (session.remember ? session.remember(foundKey(hash), find) : find());
  for (const item of found.filter((stored) => isAsSent(stored, size))) {
    if (isAsWritten(item, text) || (await rewrite(session, item.id, text))) {
      return finish(session, item);
    }
  }
  return upload(session, jpeg, found.length === 0 ? shared : own);
}

/** Of these photos, those that are still in the media library. */
export async function presentMedia(session: Session, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const path = `/media?include=${ids.join(",")}&per_page=100&_fields=id`;
  const items = await read(session, path, z.array(z.object({ id: z.number() })));
  return new Set(items.map(({ id }) => id));
}

/** In the order of `slugs`; for each the oldest. */
async function findMedia(session: Session, slugs: readonly string[]): Promise<StoredItem[]> {
  const path = `/media?slug=${slugs.join(",")}&per_page=100&orderby=id&order=asc&${fields}`;
  const items = await read(session, path, z.array(mediaItem));
  return slugs.flatMap((slug) => items.find((item) => item.slug === slug) ?? []);
}

async function upload(session: Session, jpeg: StoredJpeg, slug: string): Promise<MediaItem> {
  const { alt, caption } = jpeg.text;
  const bytes = await jpeg.bytes();
  const html = escapeField(caption);
  const parts = {
    slug,
    alt_text: alt,
    caption: html,
    description: html,
    file: { name: `${jpeg.file}.jpg`, type: "image/jpeg", bytes },
  };
  const post = () => ask(session, { method: "POST", path: `/media?${fields}`, parts });
  const send = () => (session.inTurn ? session.inTurn(post) : post());
  const answer = await send().catch(withoutAnswer);
  if (answer && isSuccess(answer)) {
    const stored = mediaItem.safeParse(answer.body);
    if (stored.success) return finish(session, stored.data);
  }
  // The server may have stored it before it failed: making the smaller sizes is what takes its memory and time.
  if (!answer || isSuccess(answer) || answer.status >= 500) {
    const stored = (await findMedia(session, [slug])).find((item) => isAsSent(item, jpeg.size));
    if (stored) return finish(session, stored);
  }
  if (answer && !isFolderMissing(answer)) {
    return finish(session, expectAnswer(session, answer, mediaItem, "upload_files"));
  }
  return finish(session, expectAnswer(session, await send(), mediaItem, "upload_files"));
}

/**
 * Whether WordPress may have failed to make the folder of the month: of photos that come at once each tries, and one succeeds
 * (`wp_mkdir_p`). It answers so for other failures, too.
 */
function isFolderMissing(answer: HttpAnswer): boolean {
  return failureOf(answer)?.code === "rest_upload_unknown_error";
}

/** A broken line is no answer; everything else is thrown. */
export function withoutAnswer(error: unknown): undefined {
  const isLine =
    error instanceof KominfoError &&
    ["server-unreachable", "proxy-unreachable", "server-slow"].includes(error.code);
  if (!isLine) throw error;
}

/** Has the smaller sizes made of a photo whose upload was cut off before that. */
async function finish(session: Session, item: StoredItem): Promise<MediaItem> {
  if (item.media_details.width === undefined) {
    const path = `/media/${item.id}/post-process?${fields}`;
    const json = JSON.stringify({ action: "create-image-subsizes" });
    const answer: HttpAnswer | undefined = await ask(session, { method: "POST", path, json }).catch(
      withoutAnswer,
    );
    const made = answer && mediaItem.safeParse(answer.body);
    if (made?.success && made.data.media_details.width !== undefined) return itemOf(made.data);
    throw failed("web-upload-refused", { origin: session.origin, reason: "post-process" });
  }
  return itemOf(item);
}

/** As WordPress's own editor names the file of what somebody has cropped or turned: with the time, and three digits. */
const editedFile = /-e\d{13}(-scaled)?\.\w+$/;

/**
 * Whether a picture of this name still is what was sent. An editor of the site can have cropped or turned it, or its disk was full. A site may
 * have made it smaller, and plugins write its bytes anew, so that neither its length nor a hash tells anything.
 */
function isAsSent({ source_url, media_details }: StoredItem, sent: StoredJpeg["size"]): boolean {
  const { width, height, filesize } = media_details;
  if (filesize === 0 || editedFile.test(source_url)) return false;
  if (width === undefined || height === undefined) return true;
  // Of a smaller one, each side is rounded to a whole pixel.
  const difference = Math.abs(width * sent.height - height * sent.width);
  return width <= sent.width && height <= sent.height && difference <= Math.max(sent.width, sent.height);
}

function itemOf({ id, source_url }: StoredItem): MediaItem {
  return { id, url: source_url };
}

/** As far as it can be told: WordPress makes other quotes and dashes of a caption when it shows it. */
function isAsWritten(item: StoredItem, { alt, caption }: MediaText): boolean {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const isSameAlt = decodeEntities(item.alt_text).trim() === alt.replace(/\s+/g, " ").trim();
  return isSameAlt && letters(visibleText(item.caption.rendered)) === letters(caption);
}

/** Returns false where the photo belongs to somebody else. */
async function rewrite(session: Session, id: number, { alt, caption }: MediaText): Promise<boolean> {
  const html = escapeField(caption);
  const json = JSON.stringify({ alt_text: alt, caption: html, description: html });
  const answer = await ask(session, { method: "POST", path: `/media/${id}?${fields}`, json });
  if (answer.status === 403) return false;
  expectAnswer(session, answer, mediaItem, "upload_files");
  return true;
}
