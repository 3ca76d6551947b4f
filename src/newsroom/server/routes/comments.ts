import type { FastifyInstance } from "fastify";
import { createComment, limits } from "../../contract.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { invalidField } from "../problems.js";
import { insertComment, listComments, noteChange } from "../store/history.js";
import { updateSubmission } from "../store/submissions.js";
import { visibleSubmission } from "../view.js";
import type { ById } from "./submissions.js";

export function commentRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/comments", async (request) => {
    const { id } = await visibleSubmission(store, request.params.id, callerOf(request));
    return { items: await listComments(store, id), next_cursor: null };
  });

  app.post<ById>("/submissions/:id/comments", async (request, reply) => {
    const caller = callerOf(request);
    const body = checked(createComment, request.body, request);
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      const submission = await visibleSubmission(transaction, request.params.id, caller);
      const before = await listComments(transaction, submission.id);
      if (before.length >= limits.comments_per_submission) {
        throw invalidField("", `<= ${limits.comments_per_submission} comments`);
      }
      const id = await insertComment(
        transaction,
        {
          submission_id: submission.id,
          author_id: caller.id,
          body: body.body,
          revision: submission.revision,
          anchor: body.anchor ? JSON.stringify(body.anchor) : null,
        },
        now(),
      );
      await updateSubmission(transaction, submission.id, {}, now());
      await noteChange(transaction, submission, "comment", now());
      const after = await listComments(transaction, submission.id);
      return { status: 201, headers: {}, body: after.find((one) => one.id === id) };
    });
  });
}
