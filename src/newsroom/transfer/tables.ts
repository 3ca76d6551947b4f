import { sql } from "kysely";
import type { Store } from "../store/database/open.js";

/** A table as it is copied: its columns, the key that orders its rows, and columns that name rows of itself. */
export interface Table {
  name: string;
  columns: readonly string[];
  key: readonly string[];
  own: readonly string[];
}

/** What is only on its way, or belongs to one database. */
const left: ReadonlySet<string> = new Set([
  "migrations",
  "uploads",
  "upload_parts",
  "upload_locks",
  "handovers",
]);

/**
 * The tables of a newsroom in an order in which each row's parents come first, read from an SQLite database: of the
 * two sides of a copy one always is, and both have the same tables.
 */
export async function tablesOf(sqlite: Store): Promise<Table[]> {
  const names = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
    sqlite,
  );
  const waiting = new Map<string, { table: Table; parents: Set<string> }>();
  for (const { name } of names.rows) {
    if (left.has(name)) continue;
    const columns = await sql<{ name: string; pk: number }>`
      select name, pk from pragma_table_info(${name}) order by cid`.execute(sqlite);
    const references = await sql<{ table: string; from: string }>`
      select "table", "from" from pragma_foreign_key_list(${name})`.execute(sqlite);
    waiting.set(name, {
      table: {
        name,
        columns: columns.rows.map((one) => one.name),
        key: columns.rows
          .filter((one) => one.pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map((one) => one.name),
        own: references.rows.filter((one) => one.table === name).map((one) => one.from),
      },
      parents: new Set(references.rows.map((one) => one.table).filter((one) => one !== name)),
    });
  }
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter(([, { parents }]) => [...parents].every((one) => !waiting.has(one)));
    if (free.length === 0)
      throw new Error(`tables that refer to each other: ${[...waiting.keys()].join(", ")}`);
    for (const [name, { table }] of free) {
      ordered.push(table);
      waiting.delete(name);
    }
  }
  return ordered;
}
