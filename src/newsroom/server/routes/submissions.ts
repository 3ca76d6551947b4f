import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import { apiPath, type Submission } from "../../contract.js";
import { type Answer, answerOnce, idempotencyKey } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import type { Caller } from "../domain/caller.js";
import { problem } from "../domain/problem.js";
import { listQueue } from "../domain/read.js";
import { createSubmission, reviseSubmission } from "../domain/revise.js";
import { etagOf, readSubmission } from "../domain/view.js";
import { ok, serveEndpoint } from "../endpoint.js";
import type { Store } from "../store/open.js";

export interface ById {
  Params: { id: string };
}

export function submissionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.createSubmission, async ({ caller, body, request }) => {
    // Without a key a lost answer would make a second submission.
    if (idempotencyKey(request) === undefined) {
      throw problem("invalid", { status: 400, detail: "Idempotency-Key: UUID" });
    }
    return answerOnce(store, now(), request, body, async (transaction) => {
      const id = await createSubmission(transaction, caller, body, now());
      const answer = await submissionAnswer(transaction, caller, id, 201);
      return { ...answer, headers: { ...answer.headers, location: `${apiPath}/submissions/${id}` } };
    });
  });

  serveEndpoint(app, endpoints.listSubmissions, async ({ caller, query }) =>
    ok(await listQueue(store, caller, query)),
  );

  serveEndpoint(app, endpoints.readSubmission, async ({ caller, params }) =>
    submissionAnswer(store, caller, params.id),
  );

  serveEndpoint(app, endpoints.reviseSubmission, async ({ caller, params, body, request }) => {
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, body, async (transaction) => {
      await reviseSubmission(transaction, caller, params.id, body, ifMatch, now());
      return submissionAnswer(transaction, caller, params.id);
    });
  });
}

/** The whole submission as an answer, with its ETag. */
async function submissionAnswer(store: Store, caller: Caller, id: string, status = 200): Promise<Answer> {
  return asAnswer(await readSubmission(store, caller, id), status);
}

export function asAnswer(submission: Submission, status = 200): Answer {
  return ok(submission, status, { etag: etagOf(submission.revision) });
}
