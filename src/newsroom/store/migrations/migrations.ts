import { setTimeout as pause } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { type Dialect, inDialect, type Statement } from "../dialect.js";
import type { Schema } from "../schema.js";
import { firstTables } from "./001-first-tables.js";
import { albumsAndPublications } from "./002-albums-and-publications.js";
import { wholeLifecycle } from "./003-whole-lifecycle.js";
import { sharedStores } from "./004-shared-stores.js";
import { desk } from "./005-desk.js";
import { copies } from "./006-copies.js";
import { growth } from "./007-growth.js";
import { redactionTargets } from "./008-redaction-targets.js";
import { tokenFamilies } from "./009-token-families.js";
import { bounds } from "./010-bounds.js";
import { guesses } from "./011-guesses.js";
import { residue } from "./012-residue.js";
import { audit } from "./013-audit.js";
import { viewersAndPublishers } from "./014-roles.js";
import { publishing } from "./015-publishing.js";
import { takeDownRequests } from "./016-take-down.js";
import { accounts } from "./017-accounts.js";

type Migration = readonly Statement[];

/**
 * All migrations in order. A released migration never changes; each change is a new one.
 *
 * The process of the version before serves while a migration runs, and after it (docs/newsroom.md, Updating two processes).
 * So a migration expands: it adds a table, an index, a column that may be null or has a default, and fills in what few rows
 * need, in a second or two. What nothing uses any more is removed by a later version, whose predecessor does not name it.
 * rolling-migrations.test.ts holds every migration since 014 to it.
 */
export const migrations: readonly Migration[] = [
  firstTables,
  albumsAndPublications,
  wholeLifecycle,
  sharedStores,
  desk,
  copies,
  growth,
  redactionTargets,
  tokenFamilies,
  bounds,
  guesses,
  residue,
  audit,
  viewersAndPublishers,
  publishing,
  takeDownRequests,
  accounts,
];

/** The number of this program's newest migration. */
export const newestMigration = migrations.length;

/**
 * How long a statement of a migration waits for a table, in ms. Everybody who asks for the table after it waits behind it,
 * also to read, so that it gives up soon and tries again after `pauseMs`: a backup may read for minutes.
 */
const tableWaitMs = 1000;
const pauseMs = 500;
/** How often: five minutes in all. */
const tries = 200;
/** PostgreSQL's codes for a lock that was not to be had in time, and for locks that wait for each other. */
const lockCodes: readonly unknown[] = ["55P03", "40P01"];

/**
 * Applies the missing migrations, each in its own transaction with the write lock. So two processes that start at the same
 * time apply each migration once, and a killed process leaves none half done. Processes that serve meanwhile go on: they
 * read, and wait with what they write.
 *
 * Returns the number of the database's newest migration. It is greater than `newestMigration` when a newer program has
 * migrated the database, which must not be used then.
 */
export async function migrate(
  database: Kysely<Schema>,
  dialect: Dialect,
  now: Date,
  all: readonly Migration[] = migrations,
): Promise<number> {
  for (let tried = 0; ; ) {
    try {
      const reached = await migrateOnce(database, dialect, now, all);
      if (reached >= all.length) return reached;
    } catch (error) {
      tried += 1;
      if (tried >= tries || !isLocked(error)) throw error;
      await pause(pauseMs);
    }
  }
}

/** Whether the statement, or the outage that it became, failed for a lock. */
function isLocked(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return lockCodes.includes(code) || (cause instanceof Error && isLocked(cause));
}

/** Applies the next migration, if there is one. Returns the number of the database's newest one. */
function migrateOnce(
  database: Kysely<Schema>,
  dialect: Dialect,
  now: Date,
  all: readonly Migration[],
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    if (dialect === "postgres") await sql.raw(`set local lock_timeout = ${tableWaitMs}`).execute(transaction);
    await sql`create table if not exists migrations (number integer primary key, applied_at text not null)`.execute(
      transaction,
    );
    const last = await transaction
      .selectFrom("migrations")
      .select((of) => of.fn.max("number").as("number"))
      .executeTakeFirst();
    const applied = last?.number ?? 0;
    const next = all[applied];
    if (!next) return applied;
    for (const statement of next.flatMap((written) => inDialect(written, dialect)))
      await sql.raw(statement).execute(transaction);
    await transaction
      .insertInto("migrations")
      .values({ number: applied + 1, applied_at: now.toISOString() })
      .execute();
    return applied + 1;
  });
}
