import { open, rm } from "node:fs/promises";
import path from "node:path";
import { KominfoError, usage } from "../../errors/errors.js";
import type { PhotoFailure } from "../renditions/apply.js";
import { detectFormat, type FileFormat, headBytes } from "./format.js";
import { findSources, photoEnding } from "./sources.js";

/** The photos that someone means, ready to be read. */
export interface Gathered {
  /** Absolute, each once. */
  files: string[];
  /** Films that were passed over. */
  videos: number;
  /** Archives, and photos in them, that could not be opened. */
  failed: PhotoFailure[];
  /** What people are told of a file: for a photo of an archive, that archive and its name in it. */
  displayName(file: string): string;
  /** Removes what was unpacked. */
  release(): Promise<void>;
}

/**
 * Like `findSources` (and throws like it), and takes the photos out of ZIP archives: what is not named like a photo
 * is told by its content. Call `release` at the end, whatever happened; when this throws, nothing is left behind.
 */
export async function gatherPhotos(
  typed: readonly string[],
  cwd: string,
  options: { windows?: boolean; signal?: AbortSignal } = {},
): Promise<Gathered> {
  const found = await findSources(typed, cwd, options.windows);
  const gathered = { files: [] as string[], videos: found.videos, failed: [] as PhotoFailure[] };
  const displayPaths = new Map<string, string>();
  let folder: string | undefined;
  const release = async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const [i, file] of found.files.entries()) {
      const format = photoEnding.test(file) ? undefined : await formatOf(file);
      if (format === "video") gathered.videos++;
      else if (format !== "zip") gathered.files.push(file);
      else {
        const { makeUnpackFolder, unpackPhotos } = await import("./zip.js");
        folder ??= await makeUnpackFolder();
        const unpacked = await unpackPhotos(file, path.join(folder, String(i)), options);
        for (const photo of unpacked.photos) displayPaths.set(photo.path, photo.displayPath);
        gathered.files.push(...unpacked.photos.map((photo) => photo.path));
        gathered.failed.push(...unpacked.failed);
        gathered.videos += unpacked.videos;
      }
    }
    if (gathered.files.length + gathered.failed.length === 0) {
      throw usage("photo-none-found", { path: typed.join(" ") });
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { ...gathered, displayName: (file) => displayPaths.get(file) ?? file, release };
}

/**
 * The same for a list that a script made: what does not exist, or holds no photo, is one of `failed` and stops no
 * other; an empty list is fine.
 */
export async function gatherEach(
  paths: readonly string[],
  cwd: string,
  options: { windows?: boolean; signal?: AbortSignal } = {},
): Promise<Gathered> {
  const failed: PhotoFailure[] = [];
  const found: string[] = [];
  for (const one of paths) {
    try {
      await findSources([one], cwd, options.windows);
      found.push(one);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      failed.push({ source: path.resolve(cwd, one), error });
    }
  }
  const nothing = {
    files: [],
    videos: 0,
    failed: [],
    displayName: (file: string) => file,
    release: async () => {},
  };
  const gathered: Gathered = found.length > 0 ? await gatherPhotos(found, cwd, options) : nothing;
  return { ...gathered, failed: [...failed, ...gathered.failed] };
}

/** undefined for what cannot be read: it fails later, by its name, as one photo among the others. */
async function formatOf(file: string): Promise<FileFormat | undefined> {
  const handle = await open(file, "r").catch(() => undefined);
  try {
    const head = Buffer.alloc(headBytes);
    const read = await handle?.read(head, 0, headBytes, 0);
    return read && detectFormat(head.subarray(0, read.bytesRead));
  } catch {
    return undefined;
  } finally {
    await handle?.close();
  }
}
