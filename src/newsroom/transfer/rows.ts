import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { failed } from "../../errors/errors.js";
import type { Store } from "../store/database/open.js";
import type { Table } from "./tables.js";

type Row = Readonly<Record<string, unknown>>;

/** Rows read and written at a time. The widest table stays below the limit of bound values per statement. */
const batchSize = 500;

/** Reads all rows in batches, ordered by primary key, starting after `after`. */
async function* rowsOf(store: Store, table: Table, after?: Row): AsyncGenerator<Row[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  for (let last = after; ; ) {
    const beyond = last
      ? sql`where (${key}) > (${sql.join(table.key.map((column) => sql.val(last?.[column])))})`
      : sql``;
    const { rows } = await sql<Row>`
      select ${sql.join(table.columns.map((column) => sql.ref(column)))}
      from ${sql.table(table.name)} ${beyond} order by ${key} limit ${sql.lit(batchSize)}`.execute(store);
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    last = rows.at(-1);
  }
}

/**
 * Copies the rows that `to` does not have yet. Rows are written in the order of their keys, so that an interrupted copy
 * resumes after its last row. References to rows of the same table are filled in at the end.
 */
export async function copyRows(from: Store, to: Store, table: Table): Promise<void> {
  const order = sql.join(table.key.map((column) => sql`${sql.ref(column)} desc`));
  const { rows: last } = await sql<Row>`
    select ${sql.join(table.key.map((column) => sql.ref(column)))}
    from ${sql.table(table.name)} order by ${order} limit 1`.execute(to);
  for await (const rows of rowsOf(from, table, last[0])) {
    const values = rows.map(
      (row) =>
        sql`(${sql.join(table.columns.map((column) => sql.val(table.selfReferences.includes(column) ? null : row[column])))})`,
    );
    await sql`
      insert into ${sql.table(table.name)} (${sql.join(table.columns.map((column) => sql.ref(column)))})
      values ${sql.join(values)}`.execute(to);
  }
  for (const column of table.selfReferences) await copySelfReferences(from, to, table, column);
}

async function copySelfReferences(from: Store, to: Store, table: Table, column: string): Promise<void> {
  const [key] = table.key;
  if (key === undefined || table.key.length > 1) throw new Error(`${table.name} has no single key`);
  const { rows } = await sql<Row>`
    select ${sql.ref(key)}, ${sql.ref(column)} from ${sql.table(table.name)}
    where ${sql.ref(column)} is not null`.execute(from);
  await to.transaction().execute(async (transaction) => {
    for (const row of rows) {
      await sql`update ${sql.table(table.name)} set ${sql.ref(column)} = ${sql.val(row[column])}
        where ${sql.ref(key)} = ${sql.val(row[key])}`.execute(transaction);
    }
  });
}

/**
 * Compares both sides row by row. Returns the number of rows. Throws `newsroom-copy-differs` at the first difference.
 */
export async function compareRows(from: Store, to: Store, table: Table): Promise<number> {
  const there = rowsOf(to, table);
  let count = 0;
  for await (const rows of rowsOf(from, table)) {
    const copied = (await there.next()).value;
    if (!isDeepStrictEqual(rows, copied)) throw failed("newsroom-copy-differs", { table: table.name });
    count += rows.length;
  }
  if ((await there.next()).value !== undefined) throw failed("newsroom-copy-differs", { table: table.name });
  return count;
}
