import type { FastifyInstance, FastifyRequest } from "fastify";
import { connectionCut } from "./closed.js";
import { limitedKey, personOf } from "./rate-limits.js";
import { createTurns } from "./turns.js";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * Lets the person's next request begin. Called when the answer is made; before, by routes that take minutes and have
     * limits of their own. Null before the turn, and for whoever has not logged in.
     */
    endTurn: (() => void) | null;
  }
}

/**
 * Lets one request of each person be worked on at a time, however many they send: what a request costs is bounded, and so is
 * what all requests of one person take from the others at any moment, of the event loop as of the database. Whoever has not
 * logged in is not counted: an address may be a whole office.
 *
 * @returns waits for the person's turn, and then for a turn of the event loop, in which one request works: SQLite answers
 * without a turn of the loop, so that requests of many persons would all be worked on before anybody is answered. May be
 * called again in the same turn. Throws `connectionCut` when the client has gone meanwhile.
 */
export function requestTurns(app: FastifyInstance): (request: FastifyRequest) => Promise<void> {
  const personTurns = createTurns({ atOnce: Infinity });
  const loopTurns = createTurns({ schedule: setImmediate });
  app.decorateRequest("endTurn", null);
  app.addHook("onSend", async (request) => request.endTurn?.());

  const begin = (request: FastifyRequest, person: string) =>
    new Promise<void>((resolve) => {
      const untilEnd = () =>
        new Promise<void>((end) => {
          request.endTurn = end;
          resolve();
        });
      void personTurns.run(person, untilEnd);
    });
  return async (request) => {
    const person = personOf(request);
    if (person !== undefined && !request.endTurn) await begin(request, person);
    await loopTurns.run(limitedKey(request), async () => {});
    // Nobody waits for the answer any more, and while the service stops, the store may be closed.
    if (request.raw.socket.destroyed) throw connectionCut();
  };
}
