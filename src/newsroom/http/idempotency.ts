import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { sha256 } from "../../files/hash.js";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import type { Writing } from "./write.js";

/** The answer of a route, stored so that a repeated request gets the same answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * Runs `work` in one transaction and returns its answer. With an Idempotency-Key (a UUID, scoped to user and path) the
 * answer is stored in the same transaction, and a repeated request gets it without running `work`. Throws
 * `idempotency-mismatch` for the same key with another body. Failures are not stored, because they changed nothing.
 *
 * @param body the validated body, by which a repeated request is recognised
 */
export async function answerIdempotently(
  { write, now }: Pick<Writing, "write"> & { now: () => Date },
  request: FastifyRequest,
  body: unknown,
  work: (transaction: Store, caller: Caller) => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKey(request);
  const route = `${request.method} ${request.url.replace(/\?.*/s, "").toLowerCase()}`;
  return write(request, (transaction, caller) =>
    key === undefined
      ? work(transaction, caller)
      : runOnce(transaction, { user_id: caller.id, route, key }, body, now(), () =>
          work(transaction, caller),
        ),
  );
}

/**
 * Runs `work` and stores its answer under the key, in the same transaction. The same key returns the stored answer without
 * running `work`. Throws `idempotency-mismatch` when the key was used with another body.
 */
export async function runOnce(
  transaction: Store,
  identity: { user_id: string; route: string; key: string },
  body: unknown,
  now: Date,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const request_hash = sha256(JSON.stringify(body, sortKeys));
  const stored = await transaction
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("user_id", "=", identity.user_id)
    .where("route", "=", identity.route)
    .where("key", "=", identity.key)
    .executeTakeFirst();
  if (stored) {
    if (stored.request_hash !== request_hash) throw problem("idempotency-mismatch");
    return { status: stored.status, headers: JSON.parse(stored.headers), body: JSON.parse(stored.body) };
  }
  const answer = await work();
  await transaction
    .insertInto("idempotency_keys")
    .values({
      ...identity,
      request_hash,
      status: answer.status,
      headers: JSON.stringify(answer.headers),
      body: JSON.stringify(answer.body),
      created_at: now.toISOString(),
    })
    .execute();
  return answer;
}

/** A JSON.stringify replacer that sorts keys: a client may repeat a request with its keys in another order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Reads the Idempotency-Key. Throws `invalid` (400) when it is no UUID. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  const parsed = z.uuid().safeParse(key);
  if (!parsed.success) throw problem("invalid", { status: 400, detail: "Idempotency-Key: UUID" });
  return parsed.data.toLowerCase();
}
