import { type Selectable, sql, type Updateable } from "kysely";
import type { Content, Person, SubmissionSummary } from "../../../contract/contract.js";
import {
  displayStateOf,
  isOut,
  type PublicationState,
  type State,
  takeDownCauses,
} from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { batches } from "../photos/photos.js";
import type { SubmissionRow } from "../schema.js";
import { inScope, type Scope } from "../scope.js";
import { endOfSearch, searchLimit } from "./search.js";

/** A submission with the names of its author and claimer. */
export type SubmissionWithNames = Selectable<SubmissionRow> & {
  author_name: string;
  claimed_name: string | null;
};

/** What a summary says of a submission. Of 50 rows, reading the columns takes longest. */
const summaryColumns = [
  "id",
  "kecamatan",
  "kind",
  "title",
  "state",
  "asked",
  "priority",
  "needed_by",
  "embargo",
  "revision",
  "author_id",
  "claimed_by",
  "photos",
  "received_at",
  "updated_at",
] as const;

type SummaryRow = Pick<SubmissionWithNames, (typeof summaryColumns)[number] | "author_name" | "claimed_name">;

/** The columns that duplicate fields of the newest revision, for lists. */
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

const withNames = (store: Store) =>
  store
    .selectFrom("submissions")
    .innerJoin("users as author", "author.id", "submissions.author_id")
    .leftJoin("users as claimer", "claimer.id", "submissions.claimed_by")
    .select(["author.name as author_name", "claimer.name as claimed_name"]);

/** Query for rows of summaries. */
export const summaryRows = (store: Store) =>
  withNames(store).select(summaryColumns.map((column) => `submissions.${column}` as const));

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
      asked: null,
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

/** Finds a submission within the scope of whoever asks. */
export async function findSubmission(
  store: Store,
  id: string,
  scope: Scope,
): Promise<SubmissionWithNames | undefined> {
  return withNames(store)
    .selectAll("submissions")
    .where("submissions.id", "=", id)
    .where((where) => inScope(where, scope))
    .executeTakeFirst();
}

interface SubmissionFilter {
  /** What the reader sees. */
  scope: Scope;
  state?: State | undefined;
  kecamatan?: string | undefined;
  kind?: string | undefined;
  /** Only submissions changed at this instant or later. */
  since?: string | undefined;
  /** Part of the title; ASCII letters match in any case. */
  q?: string | undefined;
  /** Only submissions received before this one. */
  beforeId?: string | undefined;
  limit: number;
}

interface FoundSubmissions {
  rows: SummaryRow[];
  /** Where the search stopped before the page was full. It continues with ids below this one. */
  searchedTo?: string;
}

/**
 * Lists submissions, newest first. Ids are UUIDv7, so their order is that of arrival and never changes. Filters without
 * an index (part of a title, time of change) search a limited number of the newest rows; the next request continues from
 * there. So the cost of a request does not grow with the number of submissions.
 */
export async function listSubmissions(store: Store, filter: SubmissionFilter): Promise<FoundSubmissions> {
  const since = filter.since === undefined ? undefined : new Date(filter.since).toISOString();
  const fewChanged = since !== undefined && (await hasFewChanges(store, since));
  const searches = (since !== undefined && !fewChanged) || Boolean(filter.q);
  const end = searches ? await endOfSearch([indexedIds(store, filter)]) : undefined;
  let query = indexedIds(store, filter, fewChanged ? since : undefined)
    .orderBy("id", "desc")
    .limit(filter.limit);
  if (end !== undefined) query = query.where("id", ">=", end);
  if (since) query = query.where("updated_at", ">=", since);
  if (filter.q) query = query.where(titleHas(filter.q));
  // The page's ids come from the index; only its rows are read.
  const rows = await summaryRows(store)
    .where("submissions.id", "in", query)
    .orderBy("submissions.id", "desc")
    .execute();
  return end !== undefined && rows.length < filter.limit ? { rows, searchedTo: end } : { rows };
}

/**
 * Condition that the title contains this part; ASCII letters match in any case. Not by LIKE, which compares letter by letter:
 * a search for 199 letters "a" and a "b" among titles of "a" stopped the service for 0.2 s. Both databases have `replace`.
 */
export function titleHas(part: string) {
  return sql<boolean>`replace(lower(title), lower(${part}), '') <> lower(title)`;
}

/**
 * Query for the ids that match the indexed filters.
 *
 * @param changedSince given when few submissions have changed since
 */
function indexedIds(store: Store, filter: SubmissionFilter, changedSince?: string) {
  const changed = store
    .selectFrom("submissions")
    .selectAll()
    .where("updated_at", ">=", changedSince ?? "")
    .orderBy("updated_at", "desc")
    .limit(searchLimit);
  const from =
    changedSince === undefined
      ? store.selectFrom("submissions")
      : store.selectFrom(changed.as("submissions"));
  let query = from.select("id").where((where) => inScope(where, filter.scope));
  if (filter.kecamatan) query = query.where("kecamatan", "=", filter.kecamatan);
  if (filter.state) query = query.where("state", "=", filter.state);
  if (filter.kind) query = query.where("kind", "=", filter.kind);
  if (filter.beforeId) query = query.where("id", "<", filter.beforeId);
  return query;
}

async function hasFewChanges(store: Store, since: string): Promise<boolean> {
  const more = await store
    .selectFrom("submissions")
    .select("id")
    .where("updated_at", ">=", since)
    .orderBy("updated_at", "desc")
    .offset(searchLimit)
    .limit(1)
    .executeTakeFirst();
  return more === undefined;
}

/** Reads the publication states of each of these submissions, as far as lists need them. */
async function publicationsOf(
  store: Store,
  ids: readonly string[],
): Promise<Map<string, PublicationStatus[]>> {
  const found = new Map<string, PublicationStatus[]>(ids.map((id) => [id, []]));
  for (const some of batches(ids)) {
    const rows = await store
      .selectFrom("publications")
      .select(["submission_id", "state", "correction", "take_down_requested_at", "take_down_cause"])
      .where("submission_id", "in", some)
      .execute();
    for (const { submission_id, state, correction, take_down_requested_at, take_down_cause } of rows) {
      const take_down = take_down_requested_at
        ? { requested_at: take_down_requested_at, cause: take_down_cause }
        : null;
      found.get(submission_id)?.push({ state, correction: correction === 1, take_down });
    }
  }
  return found;
}

interface PublicationStatus {
  state: PublicationState;
  correction: boolean;
  take_down?: SubmissionSummary["take_down"];
}

/** The request with the gravest cause about what is out, or may be; of several the first. */
function takeDownOf(publications: readonly PublicationStatus[]): SubmissionSummary["take_down"] {
  const open = publications.flatMap((row) => (isOut(row) && row.take_down ? [row.take_down] : []));
  const rank = (cause: (typeof open)[number]["cause"]) =>
    cause === null ? takeDownCauses.length : takeDownCauses.indexOf(cause);
  const [first] = open.sort(
    (a, b) => rank(a.cause) - rank(b.cause) || Date.parse(a.requested_at) - Date.parse(b.requested_at),
  );
  return first ? { requested_at: first.requested_at, cause: first.cause } : null;
}

/** Makes summaries in the order of the rows. */
export async function summariesOf(store: Store, rows: readonly SummaryRow[]): Promise<SubmissionSummary[]> {
  const publications = await publicationsOf(
    store,
    rows.map((row) => row.id),
  );
  return rows.map((row) => summaryOf(row, publications.get(row.id) ?? []));
}

export function summaryOf(row: SummaryRow, publications: readonly PublicationStatus[]): SubmissionSummary {
  return {
    id: row.id,
    kecamatan: row.kecamatan,
    kind: row.kind,
    title: row.title,
    state: row.state,
    shown: displayStateOf(row.state, publications),
    asked: row.asked,
    take_down: takeDownOf(publications),
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

/** Reads the names of these people, in the order of the ids. */
export async function namesOf(store: Store, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const rows = await store.selectFrom("users").select(["id", "name"]).where("id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Lists the ids of submissions that were merged into this one, as far as the scope has them. */
export async function relatedTo(store: Store, id: string, scope: Scope): Promise<string[]> {
  const rows = await store
    .selectFrom("related_submissions")
    .innerJoin("submissions", "submissions.id", "related_submissions.related_id")
    .select("related_id")
    .where("submission_id", "=", id)
    .where((where) => inScope(where, scope))
    .orderBy("related_id")
    .execute();
  return rows.map((row) => row.related_id);
}

export async function addRelated(store: Store, submissionId: string, relatedId: string): Promise<void> {
  await store
    .insertInto("related_submissions")
    .values({ submission_id: submissionId, related_id: relatedId })
    .onConflict((on) => on.doNothing())
    .execute();
}
