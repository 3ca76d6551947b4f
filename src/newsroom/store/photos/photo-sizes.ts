import type { Store } from "../database/open.js";

/** Size in pixels. */
export interface PhotoSize {
  width: number;
  height: number;
}

/** Reads the sizes of photos by hash, so that a page can reserve space for them. */
export async function photoSizes(store: Store, hashes: readonly string[]): Promise<Map<string, PhotoSize>> {
  if (hashes.length === 0) return new Map();
  const rows = await store
    .selectFrom("photos")
    .select(["sha256", "width", "height"])
    .where("sha256", "in", hashes)
    .execute();
  return new Map(rows.map(({ sha256, width, height }) => [sha256, { width, height }]));
}

/** Does the work of `photoSizes`, without photos that were removed. */
export async function presentSizes(store: Store, hashes: readonly string[]): Promise<Map<string, PhotoSize>> {
  if (hashes.length === 0) return new Map();
  const rows = await store
    .selectFrom("photos")
    .select(["sha256", "width", "height"])
    .where("sha256", "in", hashes)
    .where("removed_at", "is", null)
    .orderBy("sha256")
    .execute();
  return new Map(rows.map(({ sha256, width, height }) => [sha256, { width, height }]));
}
