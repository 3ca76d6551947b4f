import type { FastifyReply, FastifyRequest } from "fastify";

/** Codes of a stream that ended because its other end is gone (Node's errors, and those of the web streams). */
const closedCodes: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ABORT_ERR",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_DESTROYED",
]);

/** The client has gone: nobody reads the answer, and nothing is wrong with the service. */
class ConnectionCut extends Error {
  override name = "ConnectionCut";
  readonly code = "ECONNRESET";
}

/** An error for a request whose client has gone. */
export function connectionCut(): Error {
  return new ConnectionCut("the client has gone");
}

/**
 * Whether this error only says that the client has gone, which is no failure of the service. Any other error is one, even
 * when the client has gone, and so is a broken connection to a store while the client waits.
 */
export function isClientGone(error: unknown, request: FastifyRequest): boolean {
  if (error instanceof ConnectionCut) return true;
  return request.raw.socket.destroyed && closedCodes.has((error as { code?: unknown } | null)?.code);
}

/** Whether the client has gone before its answer: no `close` of the answer follows any more, at which something could end. */
export function hasGone(reply: FastifyReply): boolean {
  return reply.raw.destroyed || reply.raw.closed;
}
