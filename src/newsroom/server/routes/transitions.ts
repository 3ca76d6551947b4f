import type { FastifyInstance } from "fastify";
import { pageQuery, transitionRequest } from "../../contract.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { readHistory } from "../domain/read.js";
import { takeStep } from "../domain/take-step.js";
import { type ById, submissionAnswer } from "./submissions.js";

export function transitionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/transitions", async (request) => {
    const page = checked(pageQuery, request.query, request);
    return readHistory(store, callerOf(request), request.params.id, page);
  });

  app.post<ById>("/submissions/:id/transitions", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(transitionRequest, request.body, request);
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, reply, body, async (transaction) => {
      await takeStep(transaction, caller, id, body, ifMatch, now());
      return submissionAnswer(transaction, caller, id);
    });
  });
}
