import type { z } from "zod";
import {
  type Album,
  type AlbumPhoto,
  type AlbumSummary,
  limits,
  type putAlbum,
} from "../../contract/contract.js";
import { findKecamatan } from "../../region/kecamatan.js";
import type { Store } from "../store/database/open.js";
import {
  addAlbumPhotos,
  findAlbum,
  listAlbumPhotos,
  listAlbums,
  photosInAlbum,
  replaceAlbumPhoto,
  takeAlbum,
  updateAlbum,
} from "../store/photos/albums.js";
import { visiblePhotos } from "../store/photos/photos.js";
import type { AlbumRow } from "../store/schema.js";
import type { Caller } from "./caller.js";
import { numberKey, type Page, type PageQuery, pageOf, sliceOf } from "./page.js";
import { invalidField, problem } from "./problem.js";

interface AlbumAddress {
  /** Kemendagri code. */
  kecamatan: string;
  slug: string;
}

/**
 * Adds photos to an album of the caller's kecamatan, or replaces what is said of those that are in it; the same call
 * again changes nothing. Throws `forbidden` for another kecamatan, `not-found` where there is none with that code,
 * `invalid` for photos that the caller may not see and past the limit.
 */
export async function fillAlbum(
  transaction: Store,
  caller: Caller,
  address: AlbumAddress,
  given: z.output<typeof putAlbum>,
  now: Date,
): Promise<{ album: AlbumSummary; isNew: boolean }> {
  requireKecamatan(caller, address.kecamatan);
  // Of a photo that is given twice the last word counts, in the place of the first.
  const photos = [...new Map(given.photos.map((photo) => [photo.sha256, photo])).values()];
  await requireVisible(transaction, caller, given.photos);
  const { album, isNew } = await takeAlbum(transaction, address, now);
  const there = await photosInAlbum(
    transaction,
    album.id,
    photos.map((photo) => photo.sha256),
  );
  const added = photos.filter((photo) => !there.has(photo.sha256));
  const count = album.photos + added.length;
  if (count > limits.album_photos) throw invalidField("/photos", `<= ${limits.album_photos} photos`);
  await addAlbumPhotos(transaction, album.id, added, album.photos + 1);
  for (const photo of photos) {
    if (there.has(photo.sha256)) await replaceAlbumPhoto(transaction, album.id, photo);
  }
  const changes = {
    ...(given.title === undefined ? {} : { title: given.title }),
    ...(given.event_date === undefined ? {} : { event_date: given.event_date }),
    photos: count,
  };
  await updateAlbum(transaction, album.id, changes);
  return { album: summaryOf({ ...album, ...changes }), isNew };
}

/** An album with one page of its photos. Throws `forbidden`, `not-found`, `invalid` for a foreign cursor. */
export async function readAlbum(
  store: Store,
  caller: Caller,
  address: AlbumAddress,
  page: PageQuery,
): Promise<Album> {
  requireKecamatan(caller, address.kecamatan);
  const album = await findAlbum(store, address);
  if (!album) throw problem("not-found");
  const rows = await listAlbumPhotos(store, album.id, sliceOf(page, numberKey));
  const { items, next_cursor } = pageOf(rows, page.limit, (row) => row.position);
  const photos = items.map(({ album_id: _, position: __, ...said }) => withoutNulls(said));
  return { ...summaryOf(album), photos, next_cursor };
}

/** Albums, newest first. @param kecamatan only its; an operator's own is all there is for them */
export async function readAlbums(
  store: Store,
  caller: Caller,
  { kecamatan, ...page }: PageQuery & { kecamatan?: string | undefined },
): Promise<Page<AlbumSummary>> {
  if (kecamatan !== undefined) requireKecamatan(caller, kecamatan);
  const rows = await listAlbums(store, caller.kecamatan ?? kecamatan, sliceOf(page));
  const { items, next_cursor } = pageOf(rows, page.limit, (row) => row.id);
  return { items: items.map(summaryOf), next_cursor };
}

/** The codes are public: that another's album is forbidden tells nobody whether there is one. */
function requireKecamatan(caller: Caller, kecamatan: string): void {
  if (caller.kecamatan !== null && caller.kecamatan !== kecamatan) throw problem("forbidden");
  if (findKecamatan(kecamatan)?.code !== kecamatan) throw problem("not-found");
}

async function requireVisible(store: Store, caller: Caller, photos: readonly AlbumPhoto[]): Promise<void> {
  const hashes = [...new Set(photos.map((photo) => photo.sha256))];
  const visible = await visiblePhotos(store, hashes, caller.kecamatan);
  const errors = photos.flatMap(({ sha256 }, i) =>
    visible.has(sha256) ? [] : [{ pointer: `/photos/${i}/sha256`, detail: "unknown" }],
  );
  if (errors.length > 0) throw problem("invalid", { errors });
}

function summaryOf({
  kecamatan,
  slug,
  title,
  event_date,
  photos,
  created_at,
  updated_at,
}: AlbumRow): AlbumSummary {
  return { kecamatan, slug, title, event_date, count: photos, created_at, updated_at };
}

function withoutNulls(said: { [K in keyof Required<AlbumPhoto>]: AlbumPhoto[K] | null }): AlbumPhoto {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) as AlbumPhoto;
}
