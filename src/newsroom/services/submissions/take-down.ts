import type { TakeDownCause } from "../../../contract/lifecycle.js";
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
  request: { by: string; cause: TakeDownCause | null; reason: string },
  now: Date,
): Promise<void> {
  await updatePublications(transaction, ids, {
    take_down_requested_at: now.toISOString(),
    take_down_by: request.by,
    take_down_cause: request.cause,
    reason: request.reason.trim() || null,
  });
}

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
 * The editors' step. Links that were recorded by hand are marked as unpublished: the editor's word is all there is of them. What
 * kominfo has sent stays published with the request, until a machine with its account has proved that it is gone. Attempts that have
 * not announced to send are stopped. What may have been sent stays as it is: nobody knows yet whether there is something to take down.
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
  const out = all.filter(({ state }) => state === "published");
  for (const row of out) {
    if (!wasSent(row, await storedAttempts(transaction, row.id))) {
      await takeDown(transaction, [row.id], reason, now);
    } else if (!isToGo(row)) {
      await noteTakeDown(transaction, [row.id], { by, cause: null, reason }, now);
    }
  }
  let isStopped = false;
  for (const { id } of all.filter(({ state }) => state === "publishing")) {
    const attempt = (await storedAttempts(transaction, id)).at(-1);
    if (!attempt || attempt.intent_at !== null) continue;
    const stopped = { outcome: "failed", code: "stopped", ended_at: now.toISOString() } as const;
    await updateAttemptRow(transaction, attempt, stopped);
    await updatePublications(transaction, [id], { state: "failed", reason: reason.trim(), slot: null });
    isStopped = true;
  }
  return out.length > 0 || isStopped;
}
