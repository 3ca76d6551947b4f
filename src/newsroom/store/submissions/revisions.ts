import type { z } from "zod";
import type { Content, revision, revisionSummary } from "../../../contract/contract.js";
import { isApproved } from "../approved.js";
import type { Store } from "../database/open.js";
import type { RevisionRow } from "../schema.js";
import type { Scope } from "../scope.js";
import type { Slice } from "../slice.js";

/** Inserts a revision. It never changes afterwards, except by redaction. */
export async function insertRevision(
  store: Store,
  row: Omit<RevisionRow, "content">,
  content: Content,
): Promise<void> {
  await store
    .insertInto("revisions")
    .values({ ...row, content: JSON.stringify(content) })
    .execute();
  const references = content.photos.map((photo, position) => ({
    submission_id: row.submission_id,
    revision: row.number,
    position,
    sha256: photo.sha256,
  }));
  if (references.length > 0) await store.insertInto("photo_references").values(references).execute();
}

/** Reads the content of a revision. */
export async function readContent(store: Store, submissionId: string, number: number): Promise<Content> {
  const row = await store
    .selectFrom("revisions")
    .select("content")
    .where("submission_id", "=", submissionId)
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.content);
}

/** @param scope of those who see the approved submissions only, the approved revisions */
function withAuthor(store: Store, submissionId: string, scope: Scope) {
  const query = store
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select(["revisions.number", "revisions.at", "revisions.message", "users.id", "users.name"])
    .where("revisions.submission_id", "=", submissionId);
  if (!("approved" in scope)) return query;
  return query.where(isApproved("revisions.submission_id", "revisions.number"));
}

/** Lists the revisions within a scope, oldest first, without their content. */
export async function listRevisions(
  store: Store,
  submissionId: string,
  scope: Scope,
  { after, limit }: Slice,
): Promise<z.infer<typeof revisionSummary>[]> {
  let query = withAuthor(store, submissionId, scope).orderBy("revisions.number").limit(limit);
  if (after !== undefined) query = query.where("revisions.number", ">", Number(after));
  return (await query.execute()).map(({ id, name, ...rest }) => ({ ...rest, author: { id, name } }));
}

export async function findRevision(
  store: Store,
  submissionId: string,
  number: number,
  scope: Scope = { all: true },
): Promise<z.infer<typeof revision> | undefined> {
  const row = await withAuthor(store, submissionId, scope)
    .select("revisions.content")
    .where("revisions.number", "=", number)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, name, content, ...rest } = row;
  return { ...rest, author: { id, name }, content: JSON.parse(content) };
}
