import type { Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import type { AlbumPhoto } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { AlbumPhotoRow, AlbumRow } from "../schema.js";
import type { Slice } from "../slice.js";
import { batches } from "./photos.js";

/** Finds or creates the album at this address, and locks it for this transaction. */
export async function takeAlbum(
  store: Store,
  address: Pick<AlbumRow, "kecamatan" | "slug">,
  now: Date,
): Promise<{ album: Selectable<AlbumRow>; isNew: boolean }> {
  const at = now.toISOString();
  const id = uuid();
  await store
    .insertInto("albums")
    .values({ ...address, id, title: null, event_date: null, photos: 0, created_at: at, updated_at: at })
    .onConflict((on) => on.doNothing())
    .execute();
  // The update locks the row in PostgreSQL, so that two calls do not give photos the same position.
  const album = await store
    .updateTable("albums")
    .set({ updated_at: at })
    .where("kecamatan", "=", address.kecamatan)
    .where("slug", "=", address.slug)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { album, isNew: album.id === id };
}

export async function updateAlbum(
  store: Store,
  id: string,
  changes: Partial<Pick<AlbumRow, "title" | "event_date" | "photos">>,
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  await store.updateTable("albums").set(changes).where("id", "=", id).execute();
}

export async function findAlbum(
  store: Store,
  { kecamatan, slug }: Pick<AlbumRow, "kecamatan" | "slug">,
): Promise<Selectable<AlbumRow> | undefined> {
  return store
    .selectFrom("albums")
    .selectAll()
    .where("kecamatan", "=", kecamatan)
    .where("slug", "=", slug)
    .executeTakeFirst();
}

/** Lists albums, newest first. @param kecamatan undefined for all */
export async function listAlbums(
  store: Store,
  kecamatan: string | undefined,
  { after, limit }: Slice,
): Promise<Selectable<AlbumRow>[]> {
  let query = store.selectFrom("albums").selectAll().orderBy("id", "desc").limit(limit);
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  if (after !== undefined) query = query.where("id", "<", after);
  return query.execute();
}

/** Selects the hashes that are in the album. */
export async function photosInAlbum(
  store: Store,
  albumId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of batches(hashes)) {
    const rows = await store
      .selectFrom("album_photos")
      .select("sha256")
      .where("album_id", "=", albumId)
      .where("sha256", "in", some)
      .execute();
    for (const row of rows) found.add(row.sha256);
  }
  return found;
}

export async function addAlbumPhotos(
  store: Store,
  albumId: string,
  photos: readonly AlbumPhoto[],
  firstPosition: number,
): Promise<void> {
  const rows = photos.map((photo, i) => ({
    ...columnsOf(photo),
    album_id: albumId,
    sha256: photo.sha256,
    position: firstPosition + i,
  }));
  for (const some of batches(rows, 100)) await store.insertInto("album_photos").values(some).execute();
}

export async function replaceAlbumPhoto(store: Store, albumId: string, photo: AlbumPhoto): Promise<void> {
  await store
    .updateTable("album_photos")
    .set(columnsOf(photo))
    .where("album_id", "=", albumId)
    .where("sha256", "=", photo.sha256)
    .execute();
}

function columnsOf({ source_sha256, filename, caption, alt, credit }: AlbumPhoto) {
  return {
    source_sha256: source_sha256 ?? null,
    filename,
    caption: caption ?? null,
    alt: alt ?? null,
    credit: credit ?? null,
  };
}

/** Lists an album's photos in the order of first addition. */
export async function listAlbumPhotos(
  store: Store,
  albumId: string,
  { after, limit }: Slice,
): Promise<Selectable<AlbumPhotoRow>[]> {
  let query = store
    .selectFrom("album_photos")
    .selectAll()
    .where("album_id", "=", albumId)
    .orderBy("position")
    .limit(limit);
  if (after !== undefined) query = query.where("position", ">", Number(after));
  return query.execute();
}
