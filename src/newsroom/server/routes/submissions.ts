import type { FastifyInstance } from "fastify";
import { apiPath, createSubmission, reviseSubmission, submissionQuery } from "../../contract.js";
import { type Answer, answerOnce, idempotencyKey } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import type { Caller } from "../domain/caller.js";
import { problem } from "../domain/problem.js";
import { listQueue } from "../domain/read.js";
import * as manuscripts from "../domain/revise.js";
import { etagOf, readSubmission } from "../domain/view.js";
import type { Store } from "../store/open.js";

export interface ById {
  Params: { id: string };
}

export function submissionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.post("/submissions", async (request, reply) => {
    const caller = callerOf(request);
    // Without a key a lost answer would make a second submission.
    if (idempotencyKey(request) === undefined) {
      throw problem("invalid", { status: 400, detail: "Idempotency-Key: UUID" });
    }
    const body = checked(createSubmission, request.body, request);
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      const id = await manuscripts.createSubmission(transaction, caller, body, now());
      const answer = await submissionAnswer(transaction, caller, id, 201);
      return { ...answer, headers: { ...answer.headers, location: `${apiPath}/submissions/${id}` } };
    });
  });

  app.get("/submissions", async (request) =>
    listQueue(store, callerOf(request), checked(submissionQuery, request.query, request)),
  );

  app.get<ById>("/submissions/:id", async (request, reply) => {
    const answer = await submissionAnswer(store, callerOf(request), request.params.id);
    return reply.headers(answer.headers).send(answer.body);
  });

  app.put<ById>("/submissions/:id", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(reviseSubmission, request.body, request);
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      await manuscripts.reviseSubmission(transaction, caller, id, body, ifMatch, now());
      return submissionAnswer(transaction, caller, id);
    });
  });
}

/** The whole submission as an answer, with its ETag. */
export async function submissionAnswer(
  store: Store,
  caller: Caller,
  id: string,
  status = 200,
): Promise<Answer> {
  const body = await readSubmission(store, caller, id);
  return { status, headers: { etag: etagOf(body.revision) }, body };
}
