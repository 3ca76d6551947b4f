import type { FastifyInstance } from "fastify";
import { openApiDocument } from "../http/openapi.js";
import type { NewsroomOptions } from "../options.js";

/** The description of the API, for those who write programs against it; made when it is first asked for. */
export function openApiRoutes(app: FastifyInstance, { version }: NewsroomOptions): void {
  let text: string | undefined;
  app.get("/openapi.json", async (_request, reply) => {
    text ??= JSON.stringify(openApiDocument(version));
    return reply.header("content-type", "application/json; charset=utf-8").send(text);
  });
}
