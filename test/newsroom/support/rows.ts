import { PostgresAdapter, sql } from "kysely";
import type { Store } from "../../../src/newsroom/store/database/open.js";

/** All rows of the newsroom as text, by table; without those that only say how far an upload has come. */
export async function rowsOf(store: Store): Promise<Record<string, string>> {
  const rows: Record<string, string> = {};
  for (const name of await tablesOf(store)) {
    if (name === "upload_parts" || name === "upload_locks") continue;
    const { rows: found } = await sql`select * from ${sql.table(name)}`.execute(store);
    rows[name] = found
      .map((row) => JSON.stringify(row))
      .sort()
      .join("\n");
  }
  return rows;
}

/** Kysely's introspection reads every schema of PostgreSQL, which takes seconds where each test has one. */
async function tablesOf(store: Store): Promise<string[]> {
  const isPostgres = store.getExecutor().adapter instanceof PostgresAdapter;
  const { rows } = await (isPostgres
    ? sql<{ name: string }>`select tablename as name from pg_tables where schemaname = current_schema()`
    : sql<{ name: string }>`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`
  ).execute(store);
  return rows.map(({ name }) => name);
}
