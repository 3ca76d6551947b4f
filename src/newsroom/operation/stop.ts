import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

/**
 * Ends the service: nobody new is let in, what is being answered is finished, connections that ask nothing are closed.
 * Who is not done by then is cut: an upload goes on where it stopped, once the service runs again. When this returns
 * no handler writes any more, also for those who were cut, and the store may be let go.
 *
 * @param patienceMs how long what is being answered may still take
 */
export type Stop = (patienceMs: number) => Promise<void>;

const hangUpEveryMs = 200;
/** What is still being done for who was cut, in ms: a photo that is being decoded, mostly. */
const cutMs = 10_000;

/** To be called before any route is made. */
export function gracefulStop(app: FastifyInstance): Stop {
  const idle = trackWork(app);
  return async (patienceMs) => {
    app.log.info("stopping");
    // Who keeps a connection open without asking anything would hold up the end.
    const hangingUp = setInterval(() => app.server.closeIdleConnections(), hangUpEveryMs);
    const patience = setTimeout(() => {
      app.log.warn("cut what was not done in time");
      app.server.closeAllConnections();
    }, patienceMs);
    await app.close();
    clearInterval(hangingUp);
    clearTimeout(patience);
    await Promise.race([idle(), pause(cutMs, undefined, { ref: false })]);
    app.log.info("stopped");
  };
}

/** Counts the handlers at work; gives a way to wait until there are none. */
function trackWork(app: FastifyInstance): () => Promise<void> {
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
