import { readFile } from "node:fs/promises";
import path from "node:path";
import { removeLeftovers, writeAtomically } from "../files/atomic.js";
import { withLock } from "../files/lock.js";
import { addPhotos } from "../post/edit.js";
import type { PostPhoto } from "../post/types.js";
import { type Bundle, copyPhotos, type GivenPhoto, readBundleStrictly } from "./posts.js";

/**
 * Copies photos into a post and lists them in its front matter; those that are listed already are left out. Returns
 * the new ones. Killed anywhere, the same call again ends with each listed once. Throws `post-invalid` (exit 2).
 */
export async function attachPhotos(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<PostPhoto[]> {
  return withLock(path.join(bundle.machine, "attach.lock"), async () => {
    await removeLeftovers(bundle.photos, () => true);
    const { post } = await readBundleStrictly(bundle);
    const copied = await copyPhotos(bundle, photos, post.photos);
    if (copied.length > 0) {
      await writeAtomically(bundle.index, addPhotos(await readFile(bundle.index), copied));
    }
    return copied;
  });
}
