import type { z } from "zod";
import { type Comment, type createComment, limits } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { countComments, insertComment, noteChange } from "../../store/submissions/history.js";
import { updateSubmission } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { invalidField } from "../problem.js";
import { visibleSubmission } from "./view.js";

/** Adds a comment to a submission; comments are never public. Throws `not-found`, `invalid` past the limit. */
export async function addComment(
  transaction: Store,
  caller: Caller,
  id: string,
  input: z.output<typeof createComment>,
  now: Date,
): Promise<Comment> {
  const submission = await visibleSubmission(transaction, id, caller);
  if ((await countComments(transaction, submission.id)) >= limits.comments_per_submission) {
    throw invalidField("", `<= ${limits.comments_per_submission} comments`);
  }
  const comment = { body: input.body, revision: submission.revision, anchor: input.anchor ?? null };
  const commentId = await insertComment(
    transaction,
    {
      ...comment,
      submission_id: submission.id,
      author_id: caller.id,
      anchor: input.anchor ? JSON.stringify(input.anchor) : null,
    },
    now,
  );
  await updateSubmission(transaction, submission.id, {}, now);
  await noteChange(transaction, submission, "comment", now);
  const author = { id: caller.id, name: caller.name };
  return { id: commentId, author, at: now.toISOString(), ...comment };
}
