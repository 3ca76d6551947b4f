import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import type { NewsroomOptions } from "../app.js";
import { weeklyReport } from "../domain/report.js";
import { ok, serveEndpoint } from "../endpoint.js";

export function reportRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.weeklyReport, async ({ caller, query }) =>
    ok(await weeklyReport(store, caller, query.week)),
  );
}
