import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { addComment } from "../domain/comments.js";
import { readComments } from "../domain/read.js";
import { ok, serveEndpoint } from "../endpoint.js";

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
