import { readFile } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { removeLeftovers, writeAtomically } from "../files/atomic.js";
import { realInside, refuseLinksOut } from "../files/links.js";
import { withLock } from "../files/lock.js";
import { indexName } from "../post/bundle.js";
import { addPhotos, editPost } from "../post/front-matter/edit.js";
import { readPost } from "../post/front-matter/read.js";
import { present } from "../post/front-matter/shapes.js";
import type { PostPhoto } from "../post/types.js";
import { type Bundle, copyPhotos, type GivenPhoto, readBundleStrictly } from "./posts.js";

/**
 * Replaces index.md by the result of `change`, which receives the bytes as they are now: another program may have saved
 * the file since it was last read. When `change` throws, nothing is written.
 */
export async function changePost(
  bundle: Bundle,
  change: (source: Buffer) => string | Promise<string>,
): Promise<void> {
  await withChangeLock(bundle, async () => {
    const index = await realInside(bundle.folder, bundle.index);
    await writeAtomically(index, await change(await readFile(index)));
  });
}

/** Runs `work` while no other process changes index.md or attaches photos (`lock-held`, exit 5). */
export function whileUnchanged<T>(bundle: Bundle, work: () => Promise<T>): Promise<T> {
  return withChangeLock(bundle, work);
}

/** The lock under which index.md and the photos of a bundle change. */
export function changeLock({ machine }: Bundle): string {
  return path.join(machine, "change.lock");
}

/** Removes what a process left that was killed after it had written index.md: its lock. */
export async function finishChange(bundle: Bundle): Promise<void> {
  await withChangeLock(bundle, async () => {});
}

/**
 * Writes the description of one photo into index.md. Everything else stays as it is there now; a photo that is no
 * longer listed is skipped. Throws `post-invalid` (exit 2).
 */
export async function describePhoto(
  bundle: Bundle,
  { file, caption, alt, credit, source }: PostPhoto,
): Promise<void> {
  await changePost(bundle, (index) => {
    const { post, problems } = readPost(index);
    if (!post) throw usage("post-invalid", { path: bundle.index, problems });
    const description = { source, ...present({ caption, alt, credit }) };
    const photos = post.photos.map((photo) => (photo.file === file ? { ...photo, ...description } : photo));
    return editPost(index, { photos }, bundle.index);
  });
}

/** Writes new photos into index.md, worked out from those that are listed now. Throws `post-invalid` (exit 2). */
export async function changePhotos(
  bundle: Bundle,
  change: (photos: readonly PostPhoto[]) => PostPhoto[],
): Promise<void> {
  await changePost(bundle, (index) => {
    const { post, problems } = readPost(index);
    if (!post) throw usage("post-invalid", { path: bundle.index, problems });
    return editPost(index, { photos: change(post.photos) }, bundle.index);
  });
}

/**
 * Copies photos into a post, lists them in its front matter and returns those that were not listed before. After a kill
 * at any point, the same call ends with each photo listed once. Throws `post-invalid` (exit 2).
 */
export async function attachPhotos(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<PostPhoto[]> {
  return withChangeLock(bundle, async () => {
    const { post } = await readBundleStrictly(bundle);
    const copied = await copyPhotos(bundle, photos, post.photos);
    if (copied.length > 0) {
      const index = await realInside(bundle.folder, bundle.index);
      await writeAtomically(index, addPhotos(await readFile(index), copied));
    }
    return copied;
  });
}

/**
 * Runs `work` under the change lock (`lock-held`, exit 5), after removing half-written files of a killed process. A link
 * may have appeared since the bundle was found, so it is checked again.
 */
async function withChangeLock<T>(bundle: Bundle, work: () => Promise<T>): Promise<T> {
  await refuseLinksOut(bundle.folder);
  return withLock(changeLock(bundle), async () => {
    await removeLeftovers(bundle.folder, (target) => target === indexName);
    await removeLeftovers(bundle.photos, () => true);
    return work();
  });
}
