import type { FastifyRequest } from "fastify";
import type { ActOrigin, Caller } from "../services/caller.js";
import { holderOfToken } from "../services/people/permission.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { endReplaced, touchToken } from "../store/people/tokens.js";
import { tokenHash } from "../store/secrets.js";
import { orNextTime } from "./full-disk.js";

/** The authenticated caller, by token and current membership. */
export interface TokenCaller extends Caller {
  token: { id: string; label: string; expires_at: string | null };
  /** When the request was authenticated, in ms of `performance.now()`. */
  authenticatedAt: number;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by `authenticate`; read with `callerOf`. */
    caller: TokenCaller | null;
  }
}

/**
 * Authenticates by Bearer token (RFC 6750), and records the token's use. Throws `unauthenticated`, without disclosing
 * the reason.
 *
 * @param store the one that writes
 */
export async function authenticate(
  store: Store,
  request: FastifyRequest,
  now: () => Date,
): Promise<TokenCaller> {
  const [, sent] = /^Bearer ([\w~+/.=-]{1,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  if (sent === undefined) throw problem("unauthenticated");
  const hash = tokenHash(sent);
  const origin = apiOrigin(request);
  const authenticatedAt = performance.now();
  const held = await holderOfToken(store, hash, origin, now());
  if (!held) throw problem("unauthenticated");
  const { caller, token } = held;
  await orNextTime(async () => {
    await endReplaced(store, token, now());
    await touchToken(store, token, now());
  });
  request.findCaller = async (reading) => (await holderOfToken(reading, hash, origin, now()))?.caller;
  const { id, label, expires_at } = token;
  return { ...caller, token: { id, label, expires_at }, authenticatedAt };
}

/** Where a request to the API comes from. */
export function apiOrigin(request: FastifyRequest): ActOrigin {
  return { via: "api", address: request.ip, browser: null };
}

/** The caller of a route behind `authenticate`. */
export function callerOf(request: FastifyRequest): TokenCaller {
  if (!request.caller) throw problem("unauthenticated");
  return request.caller;
}
