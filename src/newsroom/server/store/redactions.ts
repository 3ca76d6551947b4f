import { v7 as uuid } from "uuid";
import type { Content } from "../../contract.js";
import { condemnBlobs } from "./blob-removals.js";
import type { Store } from "./open.js";
import type { RedactionRow } from "./schema.js";

/** Returns its id. */
export async function insertRedaction(
  store: Store,
  row: Omit<RedactionRow, "id" | "at">,
  now: Date,
): Promise<string> {
  const id = uuid();
  await store
    .insertInto("redactions")
    .values({ ...row, id, at: now.toISOString() })
    .execute();
  return id;
}

/** The only way in which a revision changes: with it go its message, its hold on photos, and stored answers. */
export async function replaceContent(
  store: Store,
  submissionId: string,
  number: number,
  content: Content,
): Promise<void> {
  await store
    .updateTable("revisions")
    .set({ content: JSON.stringify(content), message: null })
    .where("submission_id", "=", submissionId)
    .where("number", "=", number)
    .execute();
  if (content.photos.length === 0) {
    await store
      .deleteFrom("photo_references")
      .where("submission_id", "=", submissionId)
      .where("revision", "=", number)
      .execute();
  }
  await store.deleteFrom("idempotency_keys").where("body", "like", `%${submissionId}%`).execute();
}

/** Whether this photo was taken away: whoever sends it again is refused. */
export async function isRedacted(store: Store, sha256: string): Promise<boolean> {
  const row = await store
    .selectFrom("photos")
    .select("removed_at")
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return typeof row?.removed_at === "string";
}

/** Takes a photo out of sight, with all that albums say of it; its blob is condemned in the same transaction. */
export async function removePhoto(store: Store, sha256: string, now: Date): Promise<void> {
  await store
    .updateTable("photos")
    .set({ removed_at: now.toISOString() })
    .where("sha256", "=", sha256)
    .execute();
  await store
    .updateTable("album_photos")
    .set({ filename: "", caption: null, alt: null, credit: null })
    .where("sha256", "=", sha256)
    .execute();
  await condemnBlobs(store, [sha256], now);
}

/** Every revision that has this photo. */
export async function referringRevisions(
  store: Store,
  sha256: string,
): Promise<{ submission: { id: string; kecamatan: string }; number: number }[]> {
  const rows = await store
    .selectFrom("photo_references")
    .innerJoin("submissions", "submissions.id", "photo_references.submission_id")
    .select(["submissions.id", "submissions.kecamatan", "photo_references.revision"])
    .distinct()
    .where("photo_references.sha256", "=", sha256)
    .execute();
  return rows.map(({ id, kecamatan, revision }) => ({ submission: { id, kecamatan }, number: revision }));
}
