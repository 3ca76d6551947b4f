import type { FastifyInstance, FastifyRequest } from "fastify";
import { isLoopback } from "../../text/loopback.js";
import { problem } from "../services/problem.js";

/** How requests come in: over this machine only, by TLS of our own, or through a proxy on this machine that has it. */
export type Transport = "local" | "tls" | "proxy";

const forwarding = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Whether someone on this machine asks by themselves, not a proxy for someone else. */
export function isLocalRequest(request: FastifyRequest): boolean {
  const { remoteAddress = "" } = request.raw.socket;
  return isLoopback(remoteAddress) && !forwarding.some((name) => name in request.headers);
}

/** Half a year (RFC 6797): long enough to be remembered, short enough to be undone. */
const strictTransport = "max-age=15768000";

/**
 * Behind a proxy only what came to it over HTTPS is answered: a token that was sent in the clear is already lost, and
 * its owner should learn so. Who asks from this machine itself (health, metrics) needs none.
 */
export function requireHttps(app: FastifyInstance, door: Transport, openRoutes: ReadonlySet<string>): void {
  if (door === "local") return;
  app.addHook("onSend", async (_request, reply) => {
    reply.header("strict-transport-security", strictTransport);
  });
  if (door === "tls") return;
  app.addHook("onRequest", async (request) => {
    if (request.protocol === "https") return;
    if (isLocalRequest(request) && openRoutes.has(request.routeOptions.url ?? "")) return;
    throw problem("https-required");
  });
}
