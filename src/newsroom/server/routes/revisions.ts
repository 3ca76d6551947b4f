import type { FastifyInstance } from "fastify";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { problem } from "../problems.js";
import { findRevision, listRevisions } from "../store/revisions.js";
import { visibleSubmission } from "../view.js";
import type { ById } from "./submissions.js";

export function revisionRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/revisions", async (request) => {
    const { id } = await visibleSubmission(store, request.params.id, callerOf(request));
    return { items: await listRevisions(store, id), next_cursor: null };
  });

  app.get<{ Params: { id: string; number: string } }>(
    "/submissions/:id/revisions/:number",
    async (request) => {
      const { id } = await visibleSubmission(store, request.params.id, callerOf(request));
      const number = /^\d{1,6}$/.test(request.params.number) ? Number(request.params.number) : 0;
      const found = await findRevision(store, id, number);
      if (!found) throw problem("not-found");
      return found;
    },
  );
}
