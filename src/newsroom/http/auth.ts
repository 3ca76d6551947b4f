import type { FastifyRequest } from "fastify";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { endReplaced, findToken, touchToken } from "../store/people/tokens.js";
import { activeMembership, isBarred } from "../store/people/users.js";

/** The authenticated caller, by token and current membership. */
export interface TokenCaller extends Caller {
  token: { id: string; label: string; expires_at: string | null };
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by `authenticate`; read with `callerOf`. */
    caller: TokenCaller | null;
  }
}

/** Authenticates by Bearer token (RFC 6750). Throws `unauthenticated`, without disclosing the reason. */
export async function authenticate(store: Store, request: FastifyRequest, now: Date): Promise<TokenCaller> {
  const [, token] = /^Bearer ([\w~+/.=-]{1,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  const row = token === undefined ? undefined : await findToken(store, token);
  if (!row || isBarred(row) || (row.expires_at !== null && row.expires_at <= now.toISOString())) {
    throw problem("unauthenticated");
  }
  const membership = await activeMembership(store, row.user_id, now);
  if (!membership) throw problem("unauthenticated");
  await endReplaced(store, row, now);
  await touchToken(store, row, now);
  return {
    id: row.user_id,
    name: row.name,
    role: membership.role,
    kecamatan: membership.kecamatan,
    token: { id: row.id, label: row.label, expires_at: row.expires_at },
  };
}

/** The caller of a route behind `authenticate`. */
export function callerOf(request: FastifyRequest): TokenCaller {
  if (!request.caller) throw problem("unauthenticated");
  return request.caller;
}
