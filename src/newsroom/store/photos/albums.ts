import { isDeepStrictEqual } from "node:util";
import type { Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import type { AlbumPhoto } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { AlbumPhotoRow, AlbumRow } from "../schema.js";
import type { Slice } from "../slice.js";
import { batches } from "./photos.js";

/**
 * Finds or creates the album at this address. Writing transactions run one after the other on both databases, so that two
 * calls do not give photos the same position.
 */
export async function findOrAddAlbum(
  store: Store,
  address: Pick<AlbumRow, "kecamatan" | "slug">,
  now: Date,
): Promise<{ album: Selectable<AlbumRow>; isNew: boolean }> {
  const found = await findAlbum(store, address);
  if (found) return { album: found, isNew: false };
  const at = now.toISOString();
  const album = await store
    .insertInto("albums")
    .values({
      ...address,
      id: uuid(),
      title: null,
      event_date: null,
      photos: 0,
      created_at: at,
      updated_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { album, isNew: true };
}

/** Writes those of the changes that differ, if any of them does or `otherChanges`. Returns the album as it is then. */
export async function updateAlbum(
  store: Store,
  album: Selectable<AlbumRow>,
  changes: Partial<Pick<AlbumRow, "title" | "event_date" | "photos">>,
  otherChanges: boolean,
  now: Date,
): Promise<Selectable<AlbumRow>> {
  const next = { ...album, ...changes };
  if (!otherChanges && isDeepStrictEqual(next, { ...album })) return album;
  const updated = { ...changes, updated_at: now.toISOString() };
  await store.updateTable("albums").set(updated).where("id", "=", album.id).execute();
  return { ...next, ...updated };
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

/** Selects those of the photos that are in the album, by their hashes. */
export async function photosInAlbum(
  store: Store,
  albumId: string,
  hashes: readonly string[],
): Promise<Map<string, Selectable<AlbumPhotoRow>>> {
  const found = new Map<string, Selectable<AlbumPhotoRow>>();
  for (const some of batches(hashes)) {
    const rows = await store
      .selectFrom("album_photos")
      .selectAll()
      .where("album_id", "=", albumId)
      .where("sha256", "in", some)
      .execute();
    for (const row of rows) found.set(row.sha256, row);
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

/**
 * Replaces the metadata of photos that an album has, many at a time: a statement for each of 500 would hold up all others for
 * a quarter of a second. Returns how many had other metadata before.
 */
export async function replaceAlbumPhotos(
  store: Store,
  photos: readonly { before: Selectable<AlbumPhotoRow>; photo: AlbumPhoto }[],
): Promise<number> {
  const rows = photos
    .map(({ before, photo }) => ({ before: { ...before }, after: { ...before, ...columnsOf(photo) } }))
    .filter(({ before, after }) => !isDeepStrictEqual(after, before))
    .map(({ after }) => after);
  for (const some of batches(rows, 100)) {
    await store
      .insertInto("album_photos")
      .values(some)
      .onConflict((on) =>
        on.columns(["album_id", "sha256"]).doUpdateSet((given) => ({
          source_sha256: given.ref("excluded.source_sha256"),
          filename: given.ref("excluded.filename"),
          caption: given.ref("excluded.caption"),
          alt: given.ref("excluded.alt"),
          credit: given.ref("excluded.credit"),
        })),
      )
      .execute();
  }
  return rows.length;
}

/** The sum of these photos' bytes. */
export async function bytesOf(store: Store, hashes: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const some of batches(hashes)) {
    const row = await store
      .selectFrom("photos")
      .select((of) => of.fn.sum<number | null>("bytes").as("bytes"))
      .where("sha256", "in", some)
      .executeTakeFirst();
    bytes += Number(row?.bytes ?? 0);
  }
  return bytes;
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
