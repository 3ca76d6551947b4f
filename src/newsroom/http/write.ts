import type { FastifyRequest } from "fastify";
import type { Role } from "../../contract/roles.js";
import { spend } from "../services/allowances.js";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { watchWrites } from "../store/database/writes.js";
import { isDiskFull, worksWhenFull } from "./full-disk.js";
import { limitedKey } from "./requester.js";
import { createTurns } from "./turns.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The roles that a page of the desk admits; null if it takes no login. Endpoints of the API declare them. */
    roles?: readonly Role[] | null;
  }
  interface FastifyRequest {
    /**
     * Reads who may act by this request's token or session at this instant; undefined when nobody may. Null before it
     * is known what the request brings.
     */
    findCaller: ((store: Store) => Promise<Caller | undefined>) | null;
  }
}

/** Runs work in one writing transaction, and undoes it when the work throws. */
export type Transact = <T>(work: (transaction: Store) => Promise<T>) => Promise<T>;

/** The ways in which a route writes. There is no other: the store of a route only reads. */
export interface Writing {
  /**
   * Runs `work` in one writing transaction on behalf of the request's caller. The token or session, the membership and
   * the person's access are read again inside the transaction: between a request's headers and its last byte, or while a
   * photo is decoded, minutes pass. Throws `unauthenticated` or `forbidden`, without having written, when the permission
   * has ended, and `quota` when the person has written too much of late.
   *
   * @param work gets the caller as they are now
   */
  write<T>(request: FastifyRequest, work: (transaction: Store, caller: Caller) => Promise<T>): Promise<T>;
  /** Runs `work` in one writing transaction for a visitor who has not logged in: activation, login, logout. */
  writeOpenly<T>(request: FastifyRequest, work: (transaction: Store) => Promise<T>): Promise<T>;
}

/** What a change counts besides the bytes of its request: rows take room also when they hold little. Bytes. */
const changeBytes = 500;

/**
 * One request of a process writes at a time, in turn by person or address. The database would let them write one at a time
 * as well, but in the order in which they came, and on PostgreSQL each that waits for its lock holds a connection: sixteen
 * requests of one person would go before anybody else's, and leave no connection to those who read.
 *
 * @param store the one that writes
 * @param spendReserve gives up room on the disk for what works when it is full; false when there is none
 */
export function writingOf(
  store: Store,
  now: () => Date,
  spendReserve: () => Promise<boolean> = async () => false,
): Writing {
  const turns = createTurns();
  const writeOpenly: Writing["writeOpenly"] = (request, work) =>
    turns.run(limitedKey(request), async () => {
      const run = () => store.transaction().execute(work);
      return run().catch(async (error: unknown) => {
        if (isDiskFull(error) && worksWhenFull(request) && (await spendReserve())) return run();
        throw error;
      });
    });
  return {
    writeOpenly,
    write: (request, work) =>
      writeOpenly(request, async (transaction) => {
        const caller = await confirmCaller(transaction, request);
        const watched = watchWrites(transaction);
        const outcome = await work(watched.transaction, caller);
        // After the work, because a repeated request changes nothing and is answered whatever the quota.
        if (watched.hasWritten() && !worksWhenFull(request)) {
          await spend(transaction, caller.id, "text_bytes_per_day", request.bodyBytes + changeBytes, now());
        }
        return outcome;
      }),
  };
}

/** Throws `unauthenticated` when the caller's permission has ended, `forbidden` when the route does not admit their role. */
export async function confirmCaller(store: Store, request: FastifyRequest): Promise<Caller> {
  const caller = await request.findCaller?.(store);
  if (!caller) throw problem("unauthenticated");
  requireRole(request, caller);
  return caller;
}

/** Throws `forbidden` if the route does not admit the caller's role. */
export function requireRole(request: FastifyRequest, { role }: Caller): void {
  if (!rolesOf(request)?.includes(role)) throw problem("forbidden");
}

/** The roles that the route admits; null if it takes no login. */
export function rolesOf({ routeOptions: { config } }: FastifyRequest): readonly Role[] | null {
  return (config.endpoint ? config.endpoint.roles : config.roles) ?? null;
}
