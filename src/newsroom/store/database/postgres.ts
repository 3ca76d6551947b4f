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
import type { PostgresAddress } from "../addresses.js";
import { optionalPackage } from "../optional-package.js";
import type { Schema } from "../schema.js";

/** Connections of one process. */
const poolSize = 10;
/** How long a statement waits for another's lock, ms: a migration of a large newsroom takes a while. */
const lockMs = 120_000;
/** A process that stopped in the middle of a transaction holds the others up for so long, ms. */
const idleMs = 30_000;

/** Opens a PostgreSQL database; nothing is asked of it yet. Throws `package-missing`. */
export async function openPostgres(address: PostgresAddress): Promise<Kysely<Schema>> {
  const { default: pg } = await optionalPackage("pg", () => import("pg"));
  const pool = new pg.Pool({
    connectionString: address.url,
    application_name: "kominfo-newsroom",
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleMs,
    types: { getTypeParser },
  });
  // A connection that breaks while nobody uses it is replaced at the next use.
  pool.on("error", () => {});
  function getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && numberTypes.has(oid)) return Number;
    return pg.types.getTypeParser(oid, format);
  }
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new SerialDriver({ pool }),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (database) => new PostgresIntrospector(database),
    },
  });
}

/** int8 and numeric, what counts and sums are: no number here comes near 2^53. */
const numberTypes: ReadonlySet<number> = new Set([20, 1700]);

/**
 * Every writing transaction, of whichever process, waits for the one before it, as in SQLite: what a transaction has
 * read is still so when it commits (If-Match, claims, Idempotency-Key), and `changes.seq` is the order of commits, so
 * that a reader of the feed skips none. The lock is the schema's and ends with the transaction, also when its process
 * dies. Statements outside a transaction and those that only read do not take it.
 */
class SerialDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    if (settings.accessMode === "read only") return super.beginTransaction(connection, settings);
    // Read committed: a statement sees all that was committed before the lock was given.
    await connection.executeQuery(
      CompiledQuery.raw(
        "begin isolation level read committed; " +
          "select pg_advisory_xact_lock(hashtext('kominfo newsroom ' || current_schema()))",
      ),
    );
  }
}
