import { Transform } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { problem } from "../services/problem.js";
import { createBudget } from "./budget.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Bytes of the JSON or form body that have arrived. */
    bodyBytes: number;
  }
}

/**
 * Bytes of bodies that may lie in memory at once. A person's laptop sends one at a time, and none is larger than 1 MB; slow
 * senders, without a login even, would hold all but the last byte of a thousand.
 */
const budget = { each: 16 * 1024 * 1024, visitors: 64 * 1024 * 1024 };

/** What a piece of a body takes in memory besides its bytes. A body of single bytes, each sent for itself, is mostly this. */
const pieceBytes = 256;

/**
 * Gives JSON and form bodies `ms` to arrive whole; then the answer is 408 (`request-timeout`) and the connection ends.
 * Otherwise a client that sends a byte now and then holds a connection for as long as an upload may take. A request that
 * was answered before its end, such as an upload that was refused, has as long to end. An upload's own bytes have no
 * deadline here, and are not kept in memory; of bodies that are, so many may be there at once as their budget says
 * (`too-many-requests`).
 */
export function boundBodies(app: FastifyInstance, ms: number): void {
  const accountOf = createBudget(budget);
  app.decorateRequest("bodyBytes", 0);
  app.addHook("preParsing", async (request, reply, payload) => {
    if (isUpload(request) || !hasBody(request)) return payload;
    const body = boundBody(request, ms, accountOf(request, reply));
    payload.once("error", (error) => body.destroy(error));
    // A refused request leaves its first bytes here: its timer would keep them, and a flood of refusals all memory.
    reply.raw.once("finish", () => body.destroy());
    return payload.pipe(body);
  });
  app.addHook("onResponse", async ({ raw }) => {
    if (raw.readableEnded) return;
    // What nobody reads any more is read away, so that a keep-alive connection reaches its next request.
    raw.unpipe().resume();
    if (raw.complete !== false) return;
    const timer = setTimeout(() => raw.socket.destroy(), ms).unref();
    raw.once("close", () => clearTimeout(timer));
  });
}

/** Passes a body on, counts its bytes, and fails when there is no room for them or it is not complete in time. */
function boundBody(request: FastifyRequest, ms: number, take: (bytes: number) => boolean): Transform {
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      request.bodyBytes += chunk.length;
      if (take(chunk.length + pieceBytes)) done(null, chunk);
      else done(problem("too-many-requests"));
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
