import type { FastifyInstance } from "fastify";
import { noteOpening } from "../../http/openings.js";
import { readRevision } from "../../services/submissions/read.js";
import { forDeskUsers } from "../http/admission.js";
import { numberOf } from "../http/forms.js";
import { callerOf } from "../http/session.js";
import { compareModel } from "../models/compare.js";
import { differencesOf } from "../pages/differences.js";
import { type ById, loadSubmission } from "../pages/load-submission.js";
import type { Desk } from "../types.js";

/** The comparison of two revisions. */
export function compareRoutes(app: FastifyInstance, desk: Desk): void {
  app.get<ById & { Querystring: { from?: unknown; to?: unknown } }>(
    "/submissions/:id/compare",
    forDeskUsers,
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const loaded = await loadSubmission(desk, caller, id);
      const newest = loaded.submission.revision;
      const to = within(numberOf(request.query.to) ?? newest, newest);
      const from = within(numberOf(request.query.from) ?? Math.max(1, to - 1), newest);
      const before = await readRevision(desk.store, caller, id, from);
      const after = await readRevision(desk.store, caller, id, to);
      for (const { number, content } of [before, after]) {
        await noteOpening(desk, request, caller, {
          submission: loaded.submission.id,
          revision: number,
          content,
        });
      }
      const context = desk.viewContext(request);
      const differences = await differencesOf(desk, context, before.content, after.content);
      return desk.show(request, reply, {
        view: "submission/compare",
        title: context.messages.desk.compare.title,
        place: "queue",
        model: compareModel(context, loaded, before, after, differences),
      });
    },
  );
}

function within(number: number, newest: number): number {
  return Math.min(Math.max(1, number), newest);
}
