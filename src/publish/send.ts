import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type {
  ChannelPublishing,
  Job,
  JournalValue,
  Outcome,
  Removal,
  Session,
} from "../channels/publishing.js";
import type {
  Attempt,
  GrantedAttempt,
  LookupKeys,
  Publication,
  RenderedPhoto,
  Rendering,
  RenderingWarning,
} from "../contract/contract.js";
import { removesPhotos } from "../contract/lifecycle.js";
import { exit, KominfoError } from "../errors/errors.js";
import { withLock } from "../files/lock.js";
import { type LocalClocks, type NewsroomClock, stopwatch } from "./clock.js";
import { factsOf } from "./failure-facts.js";
import {
  journalPath,
  once,
  openPublicationJournal,
  type PublicationJournal,
  type ToldOutcome,
  toldOutcome,
} from "./journal.js";

/** What of the newsroom's client a send needs. */
export interface AttemptClient {
  readonly origin: string;
  /** @param request `key`: a UUID; after a lost answer the same key gets the same attempt */
  grantAttempt(
    address: PublicationAddress,
    request: { key: string; again?: boolean },
  ): Promise<GrantedAttempt>;
  updateAttempt(
    address: PublicationAddress,
    number: number,
    change: { fence: string; intent?: LookupKeys; outcome?: ToldOutcome },
  ): Promise<Attempt>;
}

/** Ids of a submission and of one of its publications. */
interface PublicationAddress {
  submission: string;
  publication: string;
}

export interface SendDeps {
  newsroom: AttemptClient;
  publishing: ChannelPublishing;
  session: Session;
  /** Folder of this machine's journals. */
  folder: string;
  /** The newsroom takes the facts of a failure (its feature `failure_facts`). */
  takesFacts?: boolean;
  clock: NewsroomClock;
  local: LocalClocks;
  /** Returns a new UUID. */
  newKey(): string;
  photo(photo: RenderedPhoto): Promise<Uint8Array>;
  pictureAddress?(photo: RenderedPhoto): Promise<string>;
  /** Removes what `pictureAddress` has stored. */
  removePictures?(addresses: readonly string[]): Promise<void>;
  onProgress?(progress: { done: number; total: number }): void;
}

export interface SendRequest {
  submission: string;
  publication: Pick<Publication, "id">;
  /** Address of the article on the web; null where it has none. */
  link: string | null;
  /** A person has agreed to a link that costs. */
  linkAgreed?: boolean;
  /** A person has agreed to send although it looks as if it were out. */
  again?: boolean;
}

/** What has become of a publication in this run. */
export interface Sent {
  outcome: Outcome;
  /** The channel was asked, and nothing was sent in this run. */
  found: boolean;
  /** Another run may know more from then on, by the newsroom's clock. */
  not_before?: Date;
  /** What the channel shows otherwise than it was rendered, e.g. without a category that the site does not have. */
  warnings: RenderingWarning[];
  /** The newsroom could not be told; the journal has it, and the next run tells it. */
  untold?: KominfoError;
}

/** How long after the newsroom's consent a commit may leave, in ms: what it has checked may change. */
const commitWithinMs = 20_000;
/** How long after an intent the newsroom lets a channel be asked, in ms. */
const firstLookMs = 2 * 60_000;

/**
 * Brings one publication forward as far as it goes: tells what an earlier run left untold, gets an attempt, and sends or looks.
 * After a kill at any point, here or on another machine, the same call ends with at most one visible post: the commit is sent
 * once for each attempt, only after the newsroom has recorded the intent, and whatever may have been sent is looked up.
 *
 * Throws what the newsroom refuses (`publication-held`, `publication-refused`, `under-embargo`) and what `prepare` throws; then nothing was sent.
 */
export async function sendPublication(deps: SendDeps, request: SendRequest): Promise<Sent> {
  await mkdir(deps.folder, { recursive: true });
  const file = journalPath(deps.folder, request.publication.id);
  return withLock(path.join(deps.folder, `${request.publication.id}.lock`), async () => {
    const journal = await openPublicationJournal(file);
    const sent = await bringForward({ ...deps, request, journal, warnings: [] })
      .finally(journal.close)
      .catch(async (error: unknown) => {
        // Refused before anything was done: there is nothing to go on with.
        const { attempt, effects } = journal.state;
        if (!attempt && effects.size === 0 && isRefusal(error)) await rm(file, { force: true });
        throw error;
      });
    // Nothing is left to remember. What the journal held of the effects is of no use any more.
    if (sent.untold === undefined && isSettled(sent.outcome)) await rm(file, { force: true });
    return sent;
  });
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof KominfoError &&
    (error.code === "publication-held" || error.code === "publication-refused")
  );
}

function isSettled({ state }: Outcome): boolean {
  return state === "published" || state === "unpublished";
}

type Run = SendDeps & { request: SendRequest; journal: PublicationJournal; warnings: RenderingWarning[] };

async function bringForward(run: Run): Promise<Sent> {
  const settled = await settleEarlier(run);
  // It is gone, and the newsroom knows now: there is nothing more to do.
  if (settled?.state === "unpublished") {
    return { outcome: { state: "unpublished" }, found: false, warnings: [] };
  }
  if (settled?.state === "published" || settled?.state === "handed_over") {
    const { state, remote_id = "", url = null } = settled;
    return { outcome: { state, remote_id, url }, found: true, warnings: [] };
  }
  let granted = await grant(run);
  if (granted.kind === "look") {
    const sent = await look(run, granted);
    if (sent.outcome.state !== "absent") return sent;
    // Proved not to be there: what was prepared then is sent now.
    granted = await grant(run);
    if (granted.kind !== "send") return { outcome: { state: "unclear" }, found: true, warnings: [] };
  }
  if (granted.kind === "take_down") return remove(run, granted);
  return granted.kind === "follow" ? follow(run, granted) : send(run, granted);
}

/**
 * Ends this machine's own earlier attempt, of which the journal may know more than the newsroom. Returns its outcome; undefined where there
 * was nothing to tell.
 */
async function settleEarlier(run: Run): Promise<ToldOutcome | undefined> {
  const { attempt } = run.journal.state;
  if (!attempt || attempt.told || attempt.origin !== run.newsroom.origin) return undefined;
  const outcome =
    attempt.outcome ??
    (attempt.committed
      ? { state: "unclear" as const, code: "interrupted" }
      : attempt.kind === "send" || attempt.kind === "take_down"
        ? { state: "failed" as const, code: "interrupted", reason: "interrupted" }
        : { state: "unclear" as const });
  try {
    await tell(run, attempt, outcome);
    return outcome;
  } catch (error) {
    // Another machine has gone on meanwhile, or the newsroom knows it already.
    if (!(error instanceof KominfoError) || error.exit !== exit.failed) throw error;
    await run.journal.note({ fact: "told", number: attempt.number });
    return undefined;
  }
}

async function grant(run: Run): Promise<GrantedAttempt> {
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

function addressOf({ submission, publication }: SendRequest): PublicationAddress {
  return { submission, publication: publication.id };
}

async function send(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session, journal, newsroom, request } = run;
  const job = jobOf(run, granted);
  let intent: LookupKeys;
  let sinceConsent: () => number;
  try {
    intent = await publishing.prepare(session, job);
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
  const outcome: Outcome =
    sinceConsent() > commitWithinMs
      ? { state: "failed", code: "too-late", reason: "too-late" }
      : await publishing.commit(session, job, intent).catch(unclearAfter);
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

/** Frees the attempt at once, so that the next run need not wait for the lease. Nothing was sent, or not all was removed. */
async function giveUp(run: Run, granted: GrantedAttempt, error: unknown): Promise<void> {
  const code = error instanceof KominfoError ? error.code : "bug";
  // Without a connection the journal remembers that nothing was sent.
  const reason = addressesOf(error) ?? code;
  await tell(run, granted, { state: "failed", code, reason, ...factsOf(error) }).catch((failure: unknown) => {
    if (!(failure instanceof KominfoError)) throw failure;
  });
}

/** The addresses that still open after a take-down, for those who have to see to them. */
function addressesOf(error: unknown): string | undefined {
  if (!(error instanceof KominfoError) || error.code !== "web-photos-visible") return undefined;
  const { links } = (error as KominfoError<"web-photos-visible">).params;
  return links.join(" ").slice(0, 4000);
}

async function look(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session, clock } = run;
  const { earlier, look_after } = granted;
  const intent = earlier?.intent;
  // What a redaction has taken its keys from cannot be found again.
  if (!intent || Object.keys(intent).length === 0 || !earlier.intent_at)
    return report(run, granted, { state: "unclear" }, true);
  const notBefore = look_after === null ? undefined : new Date(look_after);
  if (notBefore && clock.now() < notBefore) {
    return { ...(await report(run, granted, { state: "unclear" }, true)), not_before: notBefore };
  }
  const since = Date.parse(earlier.intent_at);
  let outcome: Outcome;
  try {
    outcome = await publishing.lookup(session, intent, clock.now().getTime() - since);
  } catch (error) {
    await report(run, granted, { state: "unclear" }, true);
    throw error;
  }
  const sent = await report(run, granted, outcome, true);
  return outcome.state === "unclear" && outcome.again_ms !== undefined
    ? { ...sent, not_before: new Date(since + outcome.again_ms) }
    : sent;
}

async function follow(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session } = run;
  const { remote_id, url } = granted.publication;
  if (!publishing.follow || remote_id === null) {
    return report(run, granted, { state: "handed_over", remote_id: remote_id ?? "", url }, true);
  }
  try {
    return await report(run, granted, await publishing.follow(session, remote_id), true);
  } catch (error) {
    await report(run, granted, { state: "handed_over", remote_id, url }, true);
    throw error;
  }
}

/**
 * Takes down what is out. It is done again after an interruption: removing twice is harmless. A failure leaves it published with the
 * request, and is thrown.
 */
async function remove(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session } = run;
  const { remote_id, take_down } = granted.publication;
  if (remote_id === null) throw new Error("a take-down came without the id of what is taken down");
  const removal: Removal = {
    photos: removesPhotos(take_down?.cause ?? null),
    announced: granted.announced ?? [],
    once: (key, effect) => once(run.journal, run.clock.now, key, effect),
    ...(run.removePictures && { removePictures: run.removePictures }),
  };
  try {
    await publishing.takeDown(session, remote_id, removal);
  } catch (error) {
    await giveUp(run, granted, error);
    throw error;
  }
  return report(run, granted, { state: "unpublished" }, false);
}

/** Writes the outcome down, then tells the newsroom. Without a connection the next run tells it. */
async function report(run: Run, granted: GrantedAttempt, outcome: Outcome, found: boolean): Promise<Sent> {
  try {
    await tell(run, granted, toldOutcome(outcome));
    return { outcome, found, warnings: run.warnings };
  } catch (error) {
    if (!(error instanceof KominfoError)) throw error;
    return { outcome, found, warnings: run.warnings, untold: error };
  }
}

async function tell(
  { newsroom, journal, request, takesFacts }: Run,
  { number, fence }: Pick<GrantedAttempt, "number" | "fence">,
  { facts, ...rest }: ToldOutcome,
): Promise<void> {
  const outcome = { ...rest, ...(takesFacts && facts && { facts }) };
  await journal.note({ fact: "outcome", number, outcome });
  await newsroom.updateAttempt(addressOf(request), number, { fence, outcome });
  await journal.note({ fact: "told", number });
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
      const result =
        (running.get(key) as Promise<T> | undefined) ?? once(run.journal, run.clock.now, key, effect);
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
