import type { FastifyInstance } from "fastify";
import { apiPath, clientHeader } from "../../contract/contract.js";
import { overrideHeader } from "./method-override.js";

const allowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE";

/** Request headers of the API and of tus, also of extensions that it refuses: else a page would not see the refusal. */
const allowedHeaders = [
  "Authorization",
  "Content-Type",
  "Idempotency-Key",
  "If-Match",
  "If-None-Match",
  "If-Range",
  "Last-Event-ID",
  "Range",
  "Tus-Resumable",
  "Upload-Concat",
  "Upload-Defer-Length",
  "Upload-Length",
  "Upload-Metadata",
  "Upload-Offset",
  "X-Request-ID",
  overrideHeader,
  clientHeader,
].join(", ");

/** Answer headers that a page may read. */
const exposedHeaders = [
  "Content-Range",
  "ETag",
  "Location",
  "Retry-After",
  "Tus-Extension",
  "Tus-Max-Size",
  "Tus-Resumable",
  "Tus-Version",
  "Upload-Expires",
  "Upload-Length",
  "Upload-Metadata",
  "Upload-Offset",
  "X-Request-ID",
].join(", ");

/** How long a browser remembers what it may send, in seconds. */
const maxAge = 600;

/**
 * Lets pages of these origins use the API (Fetch, 3.2: CORS protocol), and answers a browser's preflight, which brings no
 * token. Without cookies: the API knows people by their tokens only. Of any other origin nothing is said, and the desk is
 * nobody's but its own.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith(`${apiPath}/`) && request.url !== apiPath) return;
    reply.header("vary", "Origin");
    const { origin, "access-control-request-method": asked } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return;
    reply.headers({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": exposedHeaders,
    });
    if (request.method !== "OPTIONS" || asked === undefined) return;
    return reply
      .status(204)
      .headers({
        "access-control-allow-methods": allowedMethods,
        "access-control-allow-headers": allowedHeaders,
        "access-control-max-age": maxAge,
      })
      .send();
  });
}
