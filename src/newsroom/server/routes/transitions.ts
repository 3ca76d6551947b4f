import type { FastifyInstance } from "fastify";
import { transitionRequest } from "../../contract.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { listTransitions } from "../store/history.js";
import { takeStep } from "../take-step.js";
import { submissionAnswer, visibleSubmission } from "../view.js";
import type { ById } from "./submissions.js";

export function transitionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/transitions", async (request) => {
    const { id } = await visibleSubmission(store, request.params.id, callerOf(request));
    return { items: await listTransitions(store, id), next_cursor: null };
  });

  app.post<ById>("/submissions/:id/transitions", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(transitionRequest, request.body, request);
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      await takeStep(transaction, caller, id, body, ifMatch, now());
      return submissionAnswer(transaction, id, caller);
    });
  });
}
