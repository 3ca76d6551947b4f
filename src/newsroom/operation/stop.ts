import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Server as TlsServer } from "node:tls";
import type { FastifyInstance } from "fastify";

/**
 * Stops the service: refuses new connections, finishes in-flight requests and closes idle connections. Requests that take
 * longer than the grace period are cut; an upload resumes when the service runs again. When the promise resolves, no
 * handler writes any more, including those of cut requests, and the store may be closed.
 *
 * @param gracePeriodMs how long in-flight requests may still take
 */
export type Stop = (gracePeriodMs: number) => Promise<void>;

const closeIdleEveryMs = 200;
/** How long handlers of cut requests may still take, in ms: mostly a photo that is being decoded. */
const afterCutMs = 10_000;

/** Prepares graceful shutdown. Must be called before any route is registered. */
export function gracefulStop(app: FastifyInstance): Stop {
  const idle = trackHandlers(app);
  const unused = trackUnused(app.server);
  return async (gracePeriodMs) => {
    app.log.info("stopping");
    // An idle connection would delay the shutdown.
    const idleTimer = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, closeIdleEveryMs);
    const cutTimer = setTimeout(() => {
      app.log.warn("cut what was not done in time");
      app.server.closeAllConnections();
    }, gracePeriodMs);
    await app.close();
    clearInterval(idleTimer);
    clearTimeout(cutTimer);
    await Promise.race([idle(), pause(afterCutMs, undefined, { ref: false })]);
    app.log.info("stopped");
  };
}

/**
 * The connections that have not brought a request yet. Browsers open some in advance, and to Node they are not idle.
 */
function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  // Under TLS, `connection` has another socket than a request.
  server.on(server instanceof TlsServer ? "secureConnection" : "connection", (socket: Socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return unused;
}

/** Counts running handlers and returns a function that waits until there are none. */
function trackHandlers(app: FastifyInstance): () => Promise<void> {
  let working = 0;
  const waiting: (() => void)[] = [];
  app.addHook("onRoute", (route) => {
    const { handler } = route;
    route.handler = async function (request, reply) {
      working += 1;
      try {
        return await handler.call(this, request, reply);
      } finally {
        working -= 1;
        if (working === 0) for (const go of waiting.splice(0)) go();
      }
    };
  });
  return () => (working === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)));
}
