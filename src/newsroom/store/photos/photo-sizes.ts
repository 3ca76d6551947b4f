import type { Store } from "../database/open.js";

/** Pixels. */
export interface PhotoSize {
  width: number;
  height: number;
}

/** How large photos are, by hash: a page that knows leaves them their room. */
export async function photoSizes(store: Store, hashes: readonly string[]): Promise<Map<string, PhotoSize>> {
  if (hashes.length === 0) return new Map();
  const rows = await store
    .selectFrom("photos")
    .select(["sha256", "width", "height"])
    .where("sha256", "in", hashes)
    .execute();
  return new Map(rows.map(({ sha256, width, height }) => [sha256, { width, height }]));
}
