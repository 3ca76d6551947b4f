import { removeAbandoned } from "../../files/process-folders.js";
import type { NewsroomOptions } from "../options.js";
import { longestWindowMs } from "../services/allowances.js";
import { eraseOld } from "../services/audit.js";
import { recordCountedFailures } from "../services/failed-logins.js";
import { readSettings } from "../services/settings.js";
import { deleteOldLogins } from "../store/people/desk-sessions.js";
import { condemnOrphans } from "../store/photos/blob-removals.js";
import { forgetUses } from "../store/service/allowances.js";
import { dropOldBodies } from "../store/service/stored-answers.js";
import { channelPhotoFolder } from "./channel-photos.js";
import { removeRedacted } from "./redacted.js";
import { expireUploads } from "./uploads.js";

/** How long an orphaned photo is kept after it was last uploaded, in ms. */
const orphanLifetimeMs = 7 * 24 * 60 * 60 * 1000;
/** How long logins are kept, in ms: longer than any desk session or link is valid and a failed login counts. */
const loginLifetimeMs = 24 * 60 * 60 * 1000;
/** How long the body of a stored answer is kept, in ms. A retry that comes later gets what its request made, as it is then. */
const answerBodyLifetimeMs = 48 * 60 * 60 * 1000;

/**
 * Removes photos that a killed process was making, abandoned uploads, orphaned photos, blobs without a photo, old logins, old bodies of stored answers, uses that
 * count in no quota any more, what redactions have left, and what the audit log no longer needs to know of people.
 *
 * @param isStarting whether nothing else uses the store yet
 */
export async function sweep(
  deps: Pick<NewsroomOptions, "store" | "blobs" | "blobLocks" | "copies" | "staging" | "checkpoints">,
  now: Date,
  isStarting = false,
): Promise<void> {
  await removeAbandoned(channelPhotoFolder);
  await expireUploads(deps, now);
  const before = new Date(now.getTime() - orphanLifetimeMs);
  while ((await condemnOrphans(deps.store, before, now)) > 0);
  await deleteOldLogins(deps.store, new Date(now.getTime() - loginLifetimeMs));
  await dropOldBodies(deps.store, new Date(now.getTime() - answerBodyLifetimeMs));
  await forgetUses(deps.store, new Date(now.getTime() - longestWindowMs));
  await removeRedacted(deps, now, isStarting);
  await deps.store.transaction().execute(async (transaction) => {
    await recordCountedFailures(transaction, now);
    await eraseOld(transaction, (await readSettings(transaction)).audit, now);
  });
}
