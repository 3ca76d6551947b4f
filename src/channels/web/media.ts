import { createHash } from "node:crypto";
import { z } from "zod";
import { failed, KominfoError } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import type { Session } from "../publishing.js";
import type { MediaItem } from "./article.js";
import { captionOf } from "./caption.js";
import { decodeEntities, escapeField, visibleText } from "./html.js";
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
  media_details: z.object({ width: z.number().optional() }).catch({}),
});
type StoredItem = z.infer<typeof mediaItem>;
/** Without `context=edit`, in which some versions hide what the user may not edit. */
const fields = "_fields=id,slug,source_url,alt_text,caption,media_details";

/**
 * Stores a JPEG at the site, once: what is there is found by its bytes. Throws `web-role` (exit 4), `web-upload-refused`
 * (exit 1), and as `siteProblem`.
 *
 * @param name of the file, without its ending
 */
export async function storePhoto(
  session: Session,
  user: SiteUser,
  bytes: Uint8Array,
  name: string,
  text: MediaText,
): Promise<MediaItem> {
  if (!user.can("upload_files")) throw roleProblem(session, "upload_files");
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const store = () => findOrUpload(session, user, bytes, hash, name, text);
  // Several channels of one run may show the same picture.
  return session.remember ? session.remember(`media ${hash} ${text.alt} ${text.caption}`, store) : store();
}

async function findOrUpload(
  session: Session,
  user: SiteUser,
  bytes: Uint8Array,
  hash: string,
  name: string,
  text: MediaText,
): Promise<MediaItem> {
  const shared = `kominfo-${hash}`;
  // What a colleague has stored cannot be given another alt text; then a copy of one's own is stored beside it.
  const own = `${shared}-${user.id}`;
  const found = await findMedia(session, [shared, own]);
  for (const item of found) {
    if (isAsWritten(item, text) || (await rewrite(session, item.id, text))) {
      return finish(session, item);
    }
  }
  return upload(session, bytes, name, found.length === 0 ? shared : own, text);
}

/** Stores a picture at the site, once, and returns its public address. Throws as `storePhoto`. */
export async function storePicture(
  session: Session,
  { bytes, alt, caption, credit = "" }: { bytes: Uint8Array; credit?: string } & MediaText,
): Promise<string> {
  const text = { alt, caption: captionOf({ caption, credit }) };
  return (await storePhoto(session, await siteUser(session), bytes, "kominfo", text)).url;
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
  const path = `/media?slug=${slugs.join(",")}&per_page=20&orderby=id&order=asc&${fields}`;
  const items = await read(session, path, z.array(mediaItem));
  return slugs.flatMap((slug) => items.find((item) => item.slug === slug) ?? []);
}

async function upload(
  session: Session,
  bytes: Uint8Array,
  name: string,
  slug: string,
  { alt, caption }: MediaText,
): Promise<MediaItem> {
  const html = escapeField(caption);
  const parts = {
    slug,
    alt_text: alt,
    caption: html,
    description: html,
    file: { name: `${name}.jpg`, type: "image/jpeg", bytes },
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
    const [stored] = await findMedia(session, [slug]);
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
  const isLine = error instanceof KominfoError && ["server-unreachable", "server-slow"].includes(error.code);
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
