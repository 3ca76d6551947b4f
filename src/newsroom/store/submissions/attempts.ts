import type { Insertable, Selectable, Updateable } from "kysely";
import type { Attempt, FailureFacts, Publication } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import { batches } from "../photos/photos.js";
import type { PublicationAttemptRow } from "../schema.js";

/** An attempt as it is stored, with the name of whoever has it. */
export type StoredAttempt = Selectable<PublicationAttemptRow> & { name: string };

const withHolder = (store: Store) =>
  store
    .selectFrom("publication_attempts")
    .innerJoin("users", "users.id", "publication_attempts.by_id")
    .selectAll("publication_attempts")
    .select("users.name");

/** Reads the attempts of a publication, oldest first. */
export async function storedAttempts(store: Store, publicationId: string): Promise<StoredAttempt[]> {
  return withHolder(store).where("publication_id", "=", publicationId).orderBy("number").execute();
}

/** Reads the attempts at all publications of a submission, oldest first, by publication. */
export async function attemptsOfSubmission(
  store: Store,
  submissionId: string,
): Promise<Map<string, StoredAttempt[]>> {
  const rows = await withHolder(store)
    .innerJoin("publications", "publications.id", "publication_attempts.publication_id")
    .where("publications.submission_id", "=", submissionId)
    .orderBy("publication_attempts.publication_id")
    .orderBy("publication_attempts.number")
    .execute();
  const found = new Map<string, StoredAttempt[]>();
  for (const row of rows) found.set(row.publication_id, [...(found.get(row.publication_id) ?? []), row]);
  return found;
}

export async function insertAttempt(store: Store, row: Insertable<PublicationAttemptRow>): Promise<void> {
  await store.insertInto("publication_attempts").values(row).execute();
}

export async function updateAttemptRow(
  store: Store,
  { publication_id, number }: Pick<PublicationAttemptRow, "publication_id" | "number">,
  changes: Updateable<PublicationAttemptRow>,
): Promise<void> {
  await store
    .updateTable("publication_attempts")
    .set(changes)
    .where("publication_id", "=", publication_id)
    .where("number", "=", number)
    .execute();
}

/**
 * Deletes lookups that have ended, but the newest: they prove nothing that the publication does not say. What waits for weeks at a
 * website is asked for each minute.
 */
export async function dropEndedLookups(store: Store, publicationId: string, newest: number): Promise<void> {
  await store
    .deleteFrom("publication_attempts")
    .where("publication_id", "=", publicationId)
    .where("kind", "<>", "send")
    .where("outcome", "is not", null)
    .where("number", "<", newest)
    .execute();
}

/** Notes a code on attempts at these publications that are under way to send. Their outcome replaces it. */
export async function noteOnSending(
  store: Store,
  publicationIds: readonly string[],
  code: string,
): Promise<void> {
  if (publicationIds.length === 0) return;
  await store
    .updateTable("publication_attempts")
    .set({ code })
    .where("publication_id", "in", publicationIds)
    .where("kind", "=", "send")
    .where("outcome", "is", null)
    .execute();
}

/** Ends the leases of this publication's attempts: whoever has one is not waited for. */
export async function endLeases(store: Store, publicationId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await store
    .updateTable("publication_attempts")
    .set({ lease_until: at })
    .where("publication_id", "=", publicationId)
    .where("outcome", "is", null)
    .where("lease_until", ">", at)
    .execute();
}

/** Reads who holds the running attempt of each of these publications at this instant. */
export async function leasesOf(
  store: Store,
  publicationIds: readonly string[],
  now: Date,
): Promise<Map<string, NonNullable<Publication["held"]>>> {
  const held = new Map<string, NonNullable<Publication["held"]>>();
  for (const some of batches(publicationIds)) {
    const rows = await withHolder(store)
      .where("publication_id", "in", some)
      .where("outcome", "is", null)
      .where("lease_until", ">", now.toISOString())
      .orderBy("number")
      .execute();
    for (const { publication_id, by_id, name, lease_until } of rows) {
      held.set(publication_id, { by: { id: by_id, name }, until: lease_until });
    }
  }
  return held;
}

export type RemovalProblem = { code: string; reason: string | null; at: string };

/** Reads why the newest ended take-down of each of these publications has not removed it. */
export async function removalProblemsOf(
  store: Store,
  publicationIds: readonly string[],
): Promise<Map<string, RemovalProblem>> {
  const problems = new Map<string, RemovalProblem>();
  for (const some of batches(publicationIds)) {
    const rows = await store
      .selectFrom("publication_attempts")
      .select(["publication_id", "code", "failure", "ended_at", "granted_at"])
      .where("publication_id", "in", some)
      .where("kind", "=", "take_down")
      .where("outcome", "=", "failed")
      .orderBy("number")
      .execute();
    for (const { publication_id, code, failure, ended_at, granted_at } of rows) {
      const { reason } = failureOf({ failure });
      problems.set(publication_id, { code: code ?? "?", reason, at: ended_at ?? granted_at });
    }
  }
  return problems;
}

/** What an attempt has told of its failure besides the code. */
export interface AttemptFailure {
  reason: string | null;
  facts: FailureFacts | null;
}

/** An older process has stored none. */
export function failureOf({ failure }: Pick<StoredAttempt, "failure">): AttemptFailure {
  return failure === null ? { reason: null, facts: null } : (JSON.parse(failure) as AttemptFailure);
}

/** The attempt as the contract has it. */
export function attemptOf(row: StoredAttempt): Attempt {
  return {
    number: row.number,
    kind: row.kind,
    by: { id: row.by_id, name: row.name },
    granted_at: row.granted_at,
    lease_until: row.lease_until,
    intent_at: row.intent_at,
    intent: row.intent === null ? null : JSON.parse(row.intent),
    outcome: row.outcome,
  };
}
