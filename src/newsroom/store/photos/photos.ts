import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import { isApproved } from "../approved.js";
import type { Store } from "../database/open.js";
import type { PhotoOwnerRow, PhotoRow, Schema } from "../schema.js";
import { inScope, type Scope } from "../scope.js";

/** Records a photo whose blob is stored, and its owner. Both may exist already. */
export async function recordPhoto(store: Store, photo: PhotoRow, owner: PhotoOwnerRow): Promise<void> {
  await store
    .insertInto("photos")
    .values(photo)
    .onConflict((on) => on.doNothing())
    .execute();
  await store
    .insertInto("photo_owners")
    .values(owner)
    .onConflict((on) => on.columns(["sha256", "kecamatan"]).doUpdateSet({ at: owner.at }))
    .execute();
}

/**
 * Splits a list into batches, because a statement can bind a limited number of values.
 *
 * @param size well below SQLite's limit
 */
export function batches<T>(all: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/**
 * Selects the photos that a person may see: all; those uploaded by their kecamatan, and those in its submissions and
 * albums; or those of approved revisions.
 */
export async function visiblePhotos(
  store: Store,
  hashes: readonly string[],
  scope: Scope,
): Promise<Set<string>> {
  const visible = new Set<string>();
  for (const some of batches(hashes)) {
    const query = store
      .selectFrom("photos")
      .select("photos.sha256")
      .where("photos.removed_at", "is", null)
      .where("photos.sha256", "in", some)
      .where((where) => isVisible(where, scope));
    for (const row of await query.execute()) visible.add(row.sha256);
  }
  return visible;
}

/** Whether somebody may know of a photo: they see it, or saw it before it was redacted. */
export async function isKnownPhoto(store: Store, sha256: string, scope: Scope): Promise<boolean> {
  const row = await store
    .selectFrom("photos")
    .select("photos.sha256")
    .where("photos.sha256", "=", sha256)
    .where((where) => isVisible(where, scope))
    .executeTakeFirst();
  return row !== undefined;
}

function isVisible(where: ExpressionBuilder<Schema, "photos">, scope: Scope) {
  if ("all" in scope) return sql<boolean>`1 = 1`;
  const references = where
    .selectFrom("photo_references")
    .innerJoin("submissions", "submissions.id", "photo_references.submission_id")
    .select("submissions.id")
    .whereRef("photo_references.sha256", "=", "photos.sha256")
    .where((of) => inScope(of, scope));
  if ("approved" in scope) {
    return where.exists(
      references.where(isApproved("photo_references.submission_id", "photo_references.revision")),
    );
  }
  const { kecamatan } = scope;
  return where.or([
    where.exists(references),
    where.exists(
      where
        .selectFrom("photo_owners")
        .select("photo_owners.kecamatan")
        .whereRef("photo_owners.sha256", "=", "photos.sha256")
        .where("photo_owners.kecamatan", "=", kecamatan),
    ),
    where.exists(
      where
        .selectFrom("album_photos")
        .innerJoin("albums", "albums.id", "album_photos.album_id")
        .select("albums.id")
        .whereRef("album_photos.sha256", "=", "photos.sha256")
        .where("albums.kecamatan", "=", kecamatan),
    ),
  ]);
}

export async function findPhoto(store: Store, sha256: string): Promise<Selectable<PhotoRow> | undefined> {
  return store.selectFrom("photos").selectAll().where("sha256", "=", sha256).executeTakeFirst();
}
