import type { Store } from "../database/open.js";

/**
 * Marks blobs for removal. Blobs are removed in two steps, so that a killed process never leaves a photo without its bytes.
 * First the photo's row is deleted (or marked as removed) in the same transaction as this mark; then the blob is removed,
 * and the mark after it. The second step holds the blob's lock, as an upload does from before it stores the blob until the
 * photo is recorded.
 */
export async function condemnBlobs(transaction: Store, hashes: readonly string[], now: Date): Promise<void> {
  await transaction
    .insertInto("blob_removals")
    .values(hashes.map((sha256) => ({ sha256, at: now.toISOString() })))
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Lists the photos that were redacted at `since` or later. */
export async function redactedSince(store: Store, since: Date): Promise<string[]> {
  const rows = await store
    .selectFrom("photos")
    .select("sha256")
    .where("removed_at", ">=", since.toISOString())
    .execute();
  return rows.map((row) => row.sha256);
}

const maxOrphansPerCall = 200;

/**
 * Deletes photos without references that were not uploaded since `before`, and marks their blobs. Returns their number.
 */
export async function condemnOrphans(store: Store, before: Date, now: Date): Promise<number> {
  const limit = before.toISOString();
  return store.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom("photos")
      .select("sha256")
      .where("created_at", "<", limit)
      .where("removed_at", "is", null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("photo_references")
              .select("sha256")
              .whereRef("photo_references.sha256", "=", "photos.sha256"),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("album_photos").select("sha256").whereRef("album_photos.sha256", "=", "photos.sha256"),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("photo_owners")
              .select("sha256")
              .whereRef("photo_owners.sha256", "=", "photos.sha256")
              .where("photo_owners.at", ">=", limit),
          ),
        ),
      )
      .limit(maxOrphansPerCall)
      .execute();
    const hashes = rows.map((row) => row.sha256);
    if (hashes.length > 0) {
      await transaction.deleteFrom("photo_owners").where("sha256", "in", hashes).execute();
      await transaction.deleteFrom("photos").where("sha256", "in", hashes).execute();
      await condemnBlobs(transaction, hashes, now);
    }
    return hashes.length;
  });
}

/** Lists the marked blobs. */
export async function condemnedBlobs(store: Store): Promise<string[]> {
  const rows = await store.selectFrom("blob_removals").select("sha256").execute();
  return rows.map((row) => row.sha256);
}

/** Removes the mark of a blob that was removed, or is needed again. */
export async function forgetCondemned(store: Store, sha256: string): Promise<void> {
  await store.deleteFrom("blob_removals").where("sha256", "=", sha256).execute();
}
