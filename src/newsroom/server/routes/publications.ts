import type { FastifyInstance } from "fastify";
import { createPublication, pageQuery, updatePublication } from "../../contract.js";
import { answerOnce } from "../answer-once.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { addPublication, changePublication, readPublications } from "../domain/publications.js";
import type { ById } from "./submissions.js";

export function publicationRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get<ById>("/submissions/:id/publications", async (request) => {
    const page = checked(pageQuery, request.query, request);
    return readPublications(store, callerOf(request), request.params.id, page);
  });

  app.post<ById>("/submissions/:id/publications", async (request, reply) => {
    const caller = callerOf(request);
    const { id } = request.params;
    const body = checked(createPublication, request.body, request);
    return answerOnce(store, now(), request, reply, body, async (transaction) => ({
      status: 201,
      headers: {},
      body: await addPublication(transaction, caller, id, body, now()),
    }));
  });

  app.put<{ Params: { id: string; publication: string } }>(
    "/submissions/:id/publications/:publication",
    async (request, reply) => {
      const caller = callerOf(request);
      const { id, publication } = request.params;
      const body = checked(updatePublication, request.body, request);
      return answerOnce(store, now(), request, reply, body, async (transaction) => ({
        status: 200,
        headers: {},
        body: await changePublication(transaction, caller, id, publication, body, now()),
      }));
    },
  );
}
