import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerOnce } from "../http/idempotency.js";
import type { NewsroomOptions } from "../options.js";
import { readHistory } from "../services/submissions/read.js";
import { takeStep } from "../services/submissions/transition.js";
import { submissionAnswer } from "./submissions.js";

export function transitionRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listTransitions, async ({ caller, params, query }) =>
    ok(await readHistory(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.takeStep, async ({ caller, params, body, request }) => {
    const ifMatch = request.headers["if-match"];
    return answerOnce(store, now(), request, body, async (transaction) => {
      await takeStep(transaction, caller, params.id, body, ifMatch, now());
      return submissionAnswer(transaction, caller, params.id);
    });
  });
}
