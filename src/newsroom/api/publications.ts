import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerIdempotently } from "../http/idempotency.js";
import type { RouteOptions } from "../options.js";
import {
  addPublication,
  changePublication,
  readPublication,
  readPublications,
} from "../services/submissions/publications.js";

export function publicationRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, now } = options;
  serveEndpoint(app, endpoints.listPublications, async ({ caller, params, query }) =>
    ok(await readPublications(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.addPublication, async ({ params, body, request }) =>
    answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) => {
        const { publication, isNew } = await addPublication(transaction, caller, params.id, body, now());
        return ok(publication, isNew ? 201 : 200);
      },
      async (transaction, caller, id) => ok(await readPublication(transaction, caller, params.id, id)),
    ),
  );

  serveEndpoint(app, endpoints.changePublication, async ({ params, body, request }) =>
    answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) =>
        ok(await changePublication(transaction, caller, params.id, params.publication, body, now())),
      async (transaction, caller, id) => ok(await readPublication(transaction, caller, params.id, id)),
    ),
  );
}
