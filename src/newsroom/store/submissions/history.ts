import type { Selectable } from "kysely";
import { v7 as uuid } from "uuid";
import type { Comment, Rendering, Submission, Transition } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";
import type { ApprovalRow, ChangeRow, CommentRow, TransitionRow } from "../schema.js";
import type { Slice } from "../slice.js";

/** Adds an entry to the change feed. */
export async function noteChange(
  store: Store,
  submission: { id: string; kecamatan: string },
  what: ChangeRow["what"],
  now: Date,
): Promise<void> {
  const { id, kecamatan } = submission;
  await store
    .insertInto("changes")
    .values({ at: now.toISOString(), submission_id: id, kecamatan, what })
    .execute();
}

export async function insertTransition(
  store: Store,
  row: Omit<TransitionRow, "id" | "at">,
  now: Date,
): Promise<void> {
  const id = uuid();
  await store
    .insertInto("transitions")
    .values({ ...row, id, at: now.toISOString() })
    .execute();
}

/** Lists the steps of a submission, oldest first. */
export async function listTransitions(
  store: Store,
  submissionId: string,
  { after, limit }: Slice,
): Promise<Transition[]> {
  let query = store
    .selectFrom("transitions")
    .innerJoin("users", "users.id", "transitions.by_id")
    .leftJoin("users as assignees", "assignees.id", "transitions.assignee_id")
    .selectAll("transitions")
    .select(["users.name", "assignees.name as assignee_name"])
    .where("submission_id", "=", submissionId)
    .orderBy("transitions.id")
    .limit(limit);
  if (after !== undefined) query = query.where("transitions.id", ">", after);
  return (await query.execute()).map((row) => ({
    id: row.id,
    at: row.at,
    by: { id: row.by_id, name: row.name },
    step: row.step,
    from: row.from_state,
    to: row.to_state,
    reason: row.reason,
    revision: row.revision,
    assignee:
      row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? row.assignee_id },
  }));
}

export async function insertComment(
  store: Store,
  row: Omit<CommentRow, "id" | "at">,
  now: Date,
): Promise<string> {
  const id = uuid();
  await store
    .insertInto("comments")
    .values({ ...row, id, at: now.toISOString() })
    .execute();
  return id;
}

export async function countComments(store: Store, submissionId: string): Promise<number> {
  const row = await store
    .selectFrom("comments")
    .select((of) => of.fn.countAll().as("count"))
    .where("submission_id", "=", submissionId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

const commentsOf = (store: Store, submissionId: string) =>
  store
    .selectFrom("comments")
    .innerJoin("users", "users.id", "comments.author_id")
    .selectAll("comments")
    .select("users.name")
    .where("submission_id", "=", submissionId);

function commentOf(row: Selectable<CommentRow> & { name: string }): Comment {
  return {
    id: row.id,
    author: { id: row.author_id, name: row.name },
    at: row.at,
    body: row.body,
    revision: row.revision,
    anchor: row.anchor === null ? null : JSON.parse(row.anchor),
  };
}

/** Lists comments, oldest first. */
export async function listComments(
  store: Store,
  submissionId: string,
  { after, limit }: Slice,
): Promise<Comment[]> {
  let query = commentsOf(store, submissionId).orderBy("comments.id").limit(limit);
  if (after !== undefined) query = query.where("comments.id", ">", after);
  return (await query.execute()).map(commentOf);
}

export async function findComment(
  store: Store,
  submissionId: string,
  id: string,
): Promise<Comment | undefined> {
  const row = await commentsOf(store, submissionId).where("comments.id", "=", id).executeTakeFirst();
  return row && commentOf(row);
}

export async function insertApproval(
  store: Store,
  row: Omit<ApprovalRow, "id" | "at" | "destinations" | "channels">,
  chosen: { destinations: readonly string[]; channels: readonly string[] },
  now: Date,
): Promise<void> {
  await store
    .insertInto("approvals")
    .values({
      ...row,
      id: uuid(),
      at: now.toISOString(),
      destinations: JSON.stringify(chosen.destinations),
      channels: JSON.stringify(chosen.channels),
    })
    .execute();
}

/** Reads the newest approval. It is valid only while the submission is approved. */
export async function latestApproval(store: Store, submissionId: string): Promise<Submission["approval"]> {
  const row = await store
    .selectFrom("approvals")
    .innerJoin("users", "users.id", "approvals.by_id")
    .selectAll("approvals")
    .select("users.name")
    .where("submission_id", "=", submissionId)
    .orderBy("approvals.id", "desc")
    .executeTakeFirst();
  if (!row) return null;
  return {
    revision: row.revision,
    destinations: JSON.parse(row.destinations),
    channels: JSON.parse(row.channels),
    not_before: row.not_before,
    by: { id: row.by_id, name: row.name },
    at: row.at,
    note: row.note,
    own_revision: row.own_revision === 1,
    overrides: JSON.parse(row.overrides ?? "[]"),
    photos: JSON.parse(row.photo_answers ?? "[]"),
  };
}

/** The newest approval of a revision, and what it froze; undefined where it was never approved. */
export async function approvalOf(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<
  | {
      id: string;
      destinations: NonNullable<Submission["approval"]>["destinations"];
      channels: NonNullable<Submission["approval"]>["channels"];
      renderings: Rendering[] | null;
    }
  | undefined
> {
  const row = await store
    .selectFrom("approvals")
    .select(["id", "destinations", "channels", "renderings"])
    .where("submission_id", "=", submissionId)
    .where("revision", "=", revision)
    .orderBy("id", "desc")
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      destinations: JSON.parse(row.destinations),
      channels: JSON.parse(row.channels),
      renderings: row.renderings === null ? null : JSON.parse(row.renderings),
    }
  );
}

/** Stores what an approval shows on each channel. */
export async function freezeRenderings(
  store: Store,
  approvalId: string,
  renderings: readonly Rendering[],
): Promise<void> {
  await store
    .updateTable("approvals")
    .set({ renderings: JSON.stringify(renderings) })
    .where("id", "=", approvalId)
    .execute();
}
