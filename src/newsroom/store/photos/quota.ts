import { sql } from "kysely";
import type { Store } from "../database/open.js";

/** A person's photos, uploaded or announced, that are in no submission and no album yet. */
export interface Unattached {
  bytes: number;
  files: number;
  /** Those of the files that were announced and have not arrived whole. */
  unfinished: number;
}

export async function unattachedOf(store: Store, userId: string): Promise<Unattached> {
  const kept = await store
    .selectFrom("photo_owners")
    .innerJoin("photos", "photos.sha256", "photo_owners.sha256")
    .select([sql<number | null>`sum(photos.bytes)`.as("bytes"), sql<number>`count(*)`.as("files")])
    .where("photo_owners.user_id", "=", userId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("photo_references").select("sha256").whereRef("sha256", "=", "photos.sha256"))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom("album_photos").select("sha256").whereRef("sha256", "=", "photos.sha256"))),
    )
    .executeTakeFirst();
  const announced = await store
    .selectFrom("uploads")
    .select([sql<number | null>`sum(size)`.as("bytes"), sql<number>`count(*)`.as("files")])
    .where("user_id", "=", userId)
    .where("finished_at", "is", null)
    .executeTakeFirst();
  const unfinished = Number(announced?.files ?? 0);
  return {
    bytes: Number(kept?.bytes ?? 0) + Number(announced?.bytes ?? 0),
    files: Number(kept?.files ?? 0) + unfinished,
    unfinished,
  };
}
