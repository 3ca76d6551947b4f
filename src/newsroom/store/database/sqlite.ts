import { closeSync, openSync } from "node:fs";
import {
  Kysely,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from "kysely";
import Libsql from "libsql";
import type { Schema } from "../schema.js";
import { PatientDriver } from "./sqlite-driver.js";

/** How long a statement waits for another process, in ms. The whole thread waits with it. */
const busyMs = 50;
/** How long the opening waits for another process, in ms: nobody is served yet. */
const openingBusyMs = 5000;
/** How many parsed statements are kept: lists of values make many. */
const maxKeptStatements = 500;
/** What is left of a log that has grown beyond it while another process was reading, in bytes. */
const maxLogBytes = 16 * 1024 * 1024;

/**
 * Opens or creates an SQLite file with a write-ahead log, synced commits and foreign keys. Removed and replaced values are
 * overwritten with zeros (secure_delete), in tables and in indexes; the log still holds them until it is truncated. Throws libsql's own error when
 * the file is not a database or cannot be written, SQLITE_BUSY when exclusive access is requested and another process has
 * it open.
 *
 * @param exclusive keeps other processes from opening the file
 */
export function openSqlite(file: string, exclusive = false): Kysely<Schema> {
  createPrivateFile(file);
  const database = new Libsql(file, { timeout: openingBusyMs });
  const locking = exclusive ? ["locking_mode = EXCLUSIVE"] : [];
  const always = [
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    `journal_size_limit = ${maxLogBytes}`,
    `busy_timeout = ${busyMs}`,
  ];
  for (const pragma of [...locking, ...always]) {
    database.prepare(`PRAGMA ${pragma}`).all();
  }
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new PatientDriver({ database: adaptLibsql(database) }, database),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (opened) => new SqliteIntrospector(opened),
    },
  });
}

/**
 * Creates an empty file that only its owner may read; SQLite copies these permissions to the log and its index. An
 * existing file is never opened here: closing it would drop the locks that SQLite holds on it in this process (POSIX,
 * fcntl), and the next process to exit would delete the log of the running service.
 */
function createPrivateFile(file: string): void {
  try {
    closeSync(openSync(file, "ax", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/**
 * Adapts libsql to Kysely. Parsing a statement takes longer than most of ours run, so those used last are kept; SQLite
 * parses one again by itself when the schema has changed (sqlite3_prepare_v2).
 */
function adaptLibsql(database: Libsql.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => void database.close(),
    prepare(sql: string): SqliteStatement {
      const statement = kept.get(sql) ?? adaptStatement(database.prepare(sql));
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > maxKeptStatements && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  };
}

function adaptStatement(statement: Libsql.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => statement.all(parameters.map(toBindable)),
    run: (parameters) => {
      const { changes, lastInsertRowid } = statement.run(parameters.map(toBindable));
      return { changes, lastInsertRowid };
    },
    iterate: (parameters) => statement.iterate(parameters.map(toBindable)),
  };
}

/**
 * Converts a value to one that libsql 0.5 stores unchanged. libsql aborts the process on a boolean, cuts text at U+0000
 * and binds every number as a float. So whole numbers are bound as integers, and unsafe values throw.
 */
function toBindable(value: unknown): unknown {
  if (value === null || typeof value === "bigint" || value instanceof Uint8Array) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "string" && !value.includes("\u0000") && value.isWellFormed()) return value;
  throw new TypeError(`a ${typeof value} that the database cannot hold`);
}
