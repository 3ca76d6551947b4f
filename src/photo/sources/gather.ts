import { rm } from "node:fs/promises";
import path from "node:path";
import { KominfoError, usage } from "../../errors/errors.js";
import type { PhotoFailure } from "../renditions/apply.js";
import { formatOf } from "./format.js";
import { joinPassed, nothingPassed, type PassedOver } from "./passed-over.js";
import { findSources, noneFound, photoEnding } from "./sources.js";

/** The photos that were asked for, ready to be read. */
export interface Gathered {
  /** Absolute paths, each once. */
  files: string[];
  /** Number of skipped videos. */
  videos: number;
  /** What else lies there and was not taken. */
  passed: PassedOver;
  /** Archives and photos in them that could not be opened. */
  failed: PhotoFailure[];
  /** Returns the path to print for a file: for one of an archive, the archive and the name in it. */
  displayName(file: string): string;
  /** Removes the unpacked photos. */
  release(): Promise<void>;
}

interface GatherOptions {
  windows?: boolean;
  signal?: AbortSignal;
  /** Takes what lies in subfolders, too. */
  recursive?: boolean;
  /** Takes originals beside their blurred versions, too. */
  originals?: boolean;
}

/**
 * Finds photos like `findSources`, throws like it, and unpacks ZIP archives. A file that is not named like a photo is
 * recognised by its content. Always call `release` at the end; when this function throws, it has cleaned up already.
 */
export async function gatherPhotos(
  typed: readonly string[],
  cwd: string,
  options: GatherOptions = {},
): Promise<Gathered> {
  const found = await findSources(typed, cwd, options.windows, options);
  const gathered = {
    files: [] as string[],
    videos: found.videos,
    passed: found.passed,
    failed: [...found.refused] as PhotoFailure[],
  };
  const displayPaths = new Map<string, string>();
  let folder: string | undefined;
  const release = async () => {
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const [i, file] of found.files.entries()) {
      const format = photoEnding.test(file) ? undefined : await formatOf(file);
      if (format === "video") gathered.videos++;
      // The last part of an archive in several begins with anything.
      else if (format !== "zip" && !(format === "unknown" && /\.zip$/i.test(file))) gathered.files.push(file);
      else {
        const { makeUnpackFolder, unpackPhotos } = await import("./zip.js");
        folder ??= await makeUnpackFolder();
        const unpacked = await unpackPhotos(file, path.join(folder, String(i)), options);
        for (const photo of [...unpacked.photos, ...unpacked.captions])
          displayPaths.set(photo.path, photo.displayPath);
        gathered.files.push(...unpacked.photos.map((photo) => photo.path));
        gathered.failed.push(...unpacked.failed);
        gathered.videos += unpacked.videos;
        gathered.passed = joinPassed([gathered.passed, unpacked.passed]);
      }
    }
    if (gathered.files.length + gathered.failed.length === 0) {
      throw usage("photo-none-found", noneFound(typed.join(" "), gathered.videos, gathered.passed));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { ...gathered, displayName: (file) => displayPaths.get(file) ?? file, release };
}

/**
 * Gathers photos from a list that a script made. A path that does not exist or holds no photo goes to `failed` and does
 * not stop the others; the list may be empty.
 */
export async function gatherEach(
  paths: readonly string[],
  cwd: string,
  options: GatherOptions = {},
): Promise<Gathered> {
  const failed: PhotoFailure[] = [];
  const found: string[] = [];
  for (const source of paths) {
    try {
      await findSources([source], cwd, options.windows, options);
      found.push(source);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      failed.push({ source: path.resolve(cwd, source), error });
    }
  }
  const nothing = {
    files: [],
    videos: 0,
    passed: nothingPassed(),
    failed: [],
    displayName: (file: string) => file,
    release: async () => {},
  };
  const gathered: Gathered = found.length > 0 ? await gatherPhotos(found, cwd, options) : nothing;
  return { ...gathered, failed: [...failed, ...gathered.failed] };
}
