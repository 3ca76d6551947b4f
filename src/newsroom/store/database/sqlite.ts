import { closeSync, openSync } from "node:fs";
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import Libsql from "libsql";
import type { Schema } from "../schema.js";

/** How long a statement waits for another process's write, in ms. */
const busyMs = 5000;

/**
 * Opens (and makes) an SQLite file: write-ahead log, every commit synced, foreign keys on.
 * Throws libsql's own error when the file is not a database or cannot be written, SQLITE_BUSY when it is to be had
 * alone and another process has it open.
 *
 * @param exclusive no other process can open it meanwhile
 */
export function openSqlite(file: string, exclusive = false): Kysely<Schema> {
  createPrivateFile(file);
  const database = new Libsql(file, { timeout: busyMs });
  const locking = exclusive ? ["locking_mode = EXCLUSIVE"] : [];
  for (const pragma of [...locking, "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"]) {
    database.prepare(`PRAGMA ${pragma}`).all();
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adaptLibsql(database) }) });
}

/**
 * An empty file for its owner only, whose permissions SQLite gives to the log and its index too. One that is there is
 * never opened here: closing it would drop the locks that SQLite holds on it in this process (POSIX, fcntl), and the
 * next process to end would take away the log under the service.
 */
function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, "ax", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * libsql behind what Kysely expects. Every transaction takes the write lock at its start: a deferred one that
 * turns to writing fails at once with SQLITE_BUSY_SNAPSHOT when another process has written meanwhile.
 */
function adaptLibsql(database: Libsql.Database): SqliteDatabase {
  return {
    close: () => void database.close(),
    prepare(sql: string): SqliteStatement {
      const statement = database.prepare(sql === "begin" ? "begin immediate" : sql);
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters.map(toBindable)),
        run: (parameters) => {
          const { changes, lastInsertRowid } = statement.run(parameters.map(toBindable));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(parameters.map(toBindable)),
      };
    },
  };
}

/**
 * A value that libsql 0.5 stores as it is. It aborts the process on a boolean, cuts text at U+0000 and binds every
 * number as a float: such values are refused, and whole numbers are bound as integers.
 */
function toBindable(value: unknown): unknown {
  if (value === null || typeof value === "bigint" || value instanceof Uint8Array) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && !value.includes("\u0000") && value.isWellFormed()) return value;
  throw new TypeError(`a ${typeof value} that the database cannot hold`);
}
