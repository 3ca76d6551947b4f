import type { FastifyInstance, FastifyRequest } from "fastify";
import { isLoopback } from "../../text/loopback.js";
import { problem } from "../services/problem.js";

/** How requests arrive: from this machine only, over our own TLS, or through a TLS proxy on this machine. */
export type Transport = "local" | "tls" | "proxy";

const forwardingHeaders = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Whether the request comes from this machine itself and was not forwarded by a proxy. */
export function isLocalRequest(request: FastifyRequest): boolean {
  const { remoteAddress = "" } = request.raw.socket;
  return isLoopback(remoteAddress) && !forwardingHeaders.some((name) => name in request.headers);
}

/** Half a year (RFC 6797): long enough to protect, short enough to be undone. */
const strictTransport = "max-age=15768000";

/**
 * Behind a proxy, refuses requests that did not reach it over HTTPS: a token sent in the clear is compromised, and its
 * owner should learn so. Requests from this machine to `openRoutes` (health, metrics) need no HTTPS.
 */
export function requireHttps(
  app: FastifyInstance,
  transport: Transport,
  openRoutes: ReadonlySet<string>,
): void {
  if (transport === "local") return;
  app.addHook("onSend", async (_request, reply) => {
    reply.header("strict-transport-security", strictTransport);
  });
  if (transport === "tls") return;
  app.addHook("onRequest", async (request) => {
    if (request.protocol === "https") return;
    if (isLocalRequest(request) && openRoutes.has(request.routeOptions.url ?? "")) return;
    throw problem("https-required");
  });
}
