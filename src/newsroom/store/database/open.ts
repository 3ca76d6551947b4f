import { chmod, readdir } from "node:fs/promises";
import path from "node:path";
import type { Kysely } from "kysely";
import { failed, KominfoError, usage } from "../../../errors/errors.js";
import { exists } from "../../../files/atomic.js";
import { makeFolder } from "../../../files/folders.js";
import type { PostgresAddress } from "../../addresses.js";
import { Outage } from "../../outage.js";
import type { Dialect } from "../dialect.js";
import { migrate, newestMigration } from "../migrations/migrations.js";
import type { Schema } from "../schema.js";
import { secretsKeyFile } from "../secrets-key.js";
import { openPostgres } from "./postgres.js";
import { openSqlite } from "./sqlite.js";

/** The newsroom's database, or a transaction of it. */
export type Store = Kysely<Schema>;

/** Location of the rows: the folder of an SQLite file, or a PostgreSQL database. */
export type StoreLocation = string | PostgresAddress;

export const databaseFile = "newsroom.db";

/**
 * Opens the newsroom in `place` and migrates its tables. Creates the newsroom in a database without our tables, and in an
 * empty or missing folder unless `make` is false; only the owner may read a new folder.
 *
 * Throws `newsroom-folder-missing` (nothing to open), `newsroom-folder-foreign` (the folder contains other files),
 * `newsroom-folder-unusable` (not writable, or a damaged database), `newsroom-database-unusable`, `package-missing`,
 * `newsroom-newer` (made by a newer kominfo).
 */
export async function openStore(place: StoreLocation, now: Date, make = true): Promise<Store> {
  return typeof place === "string" ? openFolder(place, now, make) : openDatabase(place, now);
}

async function openFolder(folder: string, now: Date, make: boolean): Promise<Store> {
  const file = path.join(folder, databaseFile);
  if (!(await exists(file))) {
    if (!make) throw usage("newsroom-folder-missing", { path: folder });
    await prepareFolder(folder);
  }
  try {
    return await migrateOrClose(openSqlite(file), "sqlite", folder, now);
  } catch (error) {
    throw asFolderProblem(folder, error);
  }
}

/**
 * Opens the newsroom of a folder exclusively, so that no service writes during a copy. Throws `newsroom-running`, and the
 * errors of `openStore`.
 */
export async function openStoreExclusively(folder: string, now: Date): Promise<Store> {
  const file = path.join(folder, databaseFile);
  if (!(await exists(file))) throw usage("newsroom-folder-missing", { path: folder });
  try {
    return await migrateOrClose(openSqlite(file, true), "sqlite", folder, now);
  } catch (error) {
    if (codeOf(error) === "SQLITE_BUSY") throw failed("newsroom-running", { path: folder }, error);
    throw asFolderProblem(folder, error);
  }
}

async function openDatabase(address: PostgresAddress, now: Date): Promise<Store> {
  const store = await openPostgres(address);
  try {
    return await migrateOrClose(store, "postgres", address.displayUrl, now);
  } catch (error) {
    if (error instanceof KominfoError) throw error;
    const reason = codeOf(error) ?? (error as Error).message;
    throw failed("newsroom-database-unusable", { address: address.displayUrl, reason }, error);
  }
}

async function migrateOrClose(store: Store, dialect: Dialect, place: string, now: Date): Promise<Store> {
  try {
    if ((await migrate(store, dialect, now)) > newestMigration)
      throw failed("newsroom-newer", { path: place });
    return store;
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder, 0o700);
    if (!(await readdir(folder)).every(isAllowedInNewFolder))
      throw usage("newsroom-folder-foreign", { path: folder });
    await chmod(folder, 0o700);
  } catch (error) {
    throw asFolderProblem(folder, error);
  }
}

/**
 * A new disk has lost+found, a repository .gitkeep, another process may be creating the database right now, and whoever
 * restores a backup puts its key there first.
 */
function isAllowedInNewFolder(name: string): boolean {
  return (
    name.startsWith(".") || name === "lost+found" || name.startsWith(databaseFile) || name === secretsKeyFile
  );
}

function asFolderProblem(folder: string, error: unknown): unknown {
  const code = codeOf(error);
  const isSystemCode = code !== undefined && /^(E[A-Z]+|SQLITE_[A-Z_]+)$/.test(code);
  return isSystemCode ? failed("newsroom-folder-unusable", { path: folder, reason: code }, error) : error;
}

/** The code of the system or the database. */
function codeOf(error: unknown): string | undefined {
  const { code } = (error instanceof Outage ? error.cause : error) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
