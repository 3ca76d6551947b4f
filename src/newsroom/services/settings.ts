import type { z } from "zod";
import { categories, type Settings, type updateSettings } from "../../contract/contract.js";
import type { Store } from "../store/database/open.js";
import { readOwnSettings, writeOwnSettings } from "../store/service/settings.js";
import { type Caller, requireAdmin } from "./caller.js";

/** How posts are filed and written here; what the office has not set is as the templates have it. */
export async function readSettings(store: Store): Promise<Settings> {
  const usual = { house_style: "", dateline: "KABUPATEN BEKASI", press_date_format: "numeric" } as const;
  return { categories: [...categories], ...usual, ...(await readOwnSettings(store)) };
}

/** Changes what is named. Throws `forbidden` for anyone but an admin. */
export async function changeSettings(
  transaction: Store,
  caller: Caller,
  changes: z.output<typeof updateSettings>,
): Promise<Settings> {
  requireAdmin(caller);
  await writeOwnSettings(transaction, changes as Parameters<typeof writeOwnSettings>[1]);
  return readSettings(transaction);
}
