import type { GrantedAttempt } from "../../contract/contract.js";
import { postponedCode } from "../../contract/failure-codes.js";
import { exit, isRefusal, KominfoError } from "../../errors/errors.js";
import type { AttemptState, ToldOutcome } from "../journal.js";
import { tell } from "./report.js";
import { addressOf, type Run, type TellingRun } from "./run.js";

/**
 * Ends this machine's own earlier attempt, of which the journal may know more than the newsroom. Returns its outcome; undefined where there
 * was nothing to tell.
 */
export async function settleEarlier(run: TellingRun): Promise<ToldOutcome | undefined> {
  const { attempt } = run.journal.state;
  if (!attempt || attempt.told || attempt.origin !== run.newsroom.origin) return undefined;
  try {
    const outcome = attempt.outcome ?? (await interrupted(run, attempt));
    await tell(run, attempt, outcome);
    return outcome;
  } catch (error) {
    // Another machine has gone on meanwhile, or the newsroom knows it already.
    if (!(error instanceof KominfoError)) throw error;
    if (!isRefusal(error, exit.failed) && error.code !== "publication-refused") throw error;
    await run.journal.note({ fact: "told", number: attempt.number });
    return undefined;
  }
}

/**
 * What has become of an attempt that ended without an outcome. What may have been sent is looked for: only a whole journal proves that
 * nothing was. One that has lost whole lines, with a disk or in a backup, looks whole, so the newsroom is asked what was announced. Throws as
 * `updateAttempt`.
 */
async function interrupted(
  { newsroom, request, journal, isUnattended }: TellingRun,
  { number, kind, fence, announced, committed }: AttemptState,
): Promise<ToldOutcome> {
  const unclear = { state: "unclear", code: "interrupted" } as const;
  // What shall go out at another time is not gone on with as it was agreed.
  const code = request.onlyLook ? postponedCode : "interrupted";
  const failed = {
    state: "failed",
    code,
    reason: code,
    ...(isUnattended === true && { passing: true as const }),
  } as const;
  if (kind === "take_down") return failed;
  if (kind !== "send") return { state: "unclear" };
  if (committed || journal.isTorn) return unclear;
  if (announced) return failed;
  const known = await newsroom.updateAttempt(addressOf(request), number, { fence });
  return known.intent_at === null ? failed : unclear;
}

/** Asks the newsroom for an attempt; after a lost answer for the same one. Throws as `grantAttempt`. */
export async function grant(run: Run): Promise<GrantedAttempt> {
  const { newsroom, journal, request, clock } = run;
  const { submission, again = false } = request;
  // The answer of a run that was killed may have been a grant, which nobody else gets for as long as its lease.
  const { asked } = journal.state;
  const isSame = asked?.origin === newsroom.origin && asked.again === again;
  const key = isSame ? asked.key : run.newKey();
  await journal.note({ fact: "asked", origin: newsroom.origin, submission, key, again });
  const granted = await newsroom.grantAttempt(addressOf(request), { key, again });
  // A grant that is told once more was made in the past.
  if (!isSame) clock.set(granted.granted_at);
  const { number, kind, fence } = granted;
  await journal.note({ fact: "attempt", origin: newsroom.origin, submission, number, kind, fence });
  return granted;
}
