import { sql } from "kysely";
import { ownCodes } from "../../../contract/failure-codes.js";
import { outStates } from "../../../contract/lifecycle.js";
import type { Store } from "../database/open.js";
import { markResidue } from "../service/residue.js";

/**
 * Removes what the publications of a redacted revision hold of its text: reasons, which a channel may have quoted it in, what their
 * attempts are looked up by, and links, whose words may be its title. The links of what is still out stay: without them nobody finds
 * it to take it down.
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
}

/**
 * Removes what decided attempts at a revision are looked up by, and what their failures say, which may name a photo: one of its photos
 * was redacted, so it is not sent again.
 */
export async function dropDecidedIntents(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<void> {
  await store
    .updateTable("publication_attempts")
    .set({ failure: null, intent: sql`case when intent is null then null else '{}' end` })
    .where((where) => where.or([where("intent", "is not", null), where("failure", "is not", null)]))
    .where("publication_id", "in", (where) =>
      where
        .selectFrom("publications")
        .select("publications.id")
        .where("publications.submission_id", "=", submissionId)
        .where("publications.revision", "=", revision)
        .where("publications.state", "not in", ["publishing", "unclear"]),
    )
    .execute();
}

/** Removes the links of these publications where their revision was redacted: they were kept as long as it was out. */
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
  // The next sweep removes them from the files of the store, too.
  if (numUpdatedRows > 0n) await markResidue(store);
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
