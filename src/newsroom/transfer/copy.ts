import { sql } from "kysely";
import { failed } from "../../errors/errors.js";
import type { Store } from "../store/database/open.js";
import { findHandover, finishHandover, startHandover } from "../store/service/relocation.js";
import { compareRows, copyRows } from "./rows.js";
import type { Table } from "./tables.js";

/**
 * Copies all rows of `from` into `to` and compares them row by row. `to` is empty or holds an interrupted copy of the same
 * source. It cannot be served until `activateCopy`. Returns the number of rows.
 *
 * Throws `newsroom-target-used`, `newsroom-copy-differs`.
 *
 * @param from must not change during the copy: a transaction, or a database opened exclusively
 */
export async function copyNewsroom(
  from: Store,
  to: Store,
  tables: readonly Table[],
  names: { from: string; to: string },
  onTable: (table: string) => void = () => {},
): Promise<number> {
  await requireEmpty(to, names);
  await startHandover(to, "unfinished", names.from);
  for (const table of tables) {
    onTable(table.name);
    await copyRows(from, to, table);
  }
  let rows = 0;
  for (const table of tables) rows += await compareRows(from, to, table);
  return rows;
}

/** Makes a complete copy servable: the sequence of the change feed continues after the last change. */
export async function activateCopy(to: Store, isPostgres: boolean): Promise<void> {
  if (isPostgres) {
    await sql`select setval(pg_get_serial_sequence('changes', 'seq'), coalesce(max(seq), 1), max(seq) is not null)
      from changes`.execute(to);
  }
  await finishHandover(to);
}

async function requireEmpty(to: Store, names: { from: string; to: string }): Promise<void> {
  const handover = await findHandover(to);
  if (handover?.state === "unfinished" && handover.other === names.from) return;
  const anyone = await to.selectFrom("users").select("id").limit(1).executeTakeFirst();
  if (anyone || handover) throw failed("newsroom-target-used", { path: names.to });
}
