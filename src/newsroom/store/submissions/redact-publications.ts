import { sql } from "kysely";
import type { LookupKeys } from "../../../contract/contract.js";
import { ownCodes } from "../../../contract/failure-codes.js";
import { outStates, type PublicationState } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { markResidue } from "../service/residue.js";
import { failureOf } from "./attempts.js";

/**
 * Removes what the publications of a redacted revision hold of its text: reasons, which a channel may have quoted it in, what their
 * attempts are looked up by, and links, whose words may be its title. The links of what is still out stay, and what names its photos:
 * without them nobody finds it to take it down.
 */
export async function redactPublicationsOf(
  store: Store,
  submissionId: string,
  revision: number,
  placeholder: string,
): Promise<void> {
  const ofRevision = store
    .updateTable("publications")
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision);
  await ofRevision.set({ reason: placeholder }).where("reason", "is not", null).execute();
  await ofRevision.set({ url: null, remote_id: null }).where("state", "not in", outStates).execute();
  await store
    .updateTable("publication_attempts")
    .set({
      // A channel's own code may be words of the text.
      code: sql`case when code in (${sql.join(ownCodes)}) then code end`,
      failure: null,
    })
    .where((where) => where.or([where("code", "is not", null), where("failure", "is not", null)]))
    .where("publication_id", "in", (where) =>
      where
        .selectFrom("publications")
        .select("publications.id")
        .where("publications.submission_id", "=", submissionId)
        .where("publications.revision", "=", revision),
    )
    .execute();
  await shortenIntents(store, submissionId, revision, []);
}

/**
 * Removes what decided attempts at a revision are looked up by, and what their failures say, which may name a photo: one of its photos
 * was redacted, so it is not sent again. What names the photos of what is still out stays.
 */
export async function dropDecidedIntents(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<void> {
  const decided = await store
    .selectFrom("publications")
    .select("id")
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision)
    .where("state", "not in", undecided)
    .execute();
  await dropFailures(
    store,
    decided.map(({ id }) => id),
  );
  await shortenIntents(store, submissionId, revision, undecided);
}

/** The states in which nobody knows yet whether an attempt has sent it. */
const undecided: readonly PublicationState[] = ["publishing", "unclear"];
/** An intent of which nothing is left. */
const emptied = "{}";
/** Rows that are read and written at a time. */
const batch = 50;

/**
 * Leaves of the intents at a revision what names the photos of what is out, and of the others nothing.
 *
 * @param except states of publications whose intents stay
 */
async function shortenIntents(
  store: Store,
  submissionId: string,
  revision: number,
  except: readonly PublicationState[],
): Promise<void> {
  const publications = await store
    .selectFrom("publications")
    .select(["id", "state"])
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision)
    .execute();
  for (const { id, state } of publications) {
    if (except.includes(state)) continue;
    if (outStates.includes(state)) await keepPhotosOf(store, id);
    else await emptyIntents(store, [id]);
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

async function emptyIntents(store: Store, ids: readonly string[]): Promise<void> {
  await store
    .updateTable("publication_attempts")
    .set({ intent: emptied })
    .where("publication_id", "in", ids)
    .where("intent", "is not", null)
    .execute();
}

/**
 * Removes the links of these publications where their revision was redacted, and what their attempts are found by where one of its
 * photos was, too: they were kept as long as it was out.
 */
export async function dropRedactedLinks(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { numUpdatedRows } = await store
    .updateTable("publications")
    .set({ url: null, remote_id: null })
    .where("id", "in", ids)
    .where("url", "is not", null)
    .where((where) =>
      where.exists(
        where
          .selectFrom("redactions")
          .select("redactions.id")
          .whereRef("redactions.submission_id", "=", "publications.submission_id")
          .whereRef("redactions.revision", "=", "publications.revision"),
      ),
    )
    .executeTakeFirst();
  const found = await redactedAmong(store, ids);
  if (found.length > 0) {
    await emptyIntents(store, found);
    await dropFailures(store, found);
  }
  // The next sweep removes them from the files of the store, too.
  if (numUpdatedRows > 0n || found.length > 0) await markResidue(store);
}

/**
 * Removes what `dropDecidedIntents` has left, as long as nobody knew whether it is out: by now somebody has found that it is. What names its
 * photos stays.
 */
export async function shortenDecided(store: Store, id: string): Promise<void> {
  const [found] = await redactedAmong(store, [id]);
  if (found === undefined) return;
  await keepPhotosOf(store, id);
  await dropFailures(store, [id]);
  await markResidue(store);
}

/** Removes what attempts have told of their failures, which may name a photo, also where the publication repeats it as its reason. */
async function dropFailures(store: Store, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const told = await store
    .selectFrom("publication_attempts")
    .select(["publication_id", "failure"])
    .where("publication_id", "in", ids)
    .where("failure", "is not", null)
    .execute();
  for (const { publication_id, failure } of told) {
    const { reason } = failureOf({ failure });
    if (reason === null || ownCodes.some((own) => own === reason)) continue;
    await store
      .updateTable("publications")
      .set({ reason: "?" })
      .where("id", "=", publication_id)
      .where("reason", "=", reason)
      .execute();
  }
  await store
    .updateTable("publication_attempts")
    .set({ failure: null })
    .where("publication_id", "in", ids)
    .where("failure", "is not", null)
    .execute();
}

/** Of these publications, those with a redacted revision or photo whose attempts name anything. */
async function redactedAmong(store: Store, ids: readonly string[]): Promise<string[]> {
  const rows = await store
    .selectFrom("publications")
    .select("publications.id")
    .where("publications.id", "in", ids)
    .where(({ exists, or, selectFrom }) =>
      or([
        exists(
          selectFrom("redactions")
            .select("redactions.id")
            .whereRef("redactions.submission_id", "=", "publications.submission_id")
            .whereRef("redactions.revision", "=", "publications.revision"),
        ),
        exists(
          selectFrom("photo_references")
            .innerJoin("photos", "photos.sha256", "photo_references.sha256")
            .select("photos.sha256")
            .whereRef("photo_references.submission_id", "=", "publications.submission_id")
            .whereRef("photo_references.revision", "=", "publications.revision")
            .where("photos.removed_at", "is not", null),
        ),
      ]),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("publication_attempts")
          .select("publication_attempts.number")
          .whereRef("publication_attempts.publication_id", "=", "publications.id")
          .where((where) =>
            where.or([
              where("publication_attempts.intent", "!=", emptied),
              where("publication_attempts.failure", "is not", null),
            ]),
          ),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

/** How the reason of what a request has stopped begins: the cause follows in brackets, and after a colon whose words it was in. */
export const stoppedReason = "Dihentikan, karena diminta turun";
const beforeWords = new RegExp(`^${stoppedReason} \\([^)]*\\): `);

/**
 * Replaces the words of those who wanted a publication taken down, which its step in the history repeats after the channel and the
 * cause, and what was stopped with it after the cause. @param reason of that step
 */
export async function replaceTakeDownReasons(
  store: Store,
  submissionId: string,
  reason: string,
  placeholder: string,
): Promise<void> {
  const rows = await store
    .selectFrom("publications")
    .select(["id", "reason"])
    .where("submission_id", "=", submissionId)
    .where("reason", "is not", null)
    .execute();
  const ids = rows.flatMap(({ id, reason: own }) =>
    reason.endsWith(`. ${own?.replace(beforeWords, "")}`) ? [id] : [],
  );
  if (ids.length === 0) return;
  await store.updateTable("publications").set({ reason: placeholder }).where("id", "in", ids).execute();
}
