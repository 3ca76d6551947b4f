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
import { attentivePool, type Patience } from "./postgres-pool.js";

/** For requests, which people wait for. */
const requestPatience: Patience = { statementMs: 10_000, lockMs: 8_000, answerMs: 12_000, idleMs: 10_000 };
/** For what takes long: migrations, and the rewriting of tables of years; a lock is waited for while another migrates. */
const upkeepPatience: Patience = {
  statementMs: 30 * 60_000,
  lockMs: 120_000,
  answerMs: 31 * 60_000,
  idleMs: 30_000,
};

/**
 * Opens a PostgreSQL database without connecting yet. Statements throw `Outage` while it cannot be reached. Throws
 * `package-missing`.
 */
export async function openPostgres(
  address: PostgresAddress,
  use: "requests" | "upkeep" = "upkeep",
): Promise<Kysely<Schema>> {
  const { default: pg } = await optionalPackage("pg", () => import("pg"));
  function getTypeParser(oid: number, format?: "text" | "binary") {
    if (format !== "binary" && numberTypes.has(oid)) return Number;
    return pg.types.getTypeParser(oid, format);
  }
  const pool = attentivePool(
    pg.Pool,
    {
      connectionString: address.url,
      application_name: "kominfo-newsroom",
      types: { getTypeParser },
    },
    use === "requests" ? requestPatience : upkeepPatience,
  );
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
    const begin =
      "begin isolation level read committed; " +
      "select pg_advisory_xact_lock(hashtext('kominfo newsroom ' || current_schema()))";
    try {
      await connection.executeQuery(CompiledQuery.raw(begin));
    } catch (error) {
      // The transaction has begun, and does not have the lock: the next to use the connection would fail in it.
      await super.rollbackTransaction(connection);
      throw error;
    }
  }
}
