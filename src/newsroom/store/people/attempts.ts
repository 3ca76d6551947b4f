import { sha256 } from "../../../files/hash.js";
import type { Store } from "../database/open.js";

/**
 * Counts one attempt of `subject`, at most `max` within a window that begins with the first. Returns undefined when it
 * may be evaluated, else the milliseconds until the window ends; a refused attempt is not counted. In a writing
 * transaction, so that all processes of a newsroom count together. Subjects are stored as hashes.
 */
export async function countAttempt(
  transaction: Store,
  subject: string,
  { max, windowMs }: { max: number; windowMs: number },
  now: Date,
): Promise<number | undefined> {
  const key = sha256(`attempt:${subject}`);
  const row = await transaction.selectFrom("attempts").selectAll().where("key", "=", key).executeTakeFirst();
  const age = row ? now.getTime() - Date.parse(row.since_at) : windowMs;
  // A clock that was set back must not close a window for longer than it lasts.
  const isOpen = row !== undefined && age >= 0 && age < windowMs;
  if (isOpen && row.count >= max) return windowMs - age;
  const counted = isOpen
    ? { count: row.count + 1, since_at: row.since_at }
    : { count: 1, since_at: now.toISOString() };
  await transaction
    .insertInto("attempts")
    .values({ key, ...counted })
    .onConflict((on) => on.column("key").doUpdateSet(counted))
    .execute();
  return undefined;
}
