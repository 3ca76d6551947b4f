import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { readHistory } from "../domain/read.js";
import { takeStep } from "../domain/take-step.js";
import { describeSubmission } from "../domain/view.js";
import { ok, serveEndpoint } from "../endpoint.js";
import { asAnswer } from "./submissions.js";

export function transitionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listTransitions, async ({ caller, params, query }) =>
    ok(await readHistory(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.takeStep, async ({ caller, params, body, request }) => {
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, body, async (transaction) => {
      const submission = await takeStep(transaction, caller, params.id, body, ifMatch, now());
      return asAnswer(await describeSubmission(transaction, caller, submission));
    });
  });
}
