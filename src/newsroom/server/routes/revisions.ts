import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import type { NewsroomOptions } from "../app.js";
import { readRevision, readRevisions } from "../domain/read.js";
import { ok, serveEndpoint } from "../endpoint.js";

export function revisionRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listRevisions, async ({ caller, params, query }) =>
    ok(await readRevisions(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.readRevision, async ({ caller, params }) =>
    ok(await readRevision(store, caller, params.id, params.number)),
  );
}
