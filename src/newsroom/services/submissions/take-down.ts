import type { PublicationState, TakeDownCause } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import {
  endLeases,
  type StoredAttempt,
  storedAttempts,
  updateAttemptRow,
} from "../../store/submissions/attempts.js";
import {
  isToGo,
  type StoredPublication,
  storedPublications,
  updatePublications,
} from "../../store/submissions/publications.js";
import { dropRedactedLinks } from "../../store/submissions/redact-publications.js";

/**
 * Whether kominfo has sent it, so that a machine can remove it: an attempt has sent, and the channel's id is known. A link that a person
 * has recorded has neither.
 */
export function wasSent(
  { remote_id }: Pick<StoredPublication, "remote_id">,
  attempts: readonly Pick<StoredAttempt, "kind" | "intent_at">[],
): boolean {
  return remote_id !== null && attempts.some(({ kind, intent_at }) => kind === "send" && intent_at !== null);
}

/** Notes on publications that are out that they shall be taken down. They stay out until it is proved. */
export async function noteTakeDown(
  transaction: Store,
  ids: readonly string[],
  request: TakeDownRequest & { reason: string },
  now: Date,
): Promise<void> {
  const reason = request.reason.trim() || null;
  await updatePublications(transaction, ids, { ...requestColumns(request, now), reason });
}

/** Whose request it is (id), and why; null for the editors' step, which gives its reason in words. */
export interface TakeDownRequest {
  by: string;
  cause: TakeDownCause | null;
}

function requestColumns({ by, cause }: TakeDownRequest, now: Date) {
  return { take_down_requested_at: now.toISOString(), take_down_by: by, take_down_cause: cause };
}

/** What a publication that is planned anew forgets: an earlier request is not about it. */
export const noRequest = {
  take_down_requested_at: null,
  take_down_by: null,
  take_down_cause: null,
} as const;

/** Marks publications as unpublished. */
export async function takeDown(
  transaction: Store,
  ids: readonly string[],
  reason: string,
  now: Date,
): Promise<void> {
  await updatePublications(transaction, ids, {
    state: "unpublished",
    unpublished_at: now.toISOString(),
    reason: reason.trim() || null,
    slot: null,
  });
  await dropRedactedLinks(transaction, ids);
  // Whoever was about to remove it is not waited for.
  for (const id of ids) await endLeases(transaction, id, now);
}

/**
 * The publications whose photos go with this one's, where they go at all: other revisions of the same post, whose photos a correction may have
 * replaced, and publications on the account that never came out, or are out no more.
 *
 * @param all publications of the submission
 */
export function cleanedWith(
  { channel, account, remote_id }: StoredPublication,
  all: readonly StoredPublication[],
): StoredPublication[] {
  return all.filter(
    (other) =>
      other.channel === channel &&
      other.account === account &&
      (other.remote_id === remote_id || other.state === "failed" || other.state === "unpublished"),
  );
}

/** Of an attempt that was ended before it sent anything, because it shall be taken down. */
export const stoppedCode = "stopped";

/** Where a publication may be at its channel, though nobody knows or its site's editors have it. */
const open: readonly PublicationState[] = ["publishing", "unclear", "handed_over"];

/**
 * Stops what of a submission is not out yet, because it shall be taken down: what is planned and scheduled, and attempts that have not
 * announced to send. All of it has failed then, with `why`, and the request is noted on it (`requireNotStopped`).
 *
 * @returns whether there was anything
 */
export async function stopUnsent(
  transaction: Store,
  all: readonly StoredPublication[],
  request: TakeDownRequest,
  why: string,
  now: Date,
): Promise<boolean> {
  let isAny = false;
  for (const { id, state } of all) {
    const isPlanned = state === "planned" || state === "scheduled";
    const attempt = state === "publishing" ? (await storedAttempts(transaction, id)).at(-1) : undefined;
    const isUnannounced = attempt !== undefined && attempt.intent_at === null;
    if (!isPlanned && !isUnannounced) continue;
    if (attempt) {
      const stopped = { outcome: "failed", code: stoppedCode, ended_at: now.toISOString() } as const;
      await updateAttemptRow(transaction, attempt, stopped);
    }
    const columns = { ...requestColumns(request, now), state: "failed", reason: why, slot: null } as const;
    await updatePublications(transaction, [id], columns);
    isAny = true;
  }
  return isAny;
}

/** Notes the request on what may be out: as soon as somebody finds that it is, it is taken down. */
export async function noteOnUndecided(
  transaction: Store,
  rows: readonly StoredPublication[],
  request: TakeDownRequest,
  now: Date,
): Promise<void> {
  const ids = rows.filter(({ state }) => open.includes(state)).map(({ id }) => id);
  await updatePublications(transaction, ids, requestColumns(request, now));
}

/**
 * The editors' step: a request for everything. What is published stays so with the request, until a machine with its account has proved
 * that it is gone, or an editor confirms it for a link that was recorded by hand. What is not out yet is stopped. Of what may be out
 * nobody knows whether there is something to take down, so it keeps its state, with the request.
 *
 * @param by id of the editor
 * @returns whether there was anything
 */
export async function takeAllDown(
  transaction: Store,
  submissionId: string,
  by: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  const all = await storedPublications(transaction, submissionId);
  const request = { by, cause: null };
  const out = all.filter(({ state }) => state === "published");
  const ids = out.filter((row) => !isToGo(row)).map(({ id }) => id);
  await noteTakeDown(transaction, ids, { ...request, reason }, now);
  const isStopped = await stopUnsent(transaction, all, request, reason.trim(), now);
  const after = await storedPublications(transaction, submissionId);
  const unasked = after.filter((row) => row.take_down_requested_at === null);
  await noteOnUndecided(transaction, unasked, request, now);
  return out.length > 0 || isStopped || all.some(({ state }) => open.includes(state));
}
