import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { readAudit } from "../services/audit.js";

export function auditRoutes(app: FastifyInstance, { store }: RouteOptions): void {
  serveEndpoint(app, endpoints.readAudit, async ({ caller, query }) =>
    ok(await readAudit(store, caller, query)),
  );
}
