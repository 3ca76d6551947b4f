import { addressGroup } from "../../text/address-group.js";
import { countFailureKinds, findFailures, putFailures, takeOldFailures } from "../store/audit/failures.js";
import type { Store } from "../store/database/open.js";
import { namesOf } from "../store/submissions/submissions.js";
import { record } from "./audit.js";
import type { ActOrigin } from "./caller.js";

const windowMs = 60_000;
/** Entries of all kinds together within `windowMs`. Beyond that, failures of any kind count as one kind. */
const maxKinds = 10;

/** What was tried. The typed name is not kept: people type their password into the wrong field. */
interface FailedLogin {
  way: "password" | "link" | "code";
  /** The person whose login name was typed; undefined if there is none. */
  subject: string | undefined;
  origin: ActOrigin;
}

/**
 * Records a failed login. Failures of one kind (way, person and address group) within a minute make one entry, and so do
 * all others once there were entries of ten kinds in that minute: guessing cannot fill the disk. An entry counts the
 * failures since the one before.
 */
export async function recordFailedLogin(transaction: Store, failed: FailedLogin, now: Date): Promise<void> {
  const known = await findFailures(transaction, keyOf(failed));
  const isFlood =
    !isWithinWindow(known?.since, now) &&
    (await countFailureKinds(transaction, new Date(now.getTime() - windowMs))) >= maxKinds;
  const counted: FailedLogin = isFlood
    ? { ...failed, subject: undefined, origin: { ...failed.origin, address: null, browser: null } }
    : failed;
  const key = isFlood ? `flood ${failed.way}` : keyOf(failed);
  const before = isFlood ? await findFailures(transaction, key) : known;
  const { way, subject, origin } = counted;
  const row = { key, subject_id: subject ?? null, way, via: origin.via, address: origin.address };
  if (before && isWithinWindow(before.since, now)) {
    await putFailures(transaction, { ...row, since: before.since, skipped: before.skipped + 1 });
    return;
  }
  await putFailures(transaction, { ...row, since: now.toISOString(), skipped: 0 });
  await append(transaction, counted, 1 + (before?.skipped ?? 0), now);
}

/** Records the failures that were counted after the last entry of their kind, and forgets the kinds. */
export async function recordCountedFailures(transaction: Store, now: Date): Promise<void> {
  for (const row of await takeOldFailures(transaction, new Date(now.getTime() - windowMs))) {
    if (row.skipped === 0) continue;
    const origin = { via: row.via, address: row.address, browser: null };
    const failed = { way: row.way as FailedLogin["way"], subject: row.subject_id ?? undefined, origin };
    await append(transaction, failed, row.skipped, now);
  }
}

async function append(
  transaction: Store,
  { way, subject, origin }: FailedLogin,
  count: number,
  now: Date,
): Promise<void> {
  const [person] = subject === undefined ? [] : await namesOf(transaction, [subject]);
  const act = { event: "login-failed", subject: person, detail: { way, count } } as const;
  await record(transaction, { id: null, name: null, origin }, act, now);
}

const isWithinWindow = (since: string | undefined, now: Date) =>
  since !== undefined && now.getTime() - Date.parse(since) < windowMs;

function keyOf({ way, subject, origin }: FailedLogin): string {
  return `${way} ${subject ?? ""} ${addressGroup(origin.address ?? "")}`;
}
