import { sql } from "kysely";
import type { Store } from "../database/open.js";

/** Bytes that a person has uploaded or declared and that are in no submission and no album yet. */
export async function unattachedBytes(store: Store, userId: string): Promise<number> {
  const kept = await store
    .selectFrom("photo_owners")
    .innerJoin("photos", "photos.sha256", "photo_owners.sha256")
    .select(sql<number | null>`sum(photos.bytes)`.as("bytes"))
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
    .select(sql<number | null>`sum(size)`.as("bytes"))
    .where("user_id", "=", userId)
    .where("finished_at", "is", null)
    .executeTakeFirst();
  return Number(kept?.bytes ?? 0) + Number(announced?.bytes ?? 0);
}
