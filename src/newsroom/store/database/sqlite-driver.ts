import { setTimeout as pause } from "node:timers/promises";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDialectConfig,
  SqliteDriver,
  type TransactionSettings,
} from "kysely";
import type Libsql from "libsql";
import { Outage } from "../../outage.js";

/**
 * How long a transaction waits for the write lock of another process, in ms, and between two tries; and how long after
 * one found it taken the next that does goes on with the same waiting.
 */
const patience = { ms: 5000, pauseMs: 20, sameMs: 1000 };

/**
 * Waits for the write lock of another process without stopping the thread or those who read, and takes it before anything
 * is written: a statement of libsql that finds it taken stays in progress, and no later transaction of the connection can
 * commit. Throws `Outage` when the lock stays taken, and when the file cannot be read or written at all.
 */
export class PatientDriver extends SqliteDriver {
  readonly #database: Libsql.Database;
  #connection: DatabaseConnection | undefined;
  /** The first and the last time that the lock was found taken, ms: who comes later does not wait anew. */
  #taken: { since: number; last: number } | undefined;

  constructor(config: SqliteDialectConfig, database: Libsql.Database) {
    super(config);
    this.#database = database;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#connection ??= {
      executeQuery: (query) => asOutage(() => this.#execute(connection, query)),
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
    return this.#connection;
  }

  async #execute<R>(connection: DatabaseConnection, query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#database.inTransaction || !isWrite(query)) return connection.executeQuery<R>(query);
    await this.#begin();
    try {
      const result = await connection.executeQuery<R>(query);
      this.#database.exec("commit");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  override async beginTransaction(_: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    // One that begins to write later fails at once where another process has written since (SQLITE_BUSY_SNAPSHOT).
    const isReading = settings?.accessMode === "read only";
    await asOutage(async () => (isReading ? this.#database.exec("begin") : this.#begin()));
  }

  override async commitTransaction(): Promise<void> {
    await asOutage(async () => this.#database.exec("commit"));
  }

  override async rollbackTransaction(): Promise<void> {
    this.#rollBack();
  }

  async #begin(): Promise<void> {
    for (;;) {
      try {
        this.#database.exec("begin immediate");
        this.#taken = undefined;
        return;
      } catch (error) {
        if (!isBusy(error) || this.#noteTaken() > patience.ms) throw error;
      }
      // Nothing has begun: others may use the connection meanwhile.
      await super.releaseConnection();
      await pause(patience.pauseMs);
      await super.acquireConnection();
    }
  }

  /** Notes that the lock is taken. Returns for how long it has been waited for, by all together, in ms. */
  #noteTaken(): number {
    const now = performance.now();
    const { since, last } = this.#taken ?? { since: now, last: now };
    this.#taken = { since: now - last < patience.sameMs ? since : now, last: now };
    return now - this.#taken.since;
  }

  /** After a full disk, SQLite has rolled back by itself. */
  #rollBack(): void {
    if (this.#database.inTransaction) this.#database.exec("rollback");
  }
}

/** Kysely's kinds of statements that write. */
const writes: ReadonlySet<string> = new Set([
  "InsertQueryNode",
  "UpdateQueryNode",
  "DeleteQueryNode",
  "MergeQueryNode",
]);

function isWrite({ query, sql }: CompiledQuery): boolean {
  return writes.has(query.kind) || (query.kind === "RawNode" && /^\s*(?:insert|update|delete)\b/i.test(sql));
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

async function asOutage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isAway = isBusy(error) || /^SQLITE_(IOERR|CANTOPEN|READONLY|PROTOCOL)/.test(codeOf(error));
    throw isAway ? new Outage("database", { cause: error }) : error;
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}
