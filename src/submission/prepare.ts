import { stat } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { exit, KominfoError } from "../errors/errors.js";
import { sha256File } from "../files/hash.js";
import { realInside, refuseLinksOut } from "../files/links.js";
import { findPreset } from "../photo/renditions/presets.js";
import { planResize, type ResizeRequest, resizePhotos } from "../photo/renditions/resize.js";
import type { ImageEngine } from "../photo/types.js";
import { boxesOf } from "../post/blur.js";
import type { Post, PostPhoto } from "../post/types.js";
import { photoFile } from "../workspace/photo-files.js";
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
  /** Called only when there are photos to resize. */
  images: () => Promise<ImageEngine>;
  signal: AbortSignal;
  onProgress?: (progress: { step: "preparing"; done: number; total: number }) => void;
}

/** Prepares the photo to send for each `file`: a rendition, or the unchanged photo where it came from the newsroom. */
export async function preparePhotos(
  request: PrepareRequest,
  state: PostState,
): Promise<Map<string, PreparedPhoto>> {
  const { bundle, post, signal, onProgress } = request;
  // A link may have appeared since the bundle was found: what is read here is sent.
  await refuseLinksOut(bundle.folder);
  const prepared = await photosAsSent(bundle, state, post.photos);
  const files = await filesToResize(bundle, post, prepared);
  if (files.size === 0) return prepared;
  const outcome = await resizePhotos(await request.images(), resizeRequest(bundle, post, files), {
    signal,
    onProgress: ({ done, total }) => onProgress?.({ step: "preparing", done, total }),
  });
  if (outcome.failed.length > 0) {
    const details = outcome.failed.map((failure) => failure.error);
    throw new KominfoError(exit.usage, "photos-unusable", { count: details.length }, { details });
  }
  for (const { source, ...rendition } of outcome.renditions) {
    prepared.set(files.get(source)!, { ...rendition, filename: path.basename(source) });
  }
  return prepared;
}

/** Counts the renditions that `preparePhotos` would make. Writes nothing. */
export async function countPhotosToPrepare(
  { bundle, post, images }: Pick<PrepareRequest, "bundle" | "post" | "images">,
  state: PostState,
): Promise<number> {
  const files = await filesToResize(bundle, post, await photosAsSent(bundle, state, post.photos));
  if (files.size === 0) return 0;
  const { plan } = await planResize(await images(), resizeRequest(bundle, post, files));
  return plan.actions.length;
}

/** The `file` of each photo that did not come from the newsroom, by its absolute path. */
async function filesToResize(bundle: Bundle, post: Post, asSent: ReadonlyMap<string, unknown>) {
  const files = post.photos.map(({ file }) => file).filter((file) => !asSent.has(file));
  return new Map(
    await Promise.all(files.map(async (file) => [await photoFile(bundle, file), file] as const)),
  );
}

function resizeRequest(bundle: Bundle, post: Post, files: ReadonlyMap<string, string>): ResizeRequest {
  const presets = [findPreset("web")];
  const photos = new Map(post.photos.map((photo) => [photo.file, photo]));
  const blurOf = (file: string) => boxesOf(photos.get(files.get(file)!)!);
  return { files: [...files.keys()], presets, folder: bundle.renditions, naming: "key", blurOf };
}

/** The photos of a post that came from the newsroom, by their `file`. */
async function photosAsSent(
  bundle: Bundle,
  { photos: fromNewsroom }: PostState,
  photos: readonly PostPhoto[],
): Promise<Map<string, PreparedPhoto>> {
  const found = new Map<string, PreparedPhoto>();
  if (Object.keys(fromNewsroom).length === 0) return found;
  for (const { file, blur = [] } of photos) {
    const absolute = await photoFile(bundle, file);
    await realInside(bundle.folder, absolute);
    const sha256 = await sha256File(absolute);
    if (!Object.hasOwn(fromNewsroom, sha256)) continue;
    // What the newsroom has is blurred where it said so, and nowhere else.
    if (!isDeepStrictEqual(blur, fromNewsroom[sha256]!.blur ?? [])) continue;
    const { size } = await stat(absolute);
    const { filename, source_sha256 } = fromNewsroom[sha256]!;
    const original = source_sha256 === undefined ? {} : { source_sha256 };
    found.set(file, { filename, ...original, sha256, path: absolute, bytes: size });
  }
  return found;
}
