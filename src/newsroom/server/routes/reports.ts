import type { FastifyInstance } from "fastify";
import { reportQuery } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { weeklyReport } from "../domain/report.js";

export function reportRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  app.get("/reports/weekly", async (request) => {
    const { week } = checked(reportQuery, request.query, request);
    return weeklyReport(store, callerOf(request), week);
  });
}
