import { type RawBuilder, type Selectable, sql } from "kysely";
import type { SubmissionSummary } from "../../../contract/contract.js";
import type { State } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import type { SubmissionRow } from "../schema.js";
import { endOfSearch } from "./search.js";
import { summariesOf, summaryRows, titleHas } from "./submissions.js";

/** Kinds that are urgent whatever their priority. */
export const urgentKinds = ["info-darurat", "klarifikasi-hoaks"] as const;

/** 0 for urgent submissions, 1 for others. Must be exactly the expression of the index `submissions_in_queue`. */
const urgentRank = sql<number>`(case when priority = 'urgent' or kind in ('info-darurat', 'klarifikasi-hoaks') then 0 else 1 end)`;

export interface QueueFilter {
  states: readonly State[];
  kecamatan?: string | undefined;
  kind?: string | undefined;
  claimedBy?: string | undefined;
  /** Only urgent submissions. */
  urgent?: boolean;
  /** False: newest first, regardless of urgency. */
  oldestFirst: boolean;
}

type QueuedSubmission = SubmissionSummary & { rank: 0 | 1 };

/** The last submission of the previous page. */
export interface QueueCursor {
  rank: 0 | 1;
  id: string;
}

/**
 * Reads a page of the queue: urgent submissions first, then the others, each oldest first; or all, newest first. Each
 * state and rank is a query of its own within the index, so the cost does not grow with the number of decided submissions.
 */
export async function readQueue(
  store: Store,
  filter: QueueFilter,
  after: QueueCursor | undefined,
  limit: number,
): Promise<QueuedSubmission[]> {
  if (!filter.oldestFirst) return readRank(store, filter, filter.urgent ? 0 : undefined, after?.id, limit);
  const rows: QueuedSubmission[] = [];
  for (const rank of [0, 1] as const) {
    if (rows.length >= limit || (after && rank < after.rank) || (filter.urgent && rank === 1)) continue;
    const from = after?.rank === rank ? after.id : undefined;
    rows.push(...(await readRank(store, filter, rank, from, limit - rows.length)));
  }
  return rows;
}

/** @param rank undefined for both */
async function readRank(
  store: Store,
  filter: QueueFilter,
  rank: 0 | 1 | undefined,
  afterId: string | undefined,
  limit: number,
): Promise<QueuedSubmission[]> {
  const ids: string[] = [];
  for (const state of filter.states) {
    let query = idsInState(store, state, filter)
      .orderBy("id", filter.oldestFirst ? "asc" : "desc")
      .limit(limit);
    if (rank !== undefined) query = query.where(urgentRank, "=", sql.lit(rank));
    if (afterId !== undefined) query = query.where("id", filter.oldestFirst ? ">" : "<", afterId);
    if (filter.claimedBy) query = query.where("claimed_by", "=", filter.claimedBy);
    ids.push(...(await query.execute()).map((row) => row.id));
  }
  ids.sort();
  if (!filter.oldestFirst) ids.reverse();
  const rows = await byIds(store, ids.slice(0, limit));
  return rows.map((row) => ({ ...row, rank: rank ?? 1 }));
}

/** Query for the ids that match the indexed filters. */
function idsInState(store: Store, state: State, { kecamatan, kind }: QueueFilter) {
  let query = store.selectFrom("submissions").select("id").where("state", "=", state);
  if (kecamatan) query = query.where("kecamatan", "=", kecamatan);
  if (kind) query = query.where("kind", "=", kind);
  return query;
}

/** Result of a search, newest first. */
interface QueueSearch {
  rows: SubmissionSummary[];
  /** Where the search stopped before it found `limit` rows. Submissions older than this id were not searched. */
  searchedTo: string | undefined;
}

/**
 * Searches titles for a part, in any case, newest first regardless of the view's order. No index helps here: the search
 * stops after `searchLimit` submissions of a state, and the next request continues from there.
 *
 * @param q "" for every title
 * @param also a further condition on each
 */
export async function searchQueue(
  store: Store,
  filter: QueueFilter,
  q: string,
  beforeId: string | undefined,
  limit: number,
  also?: RawBuilder<boolean>,
): Promise<QueueSearch> {
  const older = (state: State) => {
    const query = idsInState(store, state, filter);
    return beforeId === undefined ? query : query.where("id", "<", beforeId);
  };
  const searchedTo = await endOfSearch(filter.states.map(older));
  const ids: string[] = [];
  for (const state of filter.states) {
    let query = older(state).orderBy("id", "desc").limit(limit);
    if (q) query = query.where(titleHas(q));
    if (also) query = query.where(also);
    if (searchedTo !== undefined) query = query.where("id", ">=", searchedTo);
    if (filter.claimedBy) query = query.where("claimed_by", "=", filter.claimedBy);
    if (filter.urgent) query = query.where(urgentRank, "=", sql.lit(0));
    ids.push(...(await query.execute()).map((row) => row.id));
  }
  const newest = ids.sort().reverse().slice(0, limit);
  return {
    rows: await byIds(store, newest),
    searchedTo: newest.length < limit ? searchedTo : undefined,
  };
}

/** Reads summaries in the order of `ids`. */
async function byIds(store: Store, ids: readonly string[]): Promise<SubmissionSummary[]> {
  if (ids.length === 0) return [];
  const rows = await summaryRows(store).where("submissions.id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return summariesOf(
    store,
    ids.flatMap((id) => byId.get(id) ?? []),
  );
}

/**
 * Reads open submissions whose embargo or `needed_by` falls into a range of days. These instants are stored as sent, in any
 * time zone, so the range must be a day wider on both sides and the caller checks the exact time.
 *
 * @param from first day, YYYY-MM-DD
 * @param until day after the last, YYYY-MM-DD
 * @param kecamatan undefined for all
 */
export async function readDue(
  store: Store,
  states: readonly State[],
  from: string,
  until: string,
  limit: number,
  kecamatan?: string,
): Promise<SubmissionSummary[]> {
  const ids = new Set<string>();
  for (const state of states) {
    for (const column of ["embargo", "needed_by"] as const) {
      let query = store
        .selectFrom("submissions")
        .select("id")
        .where("state", "=", state)
        .where(column, ">=", from)
        .where(column, "<", until)
        .orderBy(column)
        .limit(limit);
      if (kecamatan !== undefined) query = query.where("kecamatan", "=", kecamatan);
      for (const { id } of await query.execute()) ids.add(id);
    }
  }
  return byIds(store, [...ids].sort().slice(0, limit));
}

/** Counts submissions in these states up to `max`, which is enough for the number on a tab. */
export async function countUpTo(
  store: Store,
  filter: { states: readonly State[]; kecamatan?: string | undefined; claimedBy?: string },
  max: number,
): Promise<number> {
  let count = 0;
  for (const state of filter.states) {
    let some = store.selectFrom("submissions").select("id").where("state", "=", state).limit(max);
    if (filter.kecamatan) some = some.where("kecamatan", "=", filter.kecamatan);
    if (filter.claimedBy) some = some.where("claimed_by", "=", filter.claimedBy);
    const row = await store
      .selectFrom(some.as("some"))
      .select((of) => of.fn.countAll<number>().as("count"))
      .executeTakeFirst();
    count += Number(row?.count ?? 0);
  }
  return Math.min(count, max);
}

/** Reads changes after a position in the change feed, oldest first. @param kecamatan undefined for all */
export async function changesSince(
  store: Store,
  seq: number,
  limit: number,
  kecamatan?: string,
): Promise<
  (Pick<Selectable<SubmissionRow>, "id" | "title" | "state" | "revision"> & { seq: number; what: string })[]
> {
  let query = store
    .selectFrom("changes")
    .innerJoin("submissions", "submissions.id", "changes.submission_id")
    .select(["changes.seq", "changes.what"])
    .select(["submissions.id", "submissions.title", "submissions.state", "submissions.revision"])
    .where("changes.seq", ">", seq)
    .orderBy("changes.seq")
    .limit(limit);
  if (kecamatan !== undefined) query = query.where("changes.kecamatan", "=", kecamatan);
  return query.execute();
}
