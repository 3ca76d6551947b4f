import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { failed } from "../../errors/errors.js";
import type { Store } from "../store/database/open.js";
import type { Table } from "./tables.js";

type Row = Readonly<Record<string, unknown>>;

/** Rows read and written at a time: the widest table stays under what a statement may bind. */
const batch = 500;

/** Every row in the order of its key, some at a time, from after `after` on. */
async function* rowsOf(store: Store, table: Table, after?: Row): AsyncGenerator<Row[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  for (let last = after; ; ) {
    const beyond = last
      ? sql`where (${key}) > (${sql.join(table.key.map((column) => sql.val(last?.[column])))})`
      : sql``;
    const { rows } = await sql<Row>`
      select ${sql.join(table.columns.map((column) => sql.ref(column)))}
      from ${sql.table(table.name)} ${beyond} order by ${key} limit ${sql.lit(batch)}`.execute(store);
    if (rows.length > 0) yield rows;
    if (rows.length < batch) return;
    last = rows.at(-1);
  }
}

/**
 * Copies what `to` does not have yet: rows are written in the order of their keys, so that a copy that was broken off
 * goes on behind its last row. Rows that name others of their table are completed at the end.
 */
export async function copyRows(from: Store, to: Store, table: Table): Promise<void> {
  const order = sql.join(table.key.map((column) => sql`${sql.ref(column)} desc`));
  const { rows: last } = await sql<Row>`
    select ${sql.join(table.key.map((column) => sql.ref(column)))}
    from ${sql.table(table.name)} order by ${order} limit 1`.execute(to);
  for await (const rows of rowsOf(from, table, last[0])) {
    const values = rows.map(
      (row) =>
        sql`(${sql.join(table.columns.map((column) => sql.val(table.own.includes(column) ? null : row[column])))})`,
    );
    await sql`
      insert into ${sql.table(table.name)} (${sql.join(table.columns.map((column) => sql.ref(column)))})
      values ${sql.join(values)}`.execute(to);
  }
  for (const column of table.own) await completeOwn(from, to, table, column);
}

async function completeOwn(from: Store, to: Store, table: Table, column: string): Promise<void> {
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

/** Reads both sides row by row. Returns how many there are; throws `newsroom-copy-differs` at the first difference. */
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
