import { readFile } from "node:fs/promises";
import path from "node:path";
import { removeLeftovers, writeAtomically } from "../files/atomic.js";
import { withLock } from "../files/lock.js";
import { indexName } from "../post/bundle.js";
import { addPhotos } from "../post/front-matter/edit.js";
import type { PostPhoto } from "../post/types.js";
import { type Bundle, copyPhotos, type GivenPhoto, readBundleStrictly } from "./posts.js";

/**
 * Replaces index.md by what `change` makes of the bytes that are there now: they may have been saved elsewhere since
 * they were last looked at. Throws what `change` throws, and changes nothing then.
 */
export async function changePost(
  bundle: Bundle,
  change: (source: Buffer) => string | Promise<string>,
): Promise<void> {
  await whileChanging(bundle, async () => {
    await writeAtomically(bundle.index, await change(await readFile(bundle.index)));
  });
}

/**
 * Copies photos into a post and lists them in its front matter; those that are listed already are left out. Returns
 * the new ones. Killed anywhere, the same call again ends with each listed once. Throws `post-invalid` (exit 2).
 */
export async function attachPhotos(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<PostPhoto[]> {
  return whileChanging(bundle, async () => {
    const { post } = await readBundleStrictly(bundle);
    const copied = await copyPhotos(bundle, photos, post.photos);
    if (copied.length > 0) {
      await writeAtomically(bundle.index, addPhotos(await readFile(bundle.index), copied));
    }
    return copied;
  });
}

/** One process at a time changes a post (`lock-held`, exit 5); what a killed one left half-written is removed. */
async function whileChanging<T>(bundle: Bundle, work: () => Promise<T>): Promise<T> {
  return withLock(path.join(bundle.machine, "change.lock"), async () => {
    await removeLeftovers(bundle.folder, (target) => target === indexName);
    await removeLeftovers(bundle.photos, () => true);
    return work();
  });
}
