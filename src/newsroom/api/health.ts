import type { FastifyInstance } from "fastify";
import { isLocalRequest } from "../operation/origin.js";
import { prometheusContentType } from "../operation/prometheus-text.js";
import { createReadinessCheck } from "../operation/readiness.js";
import type { RouteOptions } from "../options.js";
import { problem } from "../services/problem.js";

/** Paths that are served without HTTPS to requests from this machine. */
export const healthPaths: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Routes for the operator of the service. `/healthz`: the process answers. `/readyz`: the service is ready for requests,
 * otherwise 503 with the failing part. `/metrics`: metrics for Prometheus, only for requests from this machine; for
 * others 404.
 */
export function healthRoutes(
  app: FastifyInstance,
  options: RouteOptions,
  metrics: () => Promise<string>,
): void {
  const readiness = createReadinessCheck(options);
  const unlimited = { config: { rateLimit: false } };

  app.get("/healthz", unlimited, async () => ({ status: "ok" }));

  app.get("/readyz", unlimited, async (_request, reply) => {
    const answer = await readiness();
    return reply.status(answer.ready ? 200 : 503).send(answer);
  });

  app.get("/metrics", async (request, reply) => {
    if (!isLocalRequest(request)) throw problem("not-found");
    return reply.header("content-type", prometheusContentType).send(await metrics());
  });
}
