import type { Job, JournalValue, Outcome } from "../../channels/publishing.js";
import type { GrantedAttempt, LookupKeys, Rendering } from "../../contract/contract.js";
import { KominfoError } from "../../errors/errors.js";
import { stopwatch } from "../clock.js";
import { factsOf } from "../failure-facts.js";
import { once } from "../journal.js";
import { removeDropped } from "./dropped.js";
import { giveUp, report } from "./report.js";
import { addressOf, firstLookMs, type Run, type SendRequest, type Sent } from "./run.js";

/** How long after the newsroom's consent a commit may leave, in ms: what it has checked may change. */
const commitWithinMs = 20_000;

/** Prepares, announces and commits: the one request with a visible effect. Throws what `prepare` and the announcement throw; then nothing was sent. */
export async function send(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session, journal, newsroom, request } = run;
  const job = jobOf(run, granted);
  let intent: LookupKeys;
  let sinceConsent: () => number;
  try {
    run.onStep?.("preparing");
    intent = await publishing.prepare(session, job);
    // The newsroom takes no intent after the end of the lease, which a machine may have slept through.
    await run.keepLease();
    await journal.note({ fact: "announcing", number: granted.number });
    // From before the question: the answer may wait in a machine that sleeps.
    sinceConsent = stopwatch(run.local);
    await newsroom.updateAttempt(addressOf(request), granted.number, {
      fence: granted.fence,
      intent,
    });
  } catch (error) {
    await giveUp(run, granted, error);
    throw error;
  }
  await journal.note({ fact: "commit", number: granted.number });
  run.onStep?.("sending");
  const outcome: Outcome =
    sinceConsent() > commitWithinMs
      ? { state: "failed", code: "too-late", reason: "too-late" }
      : await publishing.commit(session, job, intent).catch(unclearAfter);
  if (outcome.state === "published") await removeDropped(run, intent);
  const sent = await report(run, granted, outcome, false);
  if (outcome.state !== "unclear" || outcome.again_ms === undefined) return sent;
  // The newsroom lets nobody look sooner than its two minutes.
  const wait = Math.max(outcome.again_ms, firstLookMs);
  return { ...sent, not_before: new Date(run.clock.now().getTime() + wait) };
}

/** A commit that throws may have arrived. */
function unclearAfter(error: unknown): Outcome {
  return {
    state: "unclear",
    code: error instanceof KominfoError ? error.code : "interrupted",
    ...factsOf(error),
    again_ms: firstLookMs,
  };
}

function jobOf(run: Run, { rendering, corrects, earlier }: GrantedAttempt): Job {
  const { request, pictureAddress, onProgress } = run;
  // The same photo twice in a post is one effect, also where both are asked for at once.
  const running = new Map<string, Promise<JournalValue>>();
  if (rendering === null) throw new Error("an attempt to send came without its rendering");
  return {
    publication: request.publication.id,
    rendering,
    link: linkOf(rendering, request),
    corrects,
    earlier: earlier?.intent ?? null,
    photo: run.photo,
    ...(pictureAddress && { pictureAddress }),
    ...(onProgress && { onProgress }),
    onWarning: (warning) => run.warnings.push(warning),
    once<T extends JournalValue>(key: string, effect: () => Promise<T>) {
      const begin = async () => {
        await run.keepLease();
        return once(run.journal, run.clock.now, key, effect);
      };
      const result = (running.get(key) as Promise<T> | undefined) ?? begin();
      running.set(key, result);
      const forget = () => running.delete(key);
      result.then(forget, forget);
      return result;
    },
  };
}

function linkOf({ link }: Rendering, request: SendRequest): string | null {
  if (link === null || (link.when === "asked" && !request.linkAgreed)) return null;
  return request.link;
}
