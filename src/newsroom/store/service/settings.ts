import type { Settings } from "../../../contract/contract.js";
import type { Store } from "../database/open.js";

type OwnSettings = Omit<Settings, "categories">;

/** Reads the settings that the office has changed. */
export async function readOwnSettings(store: Store): Promise<Partial<OwnSettings>> {
  const rows = await store.selectFrom("settings").selectAll().execute();
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)]));
}

/** Writes the settings that differ. */
export async function writeOwnSettings(store: Store, changes: Partial<OwnSettings>): Promise<void> {
  const before: Record<string, unknown> = await readOwnSettings(store);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === before[name]) continue;
    const row = { name, value: JSON.stringify(value) };
    await store
      .insertInto("settings")
      .values(row)
      .onConflict((on) => on.column("name").doUpdateSet({ value: row.value }))
      .execute();
  }
}
