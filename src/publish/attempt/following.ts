import type { Outcome } from "../../channels/publishing.js";
import type { GrantedAttempt } from "../../contract/contract.js";
import { report } from "./report.js";
import type { Run, Sent } from "./run.js";

/** Looks for what an earlier attempt may have sent. Throws what `lookup` throws. */
export async function look(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session, clock, journal, request } = run;
  const { earlier, look_after } = granted;
  const intent = earlier?.intent;
  // What a redaction has taken its keys from cannot be found again.
  if (!intent || Object.keys(intent).length === 0 || !earlier.intent_at)
    return report(run, granted, { state: "unclear" }, true);
  // The channel bills each look, and this one would tell what the last one has told.
  if (request.isUnpaid && journal.state.undecided === earlier.number)
    return report(run, granted, { state: "unclear" }, false);
  const notBefore = look_after === null ? undefined : new Date(look_after);
  if (notBefore && clock.now() < notBefore) {
    return { ...(await report(run, granted, { state: "unclear" }, true)), not_before: notBefore };
  }
  const since = Date.parse(earlier.intent_at);
  let outcome: Outcome;
  run.onStep?.("looking");
  try {
    outcome = await publishing.lookup(session, intent, clock.now().getTime() - since);
  } catch (error) {
    await report(run, granted, { state: "unclear" }, true);
    throw error;
  }
  const isUndecided = outcome.state === "unclear" && outcome.again_ms === undefined;
  const sent = await report(run, granted, outcome, true, isUndecided ? earlier.number : undefined);
  return outcome.state === "unclear" && outcome.again_ms !== undefined
    ? { ...sent, not_before: new Date(since + outcome.again_ms) }
    : sent;
}

/** Asks what has become of what was handed over. Throws what `follow` of the channel throws. */
export async function follow(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session } = run;
  const { remote_id, url } = granted.publication;
  if (!publishing.follow || remote_id === null) {
    return report(run, granted, { state: "handed_over", remote_id: remote_id ?? "", url }, true);
  }
  run.onStep?.("looking");
  try {
    return await report(run, granted, await publishing.follow(session, remote_id), true);
  } catch (error) {
    await report(run, granted, { state: "handed_over", remote_id, url }, true);
    throw error;
  }
}
