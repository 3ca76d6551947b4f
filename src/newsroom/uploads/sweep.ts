import type { NewsroomOptions } from "../options.js";
import { deleteOldLogins } from "../store/people/desk-sessions.js";
import { condemnOrphans, removeCondemned } from "../store/photos/blob-removals.js";
import { expireUploads } from "./uploads.js";

/** A photo that belongs to nothing is kept for so long after it was last sent, in ms. */
const orphanLivesMs = 7 * 24 * 60 * 60 * 1000;
/** Longer than any session or link of the desk holds, and than a failed login counts, in ms. */
const loginLivesMs = 24 * 60 * 60 * 1000;

/** Removes what has been abandoned: uploads, photos that belong to nothing, blobs whose photo is gone, old logins. */
export async function sweep(
  means: Pick<NewsroomOptions, "store" | "blobs" | "staging">,
  now: Date,
): Promise<void> {
  await expireUploads(means, now);
  const before = new Date(now.getTime() - orphanLivesMs);
  while ((await condemnOrphans(means.store, before, now)) > 0);
  await removeCondemned(means.store, means.blobs);
  await deleteOldLogins(means.store, new Date(now.getTime() - loginLivesMs));
}
