import type { Selectable } from "kysely";
import type { Store } from "../database/open.js";
import type { UploadRow } from "../schema.js";

export async function insertUpload(store: Store, row: UploadRow): Promise<void> {
  await store.insertInto("uploads").values(row).execute();
}

export async function findUpload(store: Store, id: string): Promise<Selectable<UploadRow> | undefined> {
  return store.selectFrom("uploads").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function markUploadFinished(store: Store, id: string, now: Date): Promise<void> {
  await store.updateTable("uploads").set({ finished_at: now.toISOString() }).where("id", "=", id).execute();
}

export async function deleteUpload(store: Store, id: string): Promise<void> {
  await store.deleteFrom("upload_parts").where("upload_id", "=", id).execute();
  await store.deleteFrom("uploads").where("id", "=", id).execute();
}

/** Lists uploads, finished or not, that were started before `before`. */
export async function uploadsBefore(store: Store, before: Date): Promise<Selectable<UploadRow>[]> {
  return store.selectFrom("uploads").selectAll().where("created_at", "<", before.toISOString()).execute();
}

/** Lists the ids of uploads, finished or not, that were announced as this photo. */
export async function uploadsOf(store: Store, sha256: string): Promise<string[]> {
  const rows = await store
    .selectFrom("uploads")
    .select("id")
    .where("metadata", "like", `%"sha256":"${sha256}"%`)
    .execute();
  return rows.map((row) => row.id);
}
