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
  bytesOf,
  findAlbum,
  findOrAddAlbum,
  listAlbumPhotos,
  listAlbums,
  photosInAlbum,
  replaceAlbumPhotos,
  updateAlbum,
} from "../store/photos/albums.js";
import { visiblePhotos } from "../store/photos/photos.js";
import type { AlbumRow } from "../store/schema.js";
import { spend } from "./allowances.js";
import { type Caller, scopeOf, territoryOf } from "./caller.js";
import { numberKey, type Page, type PageQuery, pageOf, sliceOf } from "./page.js";
import { invalidField, problem } from "./problem.js";

interface AlbumAddress {
  /** Kemendagri code. */
  kecamatan: string;
  slug: string;
}

/**
 * Adds photos to an album of the caller's kecamatan, or replaces the metadata of photos that it contains already;
 * idempotent: the same again changes nothing, nor when the album was updated. Throws `forbidden` for another kecamatan, `not-found` for an unknown code, `invalid` for photos that the
 * caller may not see and past the limit, `quota` when the kecamatan has added too much of late.
 */
export async function fillAlbum(
  transaction: Store,
  caller: Caller,
  address: AlbumAddress,
  input: z.output<typeof putAlbum>,
  now: Date,
): Promise<{ album: AlbumSummary; isNew: boolean }> {
  requireKecamatan(caller, address.kecamatan);
  // Of a photo that is given twice the last metadata counts, in the position of the first.
  const photos = [...new Map(input.photos.map((photo) => [photo.sha256, photo])).values()];
  await requireVisible(transaction, caller, input.photos);
  const { album, isNew } = await findOrAddAlbum(transaction, address, now);
  const alreadyInAlbum = await photosInAlbum(
    transaction,
    album.id,
    photos.map((photo) => photo.sha256),
  );
  const added = photos.filter((photo) => !alreadyInAlbum.has(photo.sha256));
  const count = album.photos + added.length;
  if (count > limits.album_photos) throw invalidField("/photos", `<= ${limits.album_photos} photos`);
  await spendAlbumRoom(transaction, address.kecamatan, added, now);
  await addAlbumPhotos(transaction, album.id, added, album.photos + 1);
  const replaced = await replaceAlbumPhotos(
    transaction,
    photos.flatMap((photo) => {
      const before = alreadyInAlbum.get(photo.sha256);
      return before ? { before, photo } : [];
    }),
  );
  const changes = {
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.event_date === undefined ? {} : { event_date: input.event_date }),
    photos: count,
  };
  const changed = await updateAlbum(transaction, album, changes, replaced > 0, now);
  return { album: summaryOf(changed), isNew };
}

/** Albums are never emptied, so the photos of a kecamatan's albums are bounded by what it adds in a month. Throws `quota`. */
async function spendAlbumRoom(
  transaction: Store,
  kecamatan: string,
  added: readonly AlbumPhoto[],
  now: Date,
): Promise<void> {
  const bytes = await bytesOf(
    transaction,
    added.map((photo) => photo.sha256),
  );
  await spend(transaction, kecamatan, "album_photos_per_month", added.length, now);
  await spend(transaction, kecamatan, "album_bytes_per_month", bytes, now);
}

/** Reads an album with one page of its photos. Throws `forbidden`, `not-found`, `invalid` for an unknown cursor. */
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
  const photos = items.map(({ album_id: _, position: __, ...photo }) => withoutNulls(photo));
  return { ...summaryOf(album), photos, next_cursor };
}

/** Lists albums, newest first. @param kecamatan restricts the list; operators see their own kecamatan's only */
export async function readAlbums(
  store: Store,
  caller: Caller,
  { kecamatan, ...page }: PageQuery & { kecamatan?: string | undefined },
): Promise<Page<AlbumSummary>> {
  if (kecamatan !== undefined) requireKecamatan(caller, kecamatan);
  const rows = await listAlbums(store, territoryOf(caller) ?? kecamatan, sliceOf(page));
  const { items, next_cursor } = pageOf(rows, page.limit, (row) => row.id);
  return { items: items.map(summaryOf), next_cursor };
}

/** Kecamatan codes are public, so `forbidden` does not disclose whether another kecamatan has an album. */
function requireKecamatan(caller: Caller, kecamatan: string): void {
  if ((territoryOf(caller) ?? kecamatan) !== kecamatan) throw problem("forbidden");
  if (findKecamatan(kecamatan)?.code !== kecamatan) throw problem("not-found");
}

async function requireVisible(store: Store, caller: Caller, photos: readonly AlbumPhoto[]): Promise<void> {
  const hashes = [...new Set(photos.map((photo) => photo.sha256))];
  const visible = await visiblePhotos(store, hashes, scopeOf(caller));
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

function withoutNulls(photo: { [K in keyof Required<AlbumPhoto>]: AlbumPhoto[K] | null }): AlbumPhoto {
  return Object.fromEntries(Object.entries(photo).filter(([, value]) => value !== null)) as AlbumPhoto;
}
