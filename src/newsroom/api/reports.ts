import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { weeklyReport } from "../services/report/report.js";

export function reportRoutes(app: FastifyInstance, { store }: RouteOptions): void {
  serveEndpoint(app, endpoints.weeklyReport, async ({ caller, query }) =>
    ok(await weeklyReport(store, caller, query.week)),
  );
}
