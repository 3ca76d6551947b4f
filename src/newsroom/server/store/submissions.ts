import { type Selectable, sql, type Updateable } from "kysely";
import type { Content, SubmissionSummary } from "../../contract.js";
import type { State } from "../../lifecycle.js";
import type { Store } from "./open.js";
import type { SubmissionRow } from "./schema.js";

/** A submission with the names of its people. */
export type NamedSubmission = Selectable<SubmissionRow> & {
  author_name: string;
  claimed_name: string | null;
};

/** The columns that repeat the newest revision. */
export function columnsOf(content: Content) {
  return {
    kind: content.kind,
    title: content.title,
    priority: content.priority,
    needed_by: content.needed_by ?? null,
    embargo: content.embargo ?? null,
    photos: content.photos.length,
  };
}

const named = (store: Store) =>
  store
    .selectFrom("submissions")
    .innerJoin("users as author", "author.id", "submissions.author_id")
    .leftJoin("users as claimer", "claimer.id", "submissions.claimed_by")
    .selectAll("submissions")
    .select(["author.name as author_name", "claimer.name as claimed_name"]);

export async function insertSubmission(
  store: Store,
  row: Pick<SubmissionRow, "id" | "kecamatan" | "author_id">,
  content: Content,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await store
    .insertInto("submissions")
    .values({
      ...row,
      ...columnsOf(content),
      state: "submitted",
      claimed_by: null,
      contributors: "[]",
      merged_into: null,
      revision: 1,
      received_at: at,
      updated_at: at,
      first_claimed_at: null,
      decided_at: null,
      first_published_at: null,
    })
    .execute();
}

export async function updateSubmission(
  store: Store,
  id: string,
  changes: Updateable<SubmissionRow>,
  now: Date,
): Promise<void> {
  await store
    .updateTable("submissions")
    .set({ ...changes, updated_at: now.toISOString() })
    .where("id", "=", id)
    .execute();
}

/** @param kecamatan an operator's: another kecamatan's submission is as good as none; null sees all */
export async function findSubmission(
  store: Store,
  id: string,
  kecamatan: string | null,
): Promise<NamedSubmission | undefined> {
  let query = named(store).where("submissions.id", "=", id);
  if (kecamatan !== null) query = query.where("submissions.kecamatan", "=", kecamatan);
  return query.executeTakeFirst();
}

export interface SubmissionFilter {
  /** As in `findSubmission`. */
  visibleTo: string | null;
  state?: State | undefined;
  kecamatan?: string | undefined;
  kind?: string | undefined;
  /** Changed at this instant or later. */
  since?: string | undefined;
  /** Part of the title, in any case. */
  q?: string | undefined;
  /** Only those received before this one. */
  beforeId?: string | undefined;
  limit: number;
}

/** Newest first; ids are UUIDv7, so that their order is that of arrival and never changes. */
export async function listSubmissions(store: Store, filter: SubmissionFilter): Promise<NamedSubmission[]> {
  let query = named(store).orderBy("submissions.id", "desc").limit(filter.limit);
  if (filter.visibleTo !== null) query = query.where("submissions.kecamatan", "=", filter.visibleTo);
  if (filter.kecamatan) query = query.where("submissions.kecamatan", "=", filter.kecamatan);
  if (filter.state) query = query.where("submissions.state", "=", filter.state);
  if (filter.kind) query = query.where("submissions.kind", "=", filter.kind);
  if (filter.since) query = query.where("submissions.updated_at", ">=", new Date(filter.since).toISOString());
  if (filter.beforeId) query = query.where("submissions.id", "<", filter.beforeId);
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
    query = query.where(sql<boolean>`lower(submissions.title) like lower(${pattern}) escape '\\'`);
  }
  return query.execute();
}

export function summaryOf(row: NamedSubmission): SubmissionSummary {
  return {
    id: row.id,
    kecamatan: row.kecamatan,
    kind: row.kind,
    title: row.title,
    state: row.state,
    priority: row.priority,
    needed_by: row.needed_by,
    embargo: row.embargo,
    revision: row.revision,
    author: { id: row.author_id, name: row.author_name },
    claimed_by: row.claimed_by === null ? null : { id: row.claimed_by, name: row.claimed_name ?? "" },
    photos: row.photos,
    received_at: row.received_at,
    updated_at: row.updated_at,
  };
}
