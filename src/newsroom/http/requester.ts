import type { FastifyRequest } from "fastify";
import { addressGroup } from "../../text/address-group.js";
import { connectionCut } from "./closed.js";

/** Under what all who have not logged in are counted together: one of them may have any number of addresses. */
export const visitors = "visitors";

/**
 * What a request counts for: the person, with whatever token or session, else the address. By token, one person could
 * have any number of limits.
 */
export function limitedKey(request: FastifyRequest): string {
  return personOf(request) ?? addressOf(request);
}

/** The address, or the network, that a request comes from. Throws `connectionCut` when the client has gone. */
export function addressOf(request: FastifyRequest): string {
  const { ip } = request as { ip?: string };
  if (ip === undefined) throw connectionCut();
  return addressGroup(ip);
}

/** The id of the person who is logged in by token or session. */
export function personOf({ caller, visitor }: FastifyRequest): string | undefined {
  return caller?.id ?? visitor?.caller?.id;
}

/** Whose the connection of a request is; undefined when the client has gone, and its address with it. */
export function ownerOf(request: FastifyRequest): { key: string; isVisitor: boolean } | undefined {
  const { ip } = request as { ip?: string };
  if (ip === undefined) return undefined;
  return { key: limitedKey(request), isVisitor: personOf(request) === undefined };
}
