import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import { answerIdempotently } from "../http/idempotency.js";
import type { RouteOptions } from "../options.js";
import { addPublication } from "../services/publishing/add-publication.js";
import { changePublication } from "../services/publishing/change-publication.js";
import { announce, decideOwner, readOutlets } from "../services/publishing/outlets.js";
import { listAllPublications } from "../services/publishing/queue.js";
import { readPublication, readPublications } from "../services/publishing/read-publications.js";
import { askForTakeDown } from "../services/publishing/request-take-down.js";

export function publicationRoutes(app: FastifyInstance, options: RouteOptions): void {
  const { store, now } = options;
  serveEndpoint(app, endpoints.listPublications, async ({ caller, params, query }) =>
    ok(await readPublications(store, caller, params.id, query, now())),
  );

  serveEndpoint(app, endpoints.queryPublications, async ({ caller, query }) =>
    ok(await listAllPublications(store, caller, query, now())),
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
      async (transaction, caller, id) => ok(await readPublication(transaction, caller, params.id, id, now())),
    ),
  );

  serveEndpoint(app, endpoints.changePublication, async ({ params, body, request }) =>
    answerIdempotently(
      options,
      request,
      body,
      async (transaction, caller) =>
        ok(await changePublication(transaction, caller, params.id, params.publication, body, now())),
      async (transaction, caller, id) => ok(await readPublication(transaction, caller, params.id, id, now())),
    ),
  );

  serveEndpoint(app, endpoints.requestTakeDown, async ({ params, body, request }) =>
    ok(
      await options.write(request, (transaction, caller) =>
        askForTakeDown(transaction, caller, params, body, now()),
      ),
    ),
  );
}

export function outletRoutes(app: FastifyInstance, { store, now, write }: RouteOptions): void {
  serveEndpoint(app, endpoints.listOutlets, async ({ caller, query }) =>
    ok(await readOutlets(store, caller, query)),
  );

  serveEndpoint(app, endpoints.announceOutlet, async ({ params, body, request }) =>
    ok(await write(request, (transaction, caller) => announce(transaction, caller, params, body, now()))),
  );

  serveEndpoint(app, endpoints.decideOutlet, async ({ params, body, request }) =>
    ok(await write(request, (transaction, caller) => decideOwner(transaction, caller, params, body, now()))),
  );
}
