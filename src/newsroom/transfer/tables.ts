import { sql } from "kysely";
import type { Store } from "../store/database/open.js";

/** A table to copy: its columns, its primary key, and the columns that reference the same table. */
export interface Table {
  name: string;
  columns: readonly string[];
  key: readonly string[];
  selfReferences: readonly string[];
}

/** Tables that are not copied: they hold temporary data or belong to one database. */
const skippedTables: ReadonlySet<string> = new Set([
  "migrations",
  "uploads",
  "upload_parts",
  "upload_locks",
  "handovers",
  "attempts",
  "residue",
  "audit_failures",
]);

/**
 * Lists the tables of a newsroom, parents before the tables that reference them. Reads an SQLite database: one side of
 * a copy always is SQLite, and both sides have the same tables.
 */
export async function tablesOf(sqlite: Store): Promise<Table[]> {
  const names = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
    sqlite,
  );
  const waiting = new Map<string, { table: Table; parents: Set<string> }>();
  for (const { name } of names.rows) {
    if (skippedTables.has(name)) continue;
    const columns = await sql<{ name: string; pk: number }>`
      select name, pk from pragma_table_info(${name}) order by cid`.execute(sqlite);
    const references = await sql<{ table: string; from: string }>`
      select "table", "from" from pragma_foreign_key_list(${name})`.execute(sqlite);
    waiting.set(name, {
      table: {
        name,
        columns: columns.rows.map((column) => column.name),
        key: columns.rows
          .filter((column) => column.pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map((column) => column.name),
        selfReferences: references.rows
          .filter((reference) => reference.table === name)
          .map((reference) => reference.from),
      },
      parents: new Set(
        references.rows.map((reference) => reference.table).filter((parent) => parent !== name),
      ),
    });
  }
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].filter(([, { parents }]) =>
      [...parents].every((parent) => !waiting.has(parent)),
    );
    if (free.length === 0)
      throw new Error(`tables that refer to each other: ${[...waiting.keys()].join(", ")}`);
    for (const [name, { table }] of free) {
      ordered.push(table);
      waiting.delete(name);
    }
  }
  return ordered;
}
