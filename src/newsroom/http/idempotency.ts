import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { sha256 } from "../../files/hash.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { callerOf } from "./auth.js";

/** What a route answers, kept so that the same request gets the same answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Does `work` in one transaction; its answer. With an Idempotency-Key (a UUID; counted per user and address)
 * the answer is stored in that same transaction, and a repeated request gets it again without any work;
 * the same key with another body is `idempotency-mismatch`. Failures are not kept: they changed nothing.
 *
 * @param body as validated; tells a repeated request from another one
 */
export async function answerIdempotently(
  store: Store,
  now: Date,
  request: FastifyRequest,
  body: unknown,
  work: (transaction: Store) => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKey(request);
  return key === undefined
    ? store.transaction().execute(work)
    : once(
        store,
        {
          user_id: callerOf(request).id,
          route: `${request.method} ${request.url.replace(/\?.*/s, "").toLowerCase()}`,
          key,
        },
        body,
        now,
        work,
      );
}

/**
 * Does `work` in one transaction and keeps its answer under the key; the same key again gives that answer and does
 * nothing. Throws `idempotency-mismatch` when the key was used with another body.
 */
export async function once(
  store: Store,
  identity: { user_id: string; route: string; key: string },
  body: unknown,
  now: Date,
  work: (transaction: Store) => Promise<Answer>,
): Promise<Answer> {
  const request_hash = sha256(JSON.stringify(body, inOrder));
  return store.transaction().execute(async (transaction) => {
    const first = await transaction
      .selectFrom("idempotency_keys")
      .selectAll()
      .where("user_id", "=", identity.user_id)
      .where("route", "=", identity.route)
      .where("key", "=", identity.key)
      .executeTakeFirst();
    if (first) {
      if (first.request_hash !== request_hash) throw problem("idempotency-mismatch");
      return { status: first.status, headers: JSON.parse(first.headers), body: JSON.parse(first.body) };
    }
    const made = await work(transaction);
    await transaction
      .insertInto("idempotency_keys")
      .values({
        ...identity,
        request_hash,
        status: made.status,
        headers: JSON.stringify(made.headers),
        body: JSON.stringify(made.body),
        created_at: now.toISOString(),
      })
      .execute();
    return made;
  });
}

/** Objects with their keys sorted: a program that repeats a request may well write them in another order. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Throws `invalid` (400) when the key is no UUID. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  const parsed = z.uuid().safeParse(key);
  if (!parsed.success) throw problem("invalid", { status: 400, detail: "Idempotency-Key: UUID" });
  return parsed.data.toLowerCase();
}
