import type { Insertable, Selectable, Updateable } from "kysely";
import { v7 as uuid } from "uuid";
import type { ListedPublication, Publication } from "../../../contract/contract.js";
import type { PublicationState } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import type { PublicationRow } from "../schema.js";
import { inScope, type Scope } from "../scope.js";
import type { Slice } from "../slice.js";
import { leasesOf, type RemovalProblem, removalProblemsOf } from "./attempts.js";
import { dropRedactedLinks, shortenDecided } from "./redact-publications.js";

/** A publication as it is stored, with the names of whoever made it and of who wants it taken down. */
export type StoredPublication = Selectable<PublicationRow> & { name: string; requester: string | null };

/** Inserts a publication and returns its id. */
export async function insertPublication(
  store: Store,
  row: Omit<Insertable<PublicationRow>, "id" | "created_at">,
  now: Date,
): Promise<string> {
  const id = uuid();
  await freeSlots(store, row.submission_id);
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

/** Changes one publication, whose slot may change too. */
export async function changePublicationRow(
  store: Store,
  { id, submission_id }: Pick<PublicationRow, "id" | "submission_id">,
  changes: Updateable<PublicationRow> & Pick<PublicationRow, "state" | "slot">,
): Promise<void> {
  await freeSlots(store, submission_id);
  await updatePublications(store, [id], changes);
  if (changes.state === "failed" || changes.state === "unpublished") await dropRedactedLinks(store, [id]);
  if (changes.state === "published" || changes.state === "handed_over") await shortenDecided(store, id);
}

/** Frees the slots of what is not live any more: an older process, which knows no slots, leaves them when it ends something. */
async function freeSlots(store: Store, submissionId: string): Promise<void> {
  await store
    .updateTable("publications")
    .set({ slot: null })
    .where("submission_id", "=", submissionId)
    .where("slot", "is not", null)
    .where("state", "in", ["failed", "unpublished"])
    .execute();
}

/** Publications with the names of whoever made them, and of who wants them taken down, oldest first. */
export const withPublisher = (store: Store) =>
  store
    .selectFrom("publications")
    .innerJoin("users", "users.id", "publications.by_id")
    .leftJoin("users as requesters", "requesters.id", "publications.take_down_by")
    .selectAll("publications")
    .select(["users.name", "requesters.name as requester"])
    .orderBy("publications.id");

/** Reads the publications of a submission as they are stored, oldest first. */
export async function storedPublications(store: Store, submissionId: string): Promise<StoredPublication[]> {
  return withPublisher(store).where("publications.submission_id", "=", submissionId).execute();
}

function publicationOf(
  row: StoredPublication,
  held: Publication["held"],
  problem: RemovalProblem | null,
): Publication {
  return {
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
    held,
    take_down: isWantedGone(row)
      ? {
          requested_at: row.take_down_requested_at!,
          by: { id: row.take_down_by ?? row.by_id, name: row.requester ?? row.name },
          cause: row.take_down_cause,
          problem,
        }
      : null,
  };
}

/** Whether it is out and shall be taken down. */
export function isToGo(row: Pick<StoredPublication, "state" | "take_down_requested_at">): boolean {
  return row.state === "published" && row.take_down_requested_at !== null;
}

/** Whether it is or may be out, and shall be taken down. */
function isWantedGone(row: StoredPublication): boolean {
  const mayBeOut = ["publishing", "unclear", "handed_over"].includes(row.state);
  return isToGo(row) || (mayBeOut && row.take_down_requested_at !== null);
}

/** Whether somebody may hold an attempt at it. */
function isAttempted(row: StoredPublication): boolean {
  return ["publishing", "unclear", "handed_over"].includes(row.state) || isToGo(row);
}

/** Makes publications of rows, with who holds their attempts at this instant. */
export async function publicationsOf(
  store: Store,
  rows: readonly StoredPublication[],
  now: Date,
): Promise<Publication[]> {
  const ids = rows.filter(isAttempted).map(({ id }) => id);
  const leases = await leasesOf(store, ids, now);
  const toGo = rows.filter(isToGo).map(({ id }) => id);
  const problems = await removalProblemsOf(store, toGo);
  return rows.map((row) => publicationOf(row, leases.get(row.id) ?? null, problems.get(row.id) ?? null));
}

/** Lists the publications of a submission, oldest first, with who holds their attempts at this instant. */
export async function listPublications(
  store: Store,
  submissionId: string,
  now: Date,
  slice?: Slice,
): Promise<Publication[]> {
  let query = withPublisher(store).where("publications.submission_id", "=", submissionId);
  if (slice) query = query.limit(slice.limit);
  if (slice?.after !== undefined) query = query.where("publications.id", ">", slice.after);
  return publicationsOf(store, await query.execute(), now);
}

/** Reads the states of a submission's publications. */
export async function publicationStatesOf(
  store: Store,
  submissionId: string,
): Promise<Pick<PublicationRow, "state">[]> {
  return store
    .selectFrom("publications")
    .select("state")
    .where("submission_id", "=", submissionId)
    .orderBy("id")
    .execute();
}

interface PublicationFilter {
  scope: Scope;
  state?: PublicationState | undefined;
  /** Only those that are scheduled for this instant or earlier and of which the revision is approved. */
  dueBy?: Date | undefined;
  /** Only those that are out and shall be taken down. */
  toGo?: boolean;
}

/** Lists publications of all submissions within a scope, oldest first. */
export async function findPublications(
  store: Store,
  { scope, state, dueBy, toGo }: PublicationFilter,
  { after, limit }: Slice,
  now: Date,
): Promise<ListedPublication[]> {
  let query = withPublisher(store)
    .innerJoin("submissions", "submissions.id", "publications.submission_id")
    .select(["submissions.kecamatan", "submissions.title"])
    .where((where) => inScope(where as never, scope))
    .limit(limit);
  if (after !== undefined) query = query.where("publications.id", ">", after);
  if (state !== undefined) query = query.where("publications.state", "=", state);
  if (toGo) {
    query = query
      .where("publications.state", "=", "published")
      .where("publications.take_down_requested_at", "is not", null);
  }
  if (dueBy !== undefined) {
    query = query
      .where("publications.state", "=", "scheduled")
      .where("publications.scheduled_for", "<=", dueBy.toISOString())
      .where("submissions.state", "=", "approved")
      .whereRef("submissions.revision", "=", "publications.revision");
  }
  const rows = await query.execute();
  const publications = await publicationsOf(store, rows, now);
  return publications.map((publication, at) => {
    const { submission_id, kecamatan, title } = rows[at]!;
    return { ...publication, submission: { id: submission_id, kecamatan, title } };
  });
}
