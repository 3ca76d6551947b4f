import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from "kysely";
import type { PostgresAddress } from "../../addresses.js";
import { optionalPackage } from "../../optional-package.js";
import type { Schema } from "../schema.js";

/** Maximum connections of one process. */
const poolSize = 10;
/** How long a statement waits for a lock, in ms: migrating a large newsroom takes a while. */
const lockMs = 120_000;
/** After this idle time, in ms, the transaction of a hung process is ended, so that others can go on. */
const idleMs = 30_000;

/** Opens a PostgreSQL database without connecting yet. Throws `package-missing`. */
export async function openPostgres(address: PostgresAddress): Promise<Kysely<Schema>> {
  const { default: pg } = await optionalPackage("pg", () => import("pg"));
  const pool = new pg.Pool({
    connectionString: address.url,
    application_name: "kominfo-newsroom",
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleMs,
    // A server that has gone without a word is noticed.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser },
  });
  // A connection that breaks while idle is replaced at the next use.
  pool.on("error", () => {});
  function getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && numberTypes.has(oid)) return Number;
    return pg.types.getTypeParser(oid, format);
  }
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new SerialDriver({ pool, onCreateConnection: compressQuickly }),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (database) => new PostgresIntrospector(database),
    },
  });
}

/**
 * A revision of 0.9 MB takes 8 ms to store instead of 55, in which nobody else writes: PostgreSQL's own compression is slow
 * where there is little to gain. A server that was built without lz4 refuses, and stays with its own.
 */
async function compressQuickly(connection: DatabaseConnection): Promise<void> {
  await connection
    .executeQuery(CompiledQuery.raw("set default_toast_compression = 'lz4'"))
    .catch(() => undefined);
}

/** OIDs of int8 and numeric, the types of counts and sums. They are read as numbers: no value comes near 2^53. */
const numberTypes: ReadonlySet<number> = new Set([20, 1700]);

/**
 * Serialises the writing transactions of all processes, as SQLite does. So what a transaction has read still holds when it
 * commits (If-Match, claims, Idempotency-Key), and `changes.seq` follows the order of commits, so that a reader of the
 * feed skips no change. The advisory lock is per schema and ends with the transaction, even when the process dies.
 * Read-only transactions and single statements do not take it.
 */
class SerialDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    if (settings.accessMode === "read only") return super.beginTransaction(connection, settings);
    // Read committed: each statement sees everything that was committed before the lock was acquired.
    await connection.executeQuery(
      CompiledQuery.raw(
        "begin isolation level read committed; " +
          "select pg_advisory_xact_lock(hashtext('kominfo newsroom ' || current_schema()))",
      ),
    );
  }
}
