import { Transform } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem } from "../services/problem.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Bytes of the JSON or form body that have arrived. */
    bodyBytes: number;
  }
}

/**
 * Gives JSON and form bodies `ms` to arrive whole; then the answer is 408 (`request-timeout`) and the connection ends.
 * Otherwise a client that sends a byte now and then holds a connection for as long as an upload may take. A request that
 * was answered before its end, such as an upload that was refused, has as long to end. An upload's own bytes have no
 * deadline here.
 */
export function limitBodyTime(app: FastifyInstance, ms: number): void {
  app.decorateRequest("bodyBytes", 0);
  app.addHook("preParsing", async (request, _reply, payload) => {
    if (isUpload(request) || !hasBody(request)) return payload;
    const body = timedBody(request, ms);
    payload.once("error", (error) => body.destroy(error));
    return payload.pipe(body);
  });
  app.addHook("onResponse", async ({ raw }) => {
    if (raw.complete !== false) return;
    // What nobody reads any more is read away, so that a keep-alive connection reaches its next request.
    raw.unpipe().resume();
    const timer = setTimeout(() => raw.socket.destroy(), ms).unref();
    raw.once("close", () => clearTimeout(timer));
  });
}

/** Passes a body on, counts its bytes, and fails when it is not complete in time. */
function timedBody(request: FastifyRequest, ms: number): Transform {
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      request.bodyBytes += chunk.length;
      done(null, chunk);
    },
  });
  const timer = setTimeout(() => body.destroy(problem("request-timeout")), ms).unref();
  // A request that was refused before its body was read has no parser that listens.
  body.on("error", () => {}).once("close", () => clearTimeout(timer));
  return body;
}

function isUpload({ routeOptions, headers }: FastifyRequest): boolean {
  const takes = routeOptions.config.endpoint?.takes;
  return takes !== undefined && headers["content-type"] === takes;
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
