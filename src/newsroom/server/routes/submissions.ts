import type { FastifyInstance } from "fastify";
import { validate as isUuid } from "uuid";
import { apiPath, createSubmission, reviseSubmission, submissionQuery } from "../../contract.js";
import { answerOnce, idempotencyKey } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { invalidField, problem } from "../problems.js";
import * as manuscripts from "../revise.js";
import { listSubmissions, summaryOf } from "../store/submissions.js";
import { submissionAnswer } from "../view.js";

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
      const answer = await submissionAnswer(transaction, id, caller, 201);
      return { ...answer, headers: { ...answer.headers, location: `${apiPath}/submissions/${id}` } };
    });
  });

  app.get("/submissions", async (request) => {
    const { cursor, limit, ...filter } = checked(submissionQuery, request.query, request);
    const rows = await listSubmissions(store, {
      ...filter,
      visibleTo: callerOf(request).kecamatan,
      beforeId: cursor === undefined ? undefined : idOfCursor(cursor),
      limit: limit + 1,
    });
    const items = rows.slice(0, limit).map(summaryOf);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, next_cursor: last ? Buffer.from(last.id).toString("base64url") : null };
  });

  app.get<ById>("/submissions/:id", async (request, reply) => {
    const answer = await submissionAnswer(store, request.params.id, callerOf(request));
    return reply.headers(answer.headers).send(answer.body);
  });

  app.put<ById>("/submissions/:id", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(reviseSubmission, request.body, request);
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      await manuscripts.reviseSubmission(transaction, caller, id, body, ifMatch, now());
      return submissionAnswer(transaction, id, caller);
    });
  });
}

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, "base64url").toString();
  if (!isUuid(id)) throw invalidField("/cursor", "unknown");
  return id;
}
