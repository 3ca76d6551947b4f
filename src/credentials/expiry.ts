import { readFile } from "node:fs/promises";
import { z } from "zod";
import { writeAtomically } from "../files/atomic.js";
import type { ListedAccount } from "./types.js";

/** So many days before an account ends, its person is told. */
const warningDays = [14, 7, 1] as const;
type WarningDays = (typeof warningDays)[number];

const dayMs = 24 * 60 * 60_000;

/** Whole days, rounded up, until an account ends; undefined when it does not end, or has ended, or not soon. */
export function endsWithin(expires_at: string | undefined, now: Date): number | undefined {
  if (expires_at === undefined) return undefined;
  const left = Date.parse(expires_at) - now.getTime();
  return left > 0 && left <= warningDays[0] * dayMs ? Math.ceil(left / dayMs) : undefined;
}

/** What was last said of each account. */
const told = z.record(z.string(), z.object({ expires_at: z.string(), days: z.number() }));

/**
 * Whether its person is to be told now that the account ends: on its first use within 14 days of the end, within 7
 * and within 1, so never twice a day. Remembers in `file` that it was told; where that cannot be written or read, the
 * worst is that it is told again.
 *
 * @returns the days that are left, or undefined when nothing is to be said
 */
export async function warningDue(
  file: string,
  account: ListedAccount,
  now: Date,
): Promise<number | undefined> {
  const { service, account: name, origin, expires_at } = account;
  const left = endsWithin(expires_at, now);
  if (left === undefined || expires_at === undefined) return undefined;
  const days = warningDays.findLast((one) => left <= one) as WarningDays;
  const key = `${service} ${name} ${origin}`;
  const before = await readTold(file);
  const last = Object.hasOwn(before, key) ? before[key] : undefined;
  if (last?.expires_at === expires_at && last.days <= days) return undefined;
  const after = { ...before, [key]: { expires_at, days } };
  await writeAtomically(file, `${JSON.stringify(after, null, 2)}\n`, 0o600).catch(() => {});
  return left;
}

async function readTold(file: string): Promise<z.infer<typeof told>> {
  try {
    return told.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}
