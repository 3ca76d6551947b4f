import type { RequestListener, Server } from "node:http";
import type { FastifyInstance } from "fastify";

/** How many connections the service holds, and how long it waits for what a client sends. Times in ms. */
export interface ConnectionLimits {
  /** Connections at once; one more is closed unanswered, after the idle ones have been closed. */
  max: number;
  /** Until the headers of a request are complete, from the connection's beginning or the end of the request before. */
  headersMs: number;
  /** Until a JSON or form body is complete, from its headers. */
  bodyMs: number;
  /** Until a whole request is complete: 20 MB of a photo at 90 kbit/s. A slower upload resumes where it was cut. */
  requestMs: number;
  /** Without a byte in either direction. */
  silenceMs: number;
  /** Until the answer to one request too many. */
  refusalMs: number;
}

/**
 * The 23 kecamatan and the office need some dozens of connections, and the change feed has 200 streams at most; a proxy
 * opens one for each request. 1,000 slow ones end within `headersMs` or `bodyMs`, so that others find room again.
 */
export const defaultConnections: ConnectionLimits = {
  max: 1000,
  headersMs: 15_000,
  bodyMs: 30_000,
  requestMs: 30 * 60_000,
  silenceMs: 2 * 60_000,
  refusalMs: 300,
};

/** Fastify's options for these limits, without TLS. */
export function connectionOptions({ headersMs, requestMs, silenceMs }: ConnectionLimits) {
  return {
    connectionTimeout: silenceMs,
    requestTimeout: requestMs,
    http: serverOptions({ headersMs }),
  };
}

/** Node's options of an HTTP or HTTPS server for these limits. */
export function serverOptions({ headersMs }: Pick<ConnectionLimits, "headersMs">) {
  return { headersTimeout: headersMs, connectionsCheckingInterval: Math.min(headersMs, 5000) };
}

/**
 * Bounds the connections of the service. At the limit, those on which nothing is asked give way to new ones. A connection
 * that brings a request before the one before is answered is ended.
 */
export function boundConnections(app: FastifyInstance, { max }: ConnectionLimits): void {
  const server: Server = app.server;
  server.maxConnections = max;
  server.on("drop", () => server.closeIdleConnections());
  const [answer] = server.listeners("request") as [RequestListener];
  server.removeListener("request", answer);
  server.on("request", (request, response) => {
    // Pipelined (RFC 9112, 9.3.2): its answer has no socket yet. No client of ours does so, and Node takes thousands of
    // requests in one turn of the event loop, holds their answers however long, and says nothing of their end.
    if (response.socket === null) request.socket.destroy();
    else answer.call(server, request, response);
  });
  // Node itself would answer an expectation that it does not know (RFC 9110, 10.1.1), and leave the connection open to a
  // body for which no limit of ours holds.
  server.on("checkExpectation", (_request, response) => {
    response.writeHead(417, { connection: "close", "content-length": "0" }).end();
  });
}
