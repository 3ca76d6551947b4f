import type { z } from "zod";
import { categories, type Settings, type updateSettings } from "../../contract/contract.js";
import type { Store } from "../store/database/open.js";
import { readOwnSettings, writeOwnSettings } from "../store/service/settings.js";
import { record } from "./audit.js";
import { type Caller, requireAdmin } from "./caller.js";

/** Reads the office's settings: categories and house style. Unset values default to those of the templates. */
export async function readSettings(store: Store): Promise<Settings> {
  const defaults = {
    house_style: "",
    dateline: "KABUPATEN BEKASI",
    press_date_format: "numeric",
    audit: { names_days: 730, addresses_days: 90 },
  } as const;
  return { categories: [...categories], ...defaults, ...(await readOwnSettings(store)) };
}

/** Changes the given settings. Throws `forbidden` for anyone but an admin. */
export async function changeSettings(
  transaction: Store,
  caller: Caller,
  changes: z.output<typeof updateSettings>,
  now: Date,
): Promise<Settings> {
  requireAdmin(caller);
  await writeOwnSettings(transaction, changes as Parameters<typeof writeOwnSettings>[1]);
  const what = Object.keys(changes).sort().join(" ");
  if (what) await record(transaction, caller, { event: "settings-changed", detail: { what } }, now);
  return readSettings(transaction);
}
