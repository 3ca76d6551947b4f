import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerOnce } from "../http/idempotency.js";
import type { NewsroomOptions } from "../options.js";
import { addComment } from "../services/submissions/comments.js";
import { readComments } from "../services/submissions/read.js";

export function commentRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listComments, async ({ caller, params, query }) =>
    ok(await readComments(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.addComment, async ({ caller, params, body, request }) =>
    answerOnce(store, now(), request, body, async (transaction) =>
      ok(await addComment(transaction, caller, params.id, body, now()), 201),
    ),
  );
}
