import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { readRevision, readRevisions } from "../services/submissions/read.js";

export function revisionRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listRevisions, async ({ caller, params, query }) =>
    ok(await readRevisions(store, caller, params.id, query)),
  );

  serveEndpoint(app, endpoints.readRevision, async ({ caller, params }) =>
    ok(await readRevision(store, caller, params.id, params.number)),
  );
}
