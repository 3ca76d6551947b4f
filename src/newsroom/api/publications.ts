import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerIdempotently } from "../http/idempotency.js";
import type { NewsroomOptions } from "../options.js";
import { addPublication, changePublication, readPublications } from "../services/submissions/publications.js";

export function publicationRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listPublications, async ({ caller, params, query }) =>
    ok(await readPublications(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.addPublication, async ({ caller, params, body, request }) =>
    answerIdempotently(store, now(), request, body, async (transaction) => {
      const { publication, isNew } = await addPublication(transaction, caller, params.id, body, now());
      return ok(publication, isNew ? 201 : 200);
    }),
  );

  serveEndpoint(app, endpoints.changePublication, async ({ caller, params, body, request }) =>
    answerIdempotently(store, now(), request, body, async (transaction) =>
      ok(await changePublication(transaction, caller, params.id, params.publication, body, now())),
    ),
  );
}
