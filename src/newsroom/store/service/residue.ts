import { setTimeout as pause } from "node:timers/promises";
import { PostgresAdapter, sql } from "kysely";
import { v7 as uuid } from "uuid";
import { Outage } from "../../outage.js";
import type { Checkpoints } from "../database/checkpoints.js";
import type { Store } from "../database/open.js";

/**
 * Removed text outlives its rows. SQLite has it in the write-ahead log until the log is truncated, and files from before
 * `secure_delete` have it in free pages. PostgreSQL has it in dead rows, in the space that a plain VACUUM frees, and in
 * the planner's statistics. A mark in `residue` says that this is so; it is set in the transaction that removes text, so
 * that no killed process forgets it, and deleted when the files were cleared.
 *
 * @param kind "pages" for text from before `secure_delete`, for which the whole file is rewritten at the next start
 */
export async function markResidue(
  transaction: Store,
  kind: "redaction" | "pages" = "redaction",
): Promise<void> {
  const mark = uuid();
  await transaction
    .insertInto("residue")
    .values({ kind, mark })
    .onConflict((on) => on.column("kind").doUpdateSet({ mark }))
    .execute();
}

/**
 * Clears the database's raw files of removed text, if any is marked. Returns false when another reader or process is in
 * the way; then the next call tries again. The old pages of SQLite are rewritten only at the start of a service, because
 * nothing else runs meanwhile.
 */
export async function clearResidue(
  store: Store,
  { isStarting = false, checkpoints }: { isStarting?: boolean; checkpoints?: Checkpoints | undefined } = {},
): Promise<boolean> {
  const isPostgres = store.getExecutor().adapter instanceof PostgresAdapter;
  const found = await store.selectFrom("residue").selectAll().execute();
  const marks = found.filter(({ kind }) => kind === "redaction" || isStarting || isPostgres);
  if (marks.length === 0) return true;
  const isCleared = isPostgres
    ? await rewriteTables(store)
    : await truncateLog(
        store,
        marks.some(({ kind }) => kind === "pages"),
        checkpoints,
      );
  if (!isCleared) return false;
  for (const { kind, mark } of marks) {
    // The mark of a later redaction stays.
    await store.deleteFrom("residue").where("kind", "=", kind).where("mark", "=", mark).execute();
  }
  return true;
}

/** Writes the log into the file and empties it; before that, rewrites the whole file if `isWhole`. */
async function truncateLog(store: Store, isWhole: boolean, checkpoints?: Checkpoints): Promise<boolean> {
  return store.connection().execute(async (connection) => {
    try {
      if (isWhole) await sql`vacuum`.execute(connection);
      // Nobody writes meanwhile, so that nothing is left to copy, for which the thread of the service would stand still.
      await checkpoints?.run();
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection);
      return rows[0]?.busy === 0;
    } catch (error) {
      if (error instanceof Outage) return false;
      throw error;
    }
  });
}

/** The tables that hold what a redaction removes, or have held authenticators' secrets in clear. */
const redactedTables = [
  "submissions",
  "revisions",
  "transitions",
  "comments",
  "approvals",
  "publications",
  "publication_attempts",
  "album_photos",
  "photo_owners",
  "uploads",
  "idempotency_keys",
  "desk_logins",
] as const;

/** How long the rewriting of a table waits for its readers, in ms; requests that come later wait behind it. */
const rewriteLockMs = 2000;

/** PostgreSQL's code for a lock that was not available in time. */
const lockNotAvailable = "55P03";

/**
 * Rewrites the tables and their indexes into new files, without what was removed, and their statistics. Each table is
 * locked while it is rewritten: seconds in a newsroom of years.
 */
async function rewriteTables(store: Store): Promise<boolean> {
  return store.connection().execute(async (connection) => {
    if (!(await isSeenByNobody(connection))) return false;
    try {
      await sql`set lock_timeout = ${sql.lit(rewriteLockMs)}`.execute(connection);
      for (const table of redactedTables) {
        await sql`vacuum (full, analyze) ${sql.table(table)}`.execute(connection);
      }
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === lockNotAvailable) return false;
      throw error;
    } finally {
      await sql`reset lock_timeout`.execute(connection);
    }
  });
}

/**
 * How long the rewriting waits for what may still see the removed rows, in ms. A replica that feeds back says what it sees
 * each 10 s only (wal_receiver_status_interval).
 */
const snapshotWaitMs = 12_000;

/**
 * Waits for the transactions that began before now. VACUUM FULL copies a dead row that one of them may still see: a backup,
 * an automatic ANALYZE, a hung client, a replica that feeds back. Returns false when some go on for longer.
 */
async function isSeenByNobody(connection: Store): Promise<boolean> {
  const { rows: now } = await sql<{ xid: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::xid::text as xid`.execute(connection);
  const until = performance.now() + snapshotWaitMs;
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from (
        select unnest(array[backend_xid, backend_xmin]) as xid from pg_stat_activity
          where pid <> pg_backend_pid() and (datid is null or datname = current_database())
        union all select transaction from pg_prepared_xacts where database = current_database()
        union all select xmin from pg_replication_slots
      ) as held where age(xid) > age(${now[0]!.xid}::xid)`.execute(connection);
    if (rows[0]?.count === 0) return true;
    if (performance.now() > until) return false;
    await pause(100);
  }
}
