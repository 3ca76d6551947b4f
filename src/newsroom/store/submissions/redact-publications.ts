import { sql } from "kysely";
import { ownCodes } from "../../../contract/failure-codes.js";
import { outStates, type PublicationState } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { markResidue } from "../service/residue.js";
import { failureOf } from "./attempts.js";
import { emptied, forgetPhotos, shortenIntents } from "./redacted-intents.js";
import { placeholder } from "./redactions.js";

/**
 * Removes what the publications of a redacted revision hold of its text: reasons, which a channel may have quoted it in, what their
 * attempts are looked up by, and links, whose words may be its title. The links of what is still out stay, and what names the photos at the
 * channel: without them nobody finds them to take them down.
 */
export async function redactPublicationsOf(
  store: Store,
  submissionId: string,
  revision: number,
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
  await shortenIntents(store, await idsOf(store, submissionId, revision));
}

/**
 * Removes what decided attempts at a revision are looked up by, and what all failures say, which may name a photo: one of its photos
 * was redacted, so it is not sent again. What names the photos at the channel stays.
 */
export async function dropDecidedIntents(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<void> {
  // What a channel has said finds nothing, so it is not waited for.
  await dropFailures(store, await idsOf(store, submissionId, revision));
  await shortenIntents(store, await idsOf(store, submissionId, revision, undecided));
}

async function idsOf(
  store: Store,
  submissionId: string,
  revision: number,
  except: readonly PublicationState[] = [],
): Promise<string[]> {
  const rows = await store
    .selectFrom("publications")
    .select(["id", "state"])
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision)
    .execute();
  return rows.flatMap(({ id, state }) => (except.includes(state) ? [] : [id]));
}

/** The states in which nobody knows yet whether an attempt has sent it. */
const undecided: readonly PublicationState[] = ["publishing", "unclear"];

/**
 * Removes the links of these publications where their revision was redacted, and what their attempts are found by where one of its
 * photos was, too: they were kept as long as it was out. What names photos stays until they are gone.
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
  await shortenIntents(store, found);
  await dropFailures(store, found);
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
  await shortenIntents(store, [id]);
  await dropFailures(store, [id]);
  await markResidue(store);
}

/**
 * Forgets where the photos of these publications were, as far as a redaction has left it: a machine has removed them all.
 *
 * @param until the machine knew of what had been announced before
 */
export async function forgetRemovedPhotos(
  store: Store,
  ids: readonly string[],
  until: string,
): Promise<void> {
  if (ids.length > 0) await forgetPhotos(store, await redactedAmong(store, ids), until);
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
      .set({ reason: placeholder })
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
