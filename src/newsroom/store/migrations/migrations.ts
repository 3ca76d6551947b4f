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

type Migration = readonly Statement[];

/** All migrations in order. A released migration never changes; each change is a new one. */
const migrations: readonly Migration[] = [
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
];

/** The number of this program's newest migration. */
export const newestMigration = migrations.length;

/**
 * Applies the missing migrations, each in its own transaction with the write lock. So two processes that start at the same
 * time apply each migration once, and a killed process leaves none half done. Returns the number of the database's newest
 * migration. It is greater than `newestMigration` when a newer program has migrated the database, which must not be used
 * then.
 */
export async function migrate(database: Kysely<Schema>, dialect: Dialect, now: Date): Promise<number> {
  for (;;) {
    const reached = await database.transaction().execute(async (transaction) => {
      await sql`create table if not exists migrations (number integer primary key, applied_at text not null)`.execute(
        transaction,
      );
      const last = await transaction
        .selectFrom("migrations")
        .select((of) => of.fn.max("number").as("number"))
        .executeTakeFirst();
      const applied = last?.number ?? 0;
      const next = migrations[applied];
      if (!next) return applied;
      for (const statement of next.flatMap((written) => inDialect(written, dialect)))
        await sql.raw(statement).execute(transaction);
      await transaction
        .insertInto("migrations")
        .values({ number: applied + 1, applied_at: now.toISOString() })
        .execute();
      return applied + 1;
    });
    if (reached >= newestMigration) return reached;
  }
}
