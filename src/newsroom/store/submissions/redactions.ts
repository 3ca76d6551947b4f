import { type Selectable, sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Content, Redaction } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import { condemnBlobs } from "../photos/blob-removals.js";
import type { RedactionRow } from "../schema.js";
import { dropBodiesOf } from "../service/stored-answers.js";
import type { Slice } from "../slice.js";
import { removeAnswers, replaceOverrideReasons } from "./approvals.js";

/** The target of a redaction: exactly one of these, besides the submission. */
export type RedactionTarget = Pick<
  RedactionRow,
  "submission_id" | "revision" | "comment_id" | "transition_id" | "sha256"
>;

export async function insertRedaction(
  store: Store,
  row: Omit<RedactionRow, "id" | "at">,
  now: Date,
): Promise<void> {
  await store
    .insertInto("redactions")
    .values({ ...row, id: uuid(), at: now.toISOString() })
    .execute();
}

const withAuthor = (store: Store) =>
  store
    .selectFrom("redactions")
    .innerJoin("users", "users.id", "redactions.by_id")
    .selectAll("redactions")
    .select("users.name")
    .orderBy("redactions.id");

function tombstoneOf(row: Selectable<RedactionRow> & { name: string }): Redaction {
  return {
    id: row.id,
    submission: row.submission_id,
    revision: row.revision,
    comment: row.comment_id,
    transition: row.transition_id,
    sha256: row.sha256,
    by: { id: row.by_id, name: row.name },
    at: row.at,
    reason: row.reason,
    legal_basis: row.legal_basis,
  };
}

/** Finds the tombstone of a target, if any. */
export async function findRedaction(store: Store, target: RedactionTarget): Promise<Redaction | undefined> {
  let query = withAuthor(store);
  for (const column of ["submission_id", "revision", "comment_id", "transition_id", "sha256"] as const) {
    const value = target[column];
    query = value === null ? query.where(column, "is", null) : query.where(column, "=", value);
  }
  const row = await query.executeTakeFirst();
  return row && tombstoneOf(row);
}

/** Lists the redactions of a submission and of its photos, oldest first. */
export async function listRedactions(
  store: Store,
  submissionId: string,
  { after, limit }: Slice,
): Promise<Redaction[]> {
  let query = withAuthor(store)
    .where((where) =>
      where.or([
        where("submission_id", "=", submissionId),
        where(
          "sha256",
          "in",
          where
            .selectFrom("photo_references")
            .select("photo_references.sha256")
            .where("photo_references.submission_id", "=", submissionId),
        ),
      ]),
    )
    .limit(limit);
  if (after !== undefined) query = query.where("redactions.id", ">", after);
  return (await query.execute()).map(tombstoneOf);
}

/** Replaces a comment's body with `placeholder`; false when there is no such comment. */
export async function replaceComment(
  store: Store,
  submissionId: string,
  id: string,
  placeholder: string,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable("comments")
    .set({ body: placeholder })
    .where("submission_id", "=", submissionId)
    .where("id", "=", id)
    .executeTakeFirst();
  await dropBodiesOf(store, id);
  return numUpdatedRows > 0n;
}

/** Finds the reason of a step; undefined when there is none. */
export async function findReason(
  store: Store,
  submissionId: string,
  id: string,
): Promise<string | undefined> {
  const row = await store
    .selectFrom("transitions")
    .select("reason")
    .where("submission_id", "=", submissionId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.reason ?? undefined;
}

/** The white space that `String.prototype.trim` removes (ECMA-262); SQL's `trim` removes spaces only. */
const whiteSpace =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/**
 * Removes the note of the approval that this step recorded, its overrides, and who consented. Returns whether there is any.
 */
export async function removeNote(
  store: Store,
  submissionId: string,
  stepId: string,
  placeholder: string,
): Promise<boolean> {
  const step = await store
    .selectFrom("transitions")
    .select(["by_id", "at"])
    .where("submission_id", "=", submissionId)
    .where("id", "=", stepId)
    .where("step", "=", "approve")
    .executeTakeFirst();
  if (!step) return false;
  const { numUpdatedRows } = await store
    .updateTable("approvals")
    .set({ note: placeholder })
    .where("submission_id", "=", submissionId)
    .where("by_id", "=", step.by_id)
    .where("at", "=", step.at)
    .where("note", "is not", null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) await dropBodiesOf(store, submissionId);
  return (await removeAnswers(store, submissionId, step)) || numUpdatedRows > 0n;
}

/**
 * Replaces this exact text wherever the submission has it. One reason is stored in several places, trimmed in some and as
 * sent in others.
 */
export async function replaceText(
  store: Store,
  submissionId: string,
  text: string,
  placeholder: string,
): Promise<void> {
  const isSameText = (column: string) =>
    sql<boolean>`ltrim(rtrim(${sql.ref(column)}, ${whiteSpace}), ${whiteSpace}) = ${text.trim()}`;
  await store
    .updateTable("transitions")
    .set({ reason: placeholder })
    .where("submission_id", "=", submissionId)
    .where(isSameText("reason"))
    .execute();
  await store
    .updateTable("revisions")
    .set({ message: placeholder })
    .where("submission_id", "=", submissionId)
    .where(isSameText("message"))
    .execute();
  await store
    .updateTable("publications")
    .set({ reason: placeholder })
    .where("submission_id", "=", submissionId)
    .where(isSameText("reason"))
    .execute();
  await store
    .updateTable("approvals")
    .set({ note: placeholder })
    .where("submission_id", "=", submissionId)
    .where(isSameText("note"))
    .execute();
  await replaceOverrideReasons(store, submissionId, text, placeholder);
  await dropBodiesOf(store, submissionId);
}

/**
 * Replaces a redacted revision's content, and removes its message, photo references, what its approvals have frozen of it, and the
 * bodies of stored answers. Revisions change in no other way.
 */
export async function replaceContent(
  store: Store,
  submissionId: string,
  number: number,
  content: Content,
): Promise<void> {
  await store
    .updateTable("revisions")
    .set({ content: JSON.stringify(content), message: null })
    .where("submission_id", "=", submissionId)
    .where("number", "=", number)
    .execute();
  await store
    .updateTable("approvals")
    .set({ renderings: null })
    .where("submission_id", "=", submissionId)
    .where("revision", "=", number)
    .execute();
  if (content.photos.length === 0) {
    await store
      .deleteFrom("photo_references")
      .where("submission_id", "=", submissionId)
      .where("revision", "=", number)
      .execute();
  }
  await dropBodiesOf(store, submissionId);
}

/** What stands in place of redacted text. */
export const placeholder = "[dihapus]";

/** Whether a photo of this revision was redacted. */
export async function hasRedactedPhoto(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<boolean> {
  const found = await store
    .selectFrom("photo_references")
    .innerJoin("photos", "photos.sha256", "photo_references.sha256")
    .select("photos.sha256")
    .where("photo_references.submission_id", "=", submissionId)
    .where("photo_references.revision", "=", revision)
    .where("photos.removed_at", "is not", null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether the text of this revision was redacted. */
export async function isRedactedRevision(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<boolean> {
  const target = {
    submission_id: submissionId,
    revision,
    comment_id: null,
    transition_id: null,
    sha256: null,
  };
  return (await findRedaction(store, target)) !== undefined;
}

/** Whether this photo was redacted; then it cannot be uploaded again. */
export async function isRedacted(store: Store, sha256: string): Promise<boolean> {
  const row = await store
    .selectFrom("photos")
    .select("removed_at")
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return typeof row?.removed_at === "string";
}

/** Marks a photo as removed, clears its metadata in albums, and condemns its blob in the same transaction. */
export async function removePhoto(store: Store, sha256: string, now: Date): Promise<void> {
  await store
    .updateTable("photos")
    .set({ removed_at: now.toISOString() })
    .where("sha256", "=", sha256)
    .execute();
  await store
    .updateTable("album_photos")
    .set({ source_sha256: null, filename: "", caption: null, alt: null, credit: null })
    .where("sha256", "=", sha256)
    .execute();
  await condemnBlobs(store, [sha256], now);
}

/** Lists every revision that contains this photo. */
export async function referringRevisions(
  store: Store,
  sha256: string,
): Promise<{ submission: { id: string; kecamatan: string }; number: number }[]> {
  const rows = await store
    .selectFrom("photo_references")
    .innerJoin("submissions", "submissions.id", "photo_references.submission_id")
    .select(["submissions.id", "submissions.kecamatan", "photo_references.revision"])
    .distinct()
    .where("photo_references.sha256", "=", sha256)
    .execute();
  return rows.map(({ id, kecamatan, revision }) => ({ submission: { id, kecamatan }, number: revision }));
}
