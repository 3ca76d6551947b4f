import type { Selectable } from "kysely";
import type { Store } from "./open.js";
import type { PhotoOwnerRow, PhotoRow } from "./schema.js";

/** Records a photo whose blob is in place, and whose it is; both may be known already. */
export async function recordPhoto(store: Store, photo: PhotoRow, owner: PhotoOwnerRow): Promise<void> {
  await store
    .insertInto("photos")
    .values(photo)
    .onConflict((on) => on.doNothing())
    .execute();
  await store
    .insertInto("photo_owners")
    .values(owner)
    .onConflict((on) => on.doNothing())
    .execute();
}

/** How many values one question to the database may bind, well under SQLite's own limit. */
const batch = 500;

/**
 * Which of these photos someone may see: those their kecamatan has sent, and those in its submissions.
 *
 * @param kecamatan an operator's; null sees every photo
 */
export async function visiblePhotos(
  store: Store,
  hashes: readonly string[],
  kecamatan: string | null,
): Promise<Set<string>> {
  const visible = new Set<string>();
  for (let start = 0; start < hashes.length; start += batch) {
    let query = store
      .selectFrom("photos")
      .select("photos.sha256")
      .where("photos.sha256", "in", hashes.slice(start, start + batch));
    if (kecamatan !== null) {
      query = query.where((where) =>
        where.or([
          where.exists(
            where
              .selectFrom("photo_owners")
              .select("photo_owners.kecamatan")
              .whereRef("photo_owners.sha256", "=", "photos.sha256")
              .where("photo_owners.kecamatan", "=", kecamatan),
          ),
          where.exists(
            where
              .selectFrom("photo_references")
              .innerJoin("submissions", "submissions.id", "photo_references.submission_id")
              .select("submissions.id")
              .whereRef("photo_references.sha256", "=", "photos.sha256")
              .where("submissions.kecamatan", "=", kecamatan),
          ),
        ]),
      );
    }
    for (const row of await query.execute()) visible.add(row.sha256);
  }
  return visible;
}

export async function findPhoto(store: Store, sha256: string): Promise<Selectable<PhotoRow> | undefined> {
  return store.selectFrom("photos").selectAll().where("sha256", "=", sha256).executeTakeFirst();
}
