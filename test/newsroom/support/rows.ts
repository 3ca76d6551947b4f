import { sql } from "kysely";
import type { Store } from "../../../src/newsroom/store/database/open.js";

/** All rows of the newsroom as text, by table; without those that only say how far an upload has come. */
export async function rowsOf(store: Store): Promise<Record<string, string>> {
  const rows: Record<string, string> = {};
  for (const { name } of await store.introspection.getTables()) {
    if (name === "upload_parts" || name === "upload_locks") continue;
    const { rows: found } = await sql`select * from ${sql.table(name)}`.execute(store);
    rows[name] = found
      .map((row) => JSON.stringify(row))
      .sort()
      .join("\n");
  }
  return rows;
}
