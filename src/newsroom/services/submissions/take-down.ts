import type { Store } from "../../store/database/open.js";
import { storedAttempts, updateAttemptRow } from "../../store/submissions/attempts.js";
import { storedPublications, updatePublications } from "../../store/submissions/publications.js";

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
    reason: reason.trim(),
    slot: null,
  });
}

/**
 * Marks everything of a submission that is published as unpublished, and stops attempts that have not announced to send. What may
 * have been sent stays as it is: nobody knows yet whether there is something to take down.
 *
 * @returns whether there was anything
 */
export async function takeAllDown(
  transaction: Store,
  submissionId: string,
  reason: string,
  now: Date,
): Promise<boolean> {
  const all = await storedPublications(transaction, submissionId);
  const out = all.filter(({ state }) => state === "published").map(({ id }) => id);
  await takeDown(transaction, out, reason, now);
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
