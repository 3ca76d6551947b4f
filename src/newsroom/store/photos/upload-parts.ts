import type { Selectable } from "kysely";
import type { Store } from "../database/open.js";
import type { UploadPartRow } from "../schema.js";

/**
 * Appends a part. Returns false, without a change, when it does not start where the last part ended or there is no such
 * upload.
 */
export async function addPart(store: Store, row: UploadPartRow): Promise<boolean> {
  return store.transaction().execute(async (transaction) => {
    const upload = await transaction
      .selectFrom("uploads")
      .select("size")
      .where("id", "=", row.upload_id)
      .executeTakeFirst();
    const end = (await partsOf(transaction, row.upload_id)).reduce((sum, part) => sum + part.bytes, 0);
    if (!upload || row.start !== end) return false;
    await transaction.insertInto("upload_parts").values(row).execute();
    return true;
  });
}

/** Lists the parts of an upload in the order of their bytes. */
export async function partsOf(store: Store, uploadId: string): Promise<Selectable<UploadPartRow>[]> {
  return store
    .selectFrom("upload_parts")
    .selectAll()
    .where("upload_id", "=", uploadId)
    .orderBy("start")
    .execute();
}

export async function forgetParts(store: Store, uploadId: string): Promise<void> {
  await store.deleteFrom("upload_parts").where("upload_id", "=", uploadId).execute();
}
