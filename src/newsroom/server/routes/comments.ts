import type { FastifyInstance } from "fastify";
import { createComment, pageQuery } from "../../contract.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { addComment } from "../domain/comments.js";
import { readComments } from "../domain/read.js";
import type { ById } from "./submissions.js";

export function commentRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/comments", async (request) => {
    const page = checked(pageQuery, request.query, request);
    return readComments(store, callerOf(request), request.params.id, page);
  });

  app.post<ById>("/submissions/:id/comments", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(createComment, request.body, request);
    return answerOnce(store, now(), request, reply, body, async (transaction) => ({
      status: 201,
      headers: {},
      body: await addComment(transaction, caller, id, body, now()),
    }));
  });
}
