import type { NewsroomOptions } from "../options.js";
import {
  condemnBlobs,
  condemnedBlobs,
  forgetCondemned,
  redactedSince,
} from "../store/photos/blob-removals.js";
import { visiblePhotos } from "../store/photos/photos.js";
import { uploadsOf } from "../store/photos/uploads.js";
import { clearResidue } from "../store/service/residue.js";
import { removeUpload, uploadLifetimeMs } from "./uploads.js";

/**
 * Removes from all stores what redactions have taken away: the uploads and blobs of redacted photos, and the rest of
 * removed text in the database's files. An upload that was under way during the redaction may have stored the blob again,
 * so this is repeated for as long as such an upload can last. Returns false while another reader or process keeps the
 * database's files from being cleared. Interrupted or in vain, it is repeated by the sweep.
 *
 * @param isStarting whether nothing else uses the store yet
 */
export async function removeRedacted(
  deps: Pick<NewsroomOptions, "store" | "blobs" | "blobLocks" | "copies" | "staging" | "checkpoints">,
  now: Date,
  isStarting = false,
): Promise<boolean> {
  const { store } = deps;
  const hashes = await redactedSince(store, new Date(now.getTime() - 2 * uploadLifetimeMs));
  for (const sha256 of hashes) {
    for (const id of await uploadsOf(store, sha256)) {
      await removeUpload(deps, id, (work) => store.transaction().execute(work));
    }
  }
  if (hashes.length > 0) {
    await store.transaction().execute((transaction) => condemnBlobs(transaction, hashes, now));
  }
  await removeCondemned(deps);
  await forgetCopies(deps);
  return clearResidue(store, { isStarting, checkpoints: deps.checkpoints });
}

/** Removes the marked blobs, except those whose photo was uploaded again. */
async function removeCondemned({
  store,
  blobs,
  blobLocks,
}: Pick<NewsroomOptions, "store" | "blobs" | "blobLocks">): Promise<void> {
  for (const sha256 of await condemnedBlobs(store)) {
    await blobLocks.run(sha256, async () => {
      const existing = await visiblePhotos(store, [sha256], { all: true });
      if (!existing.has(sha256)) await blobs.remove(sha256);
      await forgetCondemned(store, sha256);
    });
  }
}

/** Removes the copies of photos that this or another process has removed. */
async function forgetCopies({ store, copies }: Pick<NewsroomOptions, "store" | "copies">): Promise<void> {
  const copied = copies?.copied() ?? [];
  const existing = await visiblePhotos(store, copied, { all: true });
  for (const sha256 of copied) if (!existing.has(sha256)) await copies?.forget(sha256);
}
