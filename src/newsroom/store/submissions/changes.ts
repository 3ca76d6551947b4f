import type { Change } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";

/** A change with its position in the feed. */
export interface PlacedChange extends Change {
  seq: number;
}

/** Reads changes after a position in the feed, oldest first. @param kecamatan undefined for all */
export async function changesAfter(
  store: Store,
  seq: number,
  kecamatan: string | undefined,
  limit: number,
): Promise<PlacedChange[]> {
  let query = store.selectFrom("changes").selectAll().where("seq", ">", seq).orderBy("seq").limit(limit);
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  const rows = await query.execute();
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: row.at,
    submission: row.submission_id,
    kecamatan: row.kecamatan,
    what: row.what,
  }));
}

/** Position of the newest change; 0 when there is none. @param kecamatan undefined for all */
export async function newestChange(store: Store, kecamatan?: string): Promise<number> {
  let query = store.selectFrom("changes").select((of) => of.fn.max("seq").as("seq"));
  if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
  const row = await query.executeTakeFirst();
  return Number(row?.seq ?? 0);
}
