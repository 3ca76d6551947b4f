import { ERRORS, type Locker, type RequestRelease } from "@tus/server";
import { type ProblemError, problem } from "../services/problem.js";

/** The lock that a request holds on an upload. */
export interface HeldLock {
  /** Calls `release` when another request waits for the upload; at once if one waits already. */
  onWanted(release: RequestRelease): void;
}

/**
 * Runs `work` while no other request, of whatever process, works on the upload. Throws `conflict` (423) when the upload
 * stays locked for too long.
 *
 * @param gone aborted when nobody waits for the answer any more
 */
export async function withLock<T>(
  locker: Locker,
  id: string,
  gone: AbortSignal,
  work: (held: HeldLock) => Promise<T>,
): Promise<T> {
  const lock = locker.newLock(id);
  let isWanted = false;
  let release: RequestRelease = () => {};
  try {
    await lock.lock(gone, async () => {
      isWanted = true;
      await release();
    });
  } catch (error) {
    throw error === ERRORS.ERR_LOCK_TIMEOUT ? lockedProblem() : error;
  }
  try {
    return await work({
      onWanted(given) {
        release = given;
        if (isWanted) void given();
      },
    });
  } finally {
    await lock.unlock();
  }
}

/** Says that the upload is there, and cannot be worked on now: clients of tus come back for it. */
export function lockedProblem(): ProblemError {
  return problem("conflict", { status: 423, detail: "locked", retry_after: 5 });
}
