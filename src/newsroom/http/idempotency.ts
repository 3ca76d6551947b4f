import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { sha256 } from "../../files/hash.js";
import { spend } from "../services/allowances.js";
import type { Caller } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { watchWrites } from "../store/database/writes.js";
import { findAnswer, type RequestIdentity, storeAnswer } from "../store/service/stored-answers.js";
import { worksWhenFull } from "./full-disk.js";
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
 * `idempotency-mismatch` for the same key with another body. Nothing is stored of failures and of work that changed
 * nothing: repeated, they change nothing again.
 *
 * @param body the validated body, by which a repeated request is recognised
 * @param describe answers with the thing of this id as it is now, for a retry that comes after the stored body was dropped
 */
export async function answerIdempotently(
  { write, now }: Pick<Writing, "write"> & { now: () => Date },
  request: FastifyRequest,
  body: unknown,
  work: (transaction: Store, caller: Caller) => Promise<Answer>,
  describe: (transaction: Store, caller: Caller, id: string) => Promise<Answer>,
): Promise<Answer> {
  const key = idempotencyKey(request);
  const hash = key === undefined ? "" : requestHash(body);
  // Hashing a body of 1 MB takes nearly as long as storing it: others are served between the two.
  if (request.bodyBytes > largeBytes) await nextTurn();
  const route = `${request.method} ${request.url.replace(/\?.*/s, "").toLowerCase()}`;
  return write(request, (transaction, caller) =>
    key === undefined
      ? work(transaction, caller)
      : runOnce(
          transaction,
          { user_id: caller.id, route, key },
          hash,
          now(),
          (watched) => work(watched, caller),
          {
            describe: (id) => describe(transaction, caller, id),
            async onStored(bytes) {
              if (worksWhenFull(request)) return;
              await spend(transaction, caller.id, "text_bytes_per_day", bytes, now());
            },
          },
        ),
  );
}

/** Size of a body that takes some time, in bytes. */
const largeBytes = 64 * 1024;

interface BodyHandling {
  describe?(id: string): Promise<Answer>;
  onStored?(bytes: number): Promise<void>;
}

/**
 * Runs `work` and stores its answer under the key, in the same transaction, if it changed anything. The same key returns
 * the stored answer without running `work`. Throws `idempotency-mismatch` when the key was used with another body.
 *
 * @param hash of the request, see `requestHash`
 * @param describe needed where answers have a body, which then has the `id` of what it describes
 * @param onStored gets the size of a body that was stored, in bytes
 */
export async function runOnce(
  transaction: Store,
  identity: RequestIdentity,
  hash: string,
  now: Date,
  work: (transaction: Store) => Promise<Answer>,
  { describe, onStored }: BodyHandling = {},
): Promise<Answer> {
  const stored = await findAnswer(transaction, identity);
  if (stored) {
    if (stored.request_hash !== hash) throw problem("idempotency-mismatch");
    const headers = JSON.parse(stored.headers);
    if (stored.body !== "") return { status: stored.status, headers, body: JSON.parse(stored.body) };
    if (!describe || stored.made === null) throw problem("not-found");
    const present = await describe(stored.made);
    return { status: stored.status, headers: { ...headers, ...present.headers }, body: present.body };
  }
  const watched = watchWrites(transaction);
  const answer = await work(watched.transaction);
  if (!watched.hasWritten()) return answer;
  const made = madeId.safeParse(answer.body).data?.id ?? null;
  const text = JSON.stringify(answer.body);
  // A long answer is made again for whoever repeats the request: a step of 100 bytes may answer with megabytes.
  const kept = made !== null && text.length > maxKeptLength ? "" : text;
  await storeAnswer(transaction, {
    ...identity,
    request_hash: hash,
    status: answer.status,
    headers: JSON.stringify(answer.headers),
    body: kept,
    made,
    created_at: now.toISOString(),
  });
  await onStored?.(Buffer.byteLength(kept));
  return answer;
}

/** Length of the longest answer that is stored, in characters. */
const maxKeptLength = 16 * 1024;

const madeId = z.object({ id: z.string() });

/** Recognises a request that is repeated. @param body the validated body, or the fields of a form */
export const requestHash = (body: unknown): string => sha256(JSON.stringify(body, sortKeys));

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
