import type { Updateable } from "kysely";
import { v7 as uuid } from "uuid";
import type { Publication } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { PublicationRow } from "../schema.js";
import type { Slice } from "../slice.js";

/** Inserts a publication and returns its id. */
export async function insertPublication(
  store: Store,
  row: Omit<PublicationRow, "id" | "created_at">,
  now: Date,
): Promise<string> {
  const id = uuid();
  await store
    .insertInto("publications")
    .values({ ...row, id, created_at: now.toISOString() })
    .execute();
  return id;
}

export async function updatePublications(
  store: Store,
  ids: readonly string[],
  changes: Updateable<PublicationRow>,
): Promise<void> {
  if (ids.length > 0) await store.updateTable("publications").set(changes).where("id", "in", ids).execute();
}

const withPublisher = (store: Store, submissionId: string) =>
  store
    .selectFrom("publications")
    .innerJoin("users", "users.id", "publications.by_id")
    .selectAll("publications")
    .select("users.name")
    .where("publications.submission_id", "=", submissionId)
    .orderBy("publications.id");

/** Lists the publications of a submission, oldest first. */
export async function listPublications(
  store: Store,
  submissionId: string,
  slice?: Slice,
): Promise<Publication[]> {
  let query = withPublisher(store, submissionId);
  if (slice) query = query.limit(slice.limit);
  if (slice?.after !== undefined) query = query.where("publications.id", ">", slice.after);
  return (await query.execute()).map((row) => ({
    id: row.id,
    revision: row.revision,
    channel: row.channel,
    account: row.account,
    state: row.state,
    correction: row.correction === 1,
    by: { id: row.by_id, name: row.name },
    created_at: row.created_at,
    scheduled_for: row.scheduled_for,
    published_at: row.published_at,
    unpublished_at: row.unpublished_at,
    url: row.url,
    remote_id: row.remote_id,
    reason: row.reason,
    held: null,
  }));
}
