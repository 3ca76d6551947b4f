import { rm } from "node:fs/promises";
import path from "node:path";
import type { Outcome } from "../channels/publishing.js";
import type { GrantedAttempt } from "../contract/contract.js";
import { postponedCode } from "../contract/failure-codes.js";
import { KominfoError } from "../errors/errors.js";
import { makeFolder } from "../files/folders.js";
import { withLock } from "../files/lock.js";
import { follow, look } from "./attempt/following.js";
import { grant, settleEarlier } from "./attempt/grant.js";
import { withLease } from "./attempt/lease.js";
import { report } from "./attempt/report.js";
import type { Run, SendDeps, SendRequest, Sent } from "./attempt/run.js";
import { send } from "./attempt/sending.js";
import { remove } from "./attempt/taking-down.js";
import {
  type Agreement,
  addUnsynced,
  journalPath,
  openPublicationJournal,
  readPublicationJournal,
  subjectOf,
} from "./journal.js";

export type { AttemptClient, SendDeps, SendRequest, Sent } from "./attempt/run.js";

/**
 * Brings one publication forward as far as it goes: tells what an earlier run left untold, gets an attempt, and sends or looks.
 * After a kill at any point, here or on another machine, the same call ends with at most one visible post: the commit is sent
 * once for each attempt, only after the newsroom has recorded the intent, and whatever may have been sent is looked up.
 *
 * Throws what the newsroom refuses (`publication-held`, `publication-refused`, `under-embargo`) and what `prepare` throws; then nothing was sent.
 */
export async function sendPublication(deps: SendDeps, request: SendRequest): Promise<Sent> {
  await makeFolder(deps.folder);
  const file = journalPath(deps.folder, request.publication.id);
  return withLock(path.join(deps.folder, `${request.publication.id}.lock`), async () => {
    const journal = await openPublicationJournal(file);
    const sent = await bringForward({ ...deps, request, journal, warnings: [], keepLease: async () => {} })
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

/**
 * Remembers that a person has agreed to send a publication from here, before it is begun: it may wait for the article, or the machine may
 * be killed. Throws `lock-held` (exit 5).
 */
export async function noteAgreement(
  folder: string,
  publication: string,
  agreement: Agreement,
): Promise<void> {
  await makeFolder(folder);
  await withLock(path.join(folder, `${publication}.lock`), async () => {
    // A power cut may forget it: then nothing was sent, and the same command sends it.
    await addUnsynced(journalPath(folder, publication), { fact: "agreed", ...agreement });
  });
}

/**
 * Remembers that a person has stopped a publication here: nothing but `post publish` sends it from then on. Returns whether it may have been sent
 * by now; then it is looked for, as ever. Throws `lock-held` (exit 5).
 */
export async function noteStopped(folder: string, publication: string): Promise<boolean> {
  return withLock(path.join(folder, `${publication}.lock`), async () => {
    const file = journalPath(folder, publication);
    const journal = await readPublicationJournal(file);
    const { attempt } = journal;
    // It has come to its end.
    if (subjectOf(journal) === undefined) return false;
    if (attempt?.committed && !(attempt.told && attempt.outcome?.state === "failed")) return true;
    await addUnsynced(file, { fact: "stopped" });
    return false;
  });
}

/** Tells the newsroom what this machine knows of an attempt that a person has stopped, and goes on with nothing. Throws as `updateAttempt`. */
export async function settleStopped(
  { folder, ...deps }: Pick<SendDeps, "newsroom" | "folder" | "takesFacts">,
  request: SendRequest,
): Promise<void> {
  await withLock(path.join(folder, `${request.publication.id}.lock`), async () => {
    const journal = await openPublicationJournal(journalPath(folder, request.publication.id));
    await settleEarlier({ ...deps, request, journal }).finally(journal.close);
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

const interruptedNow = { state: "failed", code: "interrupted", reason: "interrupted" } as const;
const postponed = { state: "failed", code: postponedCode, reason: postponedCode } as const;

/** Whether it is proved not to be out, and nothing was sent by a request that only looks: the newsroom takes another time for it. */
export function isFreeForLater({ outcome, untold }: Sent): boolean {
  const isPostponed = outcome.state === "failed" && outcome.code === postponedCode;
  return untold === undefined && (isPostponed || outcome.state === "absent");
}

async function bringForward(run: Run): Promise<Sent> {
  const settled = await settleEarlier(run);
  // It is gone, and the newsroom knows now: there is nothing more to do.
  if (settled?.state === "unpublished") {
    return { outcome: { state: "unpublished" }, found: false, warnings: [] };
  }
  const { wantedGone } = run.request;
  const isToRemove = settled?.state === "published" && wantedGone?.remove === true;
  if (!isToRemove && (settled?.state === "published" || settled?.state === "handed_over")) {
    const { state, remote_id = "", url = null } = settled;
    return { outcome: { state, remote_id, url }, found: true, warnings: [] };
  }
  const { onlyLook = false, isUnasked = false } = run.request;
  const isStopped = isUnasked && run.journal.state.isStopped === true;
  // Nothing was sent, and nothing shall be: another attempt would be one to send.
  if (settled?.state === "failed" && (isStopped || wantedGone)) {
    return { outcome: interruptedNow, found: true, warnings: [] };
  }
  // It shall go out at another time, and what has just been told frees it for that.
  const isPutOff = settled?.state === "failed" && (onlyLook || settled.code === postponedCode);
  if (isPutOff) return { outcome: postponed, found: false, warnings: [] };
  let granted = await grant(run);
  if (wantedGone) return bringDown(run, granted, wantedGone.remove);
  if (granted.kind === "send" && onlyLook) return report(run, granted, postponed, false);
  if (granted.kind === "send" && isStopped) return report(run, granted, interruptedNow, true);
  if (granted.kind === "look") {
    const sent = await withLease(run, granted, (leased) => look(leased, granted));
    if (sent.outcome.state !== "absent" || onlyLook || isStopped) return sent;
    // Proved not to be there: what was prepared then is sent now.
    granted = await grant(run);
    if (granted.kind !== "send") return { outcome: { state: "unclear" }, found: true, warnings: [] };
  }
  const work = granted.kind === "take_down" ? remove : granted.kind === "follow" ? follow : send;
  return withLease(run, granted, (leased) => work(leased, granted));
}

/** Looks for what shall be taken down. What is found is removed where `isAgreed`; what is proved not to be there is not sent any more. */
async function bringDown(run: Run, granted: GrantedAttempt, isAgreed: boolean): Promise<Sent> {
  if (granted.kind === "take_down") return withLease(run, granted, (leased) => remove(leased, granted));
  if (granted.kind === "send") {
    // An attempt was abandoned before anything was sent.
    return report(run, granted, interruptedNow, true);
  }
  const find = granted.kind === "look" ? look : follow;
  const sent = await withLease(run, granted, (leased) => find(leased, granted));
  if (sent.outcome.state !== "published" || sent.untold || !isAgreed) return sent;
  const removal = await grant(run);
  if (removal.kind !== "take_down") return sent;
  return withLease(run, removal, (leased) => remove(leased, removal));
}
