import { stat } from "node:fs/promises";
import path from "node:path";
import { exit, KominfoError } from "../errors.js";
import { sha256File } from "../files/hash.js";
import { findPreset } from "../photo/presets.js";
import { resizePhotos } from "../photo/resize.js";
import type { ImageEngine } from "../photo/types.js";
import type { Post, PostPhoto } from "../post/types.js";
import type { Bundle } from "../workspace/posts.js";
import type { PostState } from "../workspace/state.js";
import type { RenderedPhoto } from "./content.js";

/** A photo ready to be sent. */
export interface PreparedPhoto extends RenderedPhoto {
  /** Absolute. */
  path: string;
  bytes: number;
}

interface PrepareRequest {
  bundle: Bundle;
  post: Post;
  /** Only asked for when there are photos to be made smaller. */
  images: () => Promise<ImageEngine>;
  signal: AbortSignal;
  onProgress?: (progress: { step: "preparing"; done: number; total: number }) => void;
}

/** What stands for each photo at the newsroom, by its `file`; what came from there stands for itself. */
export async function preparePhotos(
  request: PrepareRequest,
  state: PostState,
): Promise<Map<string, PreparedPhoto>> {
  const { bundle, post, signal, onProgress } = request;
  const prepared = await photosAsSent(bundle, state, post.photos);
  const files = new Map(
    post.photos
      .filter(({ file }) => !prepared.has(file))
      .map(({ file }) => [path.join(bundle.folder, file), file]),
  );
  if (files.size === 0) return prepared;
  const outcome = await resizePhotos(
    await request.images(),
    { files: [...files.keys()], presets: [findPreset("web")], folder: bundle.renditions, naming: "key" },
    { signal, onProgress: ({ done, total }) => onProgress?.({ step: "preparing", done, total }) },
  );
  if (outcome.failed.length > 0) {
    const details = outcome.failed.map((one) => one.error);
    throw new KominfoError(exit.usage, "photos-unusable", { count: details.length }, { details });
  }
  for (const { source, ...rendition } of outcome.renditions) {
    prepared.set(files.get(source)!, { ...rendition, filename: path.basename(source) });
  }
  return prepared;
}

/** Those of a post's photos that came from the newsroom, by their `file`. */
export async function photosAsSent(
  bundle: Bundle,
  { photos: known }: PostState,
  photos: readonly PostPhoto[],
): Promise<Map<string, PreparedPhoto>> {
  const found = new Map<string, PreparedPhoto>();
  if (Object.keys(known).length === 0) return found;
  for (const { file } of photos) {
    const absolute = path.join(bundle.folder, file);
    const sha256 = await sha256File(absolute);
    if (!Object.hasOwn(known, sha256)) continue;
    const { size } = await stat(absolute);
    found.set(file, { ...known[sha256]!, sha256, path: absolute, bytes: size });
  }
  return found;
}
