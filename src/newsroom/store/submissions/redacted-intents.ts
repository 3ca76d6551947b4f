import type { LookupKeys } from "../../../contract/contract.js";
import { removesPhotos } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { batches } from "../photos/photos.js";

/** An intent of which nothing is left. */
export const emptied = "{}";
/** Rows that are read and written at a time. */
const batch = 50;

/**
 * Leaves of what was announced of these publications what names their photos at the channel, also of attempts that have failed: what was
 * stored for them lies there all the same, and only this finds it. Nothing is left once a machine has proved that the photos are gone.
 */
export async function shortenIntents(store: Store, ids: readonly string[]): Promise<void> {
  const gone = await withoutPhotos(store, ids);
  await emptyIntents(store, [...gone]);
  for (const id of ids) if (!gone.has(id)) await keepPhotosOf(store, id);
}

/** Leaves nothing of what was announced of these publications until an instant: the photos are gone. */
export async function forgetPhotos(store: Store, ids: readonly string[], until: string): Promise<void> {
  for (const some of batches(ids)) {
    await store
      .updateTable("publication_attempts")
      .set({ intent: emptied })
      .where("publication_id", "in", some)
      .where("intent_at", "<=", until)
      .execute();
  }
}

/** Of these publications, those whose photos a machine has removed with them. */
async function withoutPhotos(store: Store, ids: readonly string[]): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const some of batches(ids)) {
    const rows = await store
      .selectFrom("publications")
      .innerJoin("publication_attempts", "publication_attempts.publication_id", "publications.id")
      .select(["publications.id", "publications.take_down_cause"])
      .where("publications.id", "in", some)
      .where("publications.state", "=", "unpublished")
      .where("publication_attempts.kind", "=", "take_down")
      .where("publication_attempts.outcome", "=", "unpublished")
      .execute();
    for (const { id, take_down_cause } of rows) if (removesPhotos(take_down_cause)) gone.add(id);
  }
  return gone;
}

async function emptyIntents(store: Store, ids: readonly string[]): Promise<void> {
  for (const some of batches(ids)) {
    await store
      .updateTable("publication_attempts")
      .set({ intent: emptied })
      .where("publication_id", "in", some)
      .where("intent", "is not", null)
      .execute();
  }
}

async function keepPhotosOf(store: Store, publicationId: string): Promise<void> {
  let last = 0;
  for (;;) {
    const attempts = await store
      .selectFrom("publication_attempts")
      .select(["number", "intent"])
      .where("publication_id", "=", publicationId)
      .where("number", ">", last)
      .where("intent", "is not", null)
      .orderBy("number")
      .limit(batch)
      .execute();
    for (const { number, intent } of attempts) {
      await store
        .updateTable("publication_attempts")
        .set({ intent: photosOnly(intent ?? emptied) })
        .where("publication_id", "=", publicationId)
        .where("number", "=", number)
        .execute();
      last = number;
    }
    if (attempts.length < batch) return;
  }
}

/** Where an attempt has stored its photos (the channels' keys): a take-down removes them. @param intent JSON, as the contract takes it */
function photosOnly(intent: string): string {
  const { media, pictures, photos }: LookupKeys = JSON.parse(intent);
  return JSON.stringify({ media, pictures, photos });
}
