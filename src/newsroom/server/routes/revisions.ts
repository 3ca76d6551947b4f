import type { FastifyInstance } from "fastify";
import { pageQuery } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { readRevision, readRevisions } from "../domain/read.js";
import type { ById } from "./submissions.js";

export function revisionRoutes(app: FastifyInstance, { store }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/revisions", async (request) => {
    const page = checked(pageQuery, request.query, request);
    return readRevisions(store, callerOf(request), request.params.id, page);
  });

  app.get<{ Params: { id: string; number: string } }>(
    "/submissions/:id/revisions/:number",
    async (request) => {
      const { id, number } = request.params;
      const asked = /^\d{1,6}$/.test(number) ? Number(number) : 0;
      return readRevision(store, callerOf(request), id, asked);
    },
  );
}
