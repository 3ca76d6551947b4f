import type { FastifyInstance } from "fastify";
import { isLocalRequest } from "../operation/origin.js";
import { expositionType } from "../operation/prometheus-text.js";
import { readinessOf } from "../operation/readiness.js";
import type { NewsroomOptions } from "../options.js";
import { problem } from "../services/problem.js";

/** Answered without HTTPS to who asks from this machine. */
export const healthPaths: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * For the one who runs the newsroom. `/healthz`: the process answers. `/readyz`: work may be sent here; 503 with the
 * part that is not well. `/metrics`: for Prometheus, to who asks from this machine itself; to others there is no such
 * address.
 */
export function healthRoutes(
  app: FastifyInstance,
  options: NewsroomOptions,
  metrics: () => Promise<string>,
): void {
  const readiness = readinessOf(options);
  const unlimited = { config: { rateLimit: false } };

  app.get("/healthz", unlimited, async () => ({ status: "ok" }));

  app.get("/readyz", unlimited, async (_request, reply) => {
    const answer = await readiness();
    return reply.status(answer.ready ? 200 : 503).send(answer);
  });

  app.get("/metrics", async (request, reply) => {
    if (!isLocalRequest(request)) throw problem("not-found");
    return reply.header("content-type", expositionType).send(await metrics());
  });
}
