import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeAtomically } from "../files/atomic.js";
import type { ListedAccount } from "./types.js";

/** Days before the end of an account on which the user is warned. */
const warningDays = [14, 7, 1] as const;
type WarningDays = (typeof warningDays)[number];

const dayMs = 24 * 60 * 60_000;

/** Days until an account ends, rounded up. undefined unless it ends within the longest warning period. */
export function endsWithin(expires_at: string | undefined, now: Date): number | undefined {
  if (expires_at === undefined) return undefined;
  const left = Date.parse(expires_at) - now.getTime();
  return left > 0 && left <= warningDays[0] * dayMs ? Math.ceil(left / dayMs) : undefined;
}

/** The last warning about each account, by service, name and origin. */
const warnings = z.record(z.string(), z.object({ expires_at: z.string(), days: z.number() }));

/**
 * Decides whether to warn now that an account ends, and records the warning in `file`. A warning is due on the first use
 * within 14 days of the end, within 7 days and within 1 day. When `file` cannot be read or written, the warning is
 * repeated at the next use.
 *
 * @returns the days that are left, or undefined when no warning is due
 */
export async function warningDue(
  file: string,
  account: ListedAccount,
  now: Date,
): Promise<number | undefined> {
  const { service, account: name, origin, expires_at } = account;
  const left = endsWithin(expires_at, now);
  if (left === undefined || expires_at === undefined) return undefined;
  const days = warningDays.findLast((limit) => left <= limit) as WarningDays;
  const key = `${service} ${name} ${origin}`;
  const before = await readWarnings(file);
  const last = Object.hasOwn(before, key) ? before[key] : undefined;
  if (last?.expires_at === expires_at && last.days <= days) return undefined;
  const after = { ...before, [key]: { expires_at, days } };
  await writeAtomically(file, `${JSON.stringify(after, null, 2)}\n`, 0o600).catch(() => {});
  return left;
}

async function readWarnings(file: string): Promise<z.infer<typeof warnings>> {
  try {
    return warnings.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}
