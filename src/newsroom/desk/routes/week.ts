import type { FastifyInstance } from "fastify";
import { weeklyReport } from "../../services/report/report.js";
import { forOverseers } from "../http/admission.js";
import { callerOf, visitorOf } from "../http/session.js";
import { weekAt, weekModel } from "../models/week.js";
import type { Desk } from "../types.js";

export function weekRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<{ Querystring: { week?: unknown } }>("/week", forOverseers, async (request, reply) => {
    const asked = request.query.week;
    const week = typeof asked === "string" && /^\d{4}-W\d{2}$/.test(asked) ? asked : weekAt(desk.now());
    const report = await weeklyReport(desk.store, callerOf(request), week);
    return desk.show(request, reply, {
      view: "week",
      title: visitorOf(request).messages.desk.week.title,
      place: "week",
      model: weekModel(desk.viewContext(request), report),
    });
  });
}
