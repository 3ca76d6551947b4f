import type { z } from "zod";
import { type Comment, type createComment, limits } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { countComments, insertComment, noteChange } from "../../store/submissions/history.js";
import { updateSubmission } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { invalidField } from "../problem.js";
import { visibleSubmission } from "./view.js";

/** Says something about a submission; never public. Throws `not-found`, `invalid` past the limit. */
export async function addComment(
  transaction: Store,
  caller: Caller,
  id: string,
  said: z.output<typeof createComment>,
  now: Date,
): Promise<Comment> {
  const submission = await visibleSubmission(transaction, id, caller);
  if ((await countComments(transaction, submission.id)) >= limits.comments_per_submission) {
    throw invalidField("", `<= ${limits.comments_per_submission} comments`);
  }
  const comment = { body: said.body, revision: submission.revision, anchor: said.anchor ?? null };
  const commentId = await insertComment(
    transaction,
    {
      ...comment,
      submission_id: submission.id,
      author_id: caller.id,
      anchor: said.anchor ? JSON.stringify(said.anchor) : null,
    },
    now,
  );
  await updateSubmission(transaction, submission.id, {}, now);
  await noteChange(transaction, submission, "comment", now);
  const author = { id: caller.id, name: caller.name };
  return { id: commentId, author, at: now.toISOString(), ...comment };
}
