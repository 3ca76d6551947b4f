import { limits } from "../../contract/contract.js";
import type { Store } from "../store/database/open.js";
import { addUse, usedSince } from "../store/service/allowances.js";
import { problem } from "./problem.js";

const dayMs = 24 * 60 * 60 * 1000;

/** The limits that count over a sliding time, in ms, by their names in the contract. */
const windows = {
  text_bytes_per_day: dayMs,
  album_bytes_per_month: 30 * dayMs,
  album_photos_per_month: 30 * dayMs,
} as const satisfies Partial<Record<keyof typeof limits, number>>;

/** Uses that are older count in no window. */
export const longestWindowMs = Math.max(...Object.values(windows));

/**
 * Uses up a part of an allowance. Throws `quota` when less is left; the transaction must then be rolled back.
 *
 * @param owner id of a person, or code of a kecamatan
 */
export async function spend(
  transaction: Store,
  owner: string,
  name: keyof typeof windows,
  amount: number,
  now: Date,
): Promise<void> {
  if (amount === 0) return;
  const used = await usedSince(transaction, owner, name, new Date(now.getTime() - windows[name]));
  if (used + amount > limits[name]) throw quotaProblem(name);
  await addUse(transaction, { owner, name, amount }, now);
}

/** The problem of a limit that is used up; its detail names the limit. */
export function quotaProblem(name: keyof typeof limits) {
  return problem("quota", { detail: `${name} <= ${limits[name]}` });
}
