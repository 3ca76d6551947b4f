import type { FastifyInstance, FastifyRequest } from "fastify";
import { connectionCut } from "./closed.js";
import { limitedKey, personOf } from "./requester.js";
import { createTurns } from "./turns.js";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * Lets the person's next request begin. Called when the answer is made; before, by routes that take minutes and have
     * limits of their own, and again then, without effect. Null before the turn, and for whoever has not logged in.
     */
    endTurn: (() => void) | null;
  }
}

/** Whoever sent a request no longer ago than this is there, in ms. */
const presentMs = 1000;
/** Longest pause after a request, in ms. */
const maxPauseMs = 500;
/** Longest turn, in ms: a database that does not answer must not keep a person out for good. */
const maxTurnMs = 30_000;
/** Requests of one person that may wait. A page has 30 photos. */
const maxWaiting = 64;

/**
 * Lets one request of each person be worked on at a time, however many they send: what a request costs is bounded, and so is
 * what all requests of one person take from the others at any moment, of the event loop as of the database. While others are
 * there, the next one waits as long as the last one took, up to half a second, so that half of the time is theirs. Whoever has
 * not logged in is not counted: an address may be a whole office.
 *
 * @returns waits for the person's turn, and then for a turn of the event loop, in which one request works: SQLite answers
 * without a turn of the loop, so that requests of many persons would all be worked on before anybody is answered. May be
 * called again in the same turn. Throws `too-many-requests` when too many of the person's requests wait, and `connectionCut`
 * when the client has gone meanwhile.
 */
export function requestTurns(app: FastifyInstance): (request: FastifyRequest) => Promise<void> {
  const personTurns = createTurns({ atOnce: Infinity, perPerson: maxWaiting });
  const loopTurns = createTurns({ schedule: setImmediate });
  app.decorateRequest("endTurn", null);
  app.addHook("onSend", async (request) => request.endTurn?.());

  const noteWork = watchPersons();
  const begin = (request: FastifyRequest, person: string) =>
    new Promise<void>((resolve, reject) => {
      const untilEnd = () =>
        new Promise<void>((end) => {
          const start = performance.now();
          const timer = setTimeout(end, maxTurnMs).unref();
          noteWork(person, start);
          request.endTurn = () => {
            clearTimeout(timer);
            const now = performance.now();
            if (noteWork(person, now)) setTimeout(end, Math.min(now - start, maxPauseMs)).unref();
            else end();
          };
          resolve();
        });
      personTurns.run(person, untilEnd).catch(reject);
    });
  return async (request) => {
    const person = personOf(request);
    if (person !== undefined && !request.endTurn) await begin(request, person);
    await loopTurns.run(limitedKey(request), async () => {});
    // Nobody waits for the answer any more, and while the service stops, the store may be closed.
    if (request.raw.socket.destroyed) throw connectionCut();
  };
}

/** Notes who works when (in ms), and says whether anyone else has worked of late. */
function watchPersons() {
  let latest = { person: "", at: -Infinity };
  /** The latest of anyone else. */
  let other = latest;
  return (person: string, at: number): boolean => {
    if (person !== latest.person) other = latest;
    latest = { person, at };
    return at - other.at < presentMs;
  };
}
