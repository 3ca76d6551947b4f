import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { KominfoError, usage } from "../../errors/errors.js";
import { sha256File } from "../../files/hash.js";
import type { PhotoFailure } from "../renditions/apply.js";
import { passedOriginals, withoutOriginals } from "./blurred.js";
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
 * Finds photos like `findSources`, throws like it, and unpacks ZIP archives, also those that lie in a folder; an archive in an archive is
 * passed over. A photo of an archive whose bytes lie beside it as well is taken once. A file that is not named like a photo is
 * recognised by its content. Always call `release` at the end; when this function throws, it has cleaned up already.
 */
export async function gatherPhotos(
  typed: readonly string[],
  cwd: string,
  options: GatherOptions = {},
): Promise<Gathered> {
  const found = await findSources(typed, cwd, options.windows, { ...options, archives: true });
  const gathered = {
    files: [] as string[],
    videos: found.videos,
    passed: found.passed,
    failed: [...found.refused] as PhotoFailure[],
  };
  const displayPaths = new Map<string, string>();
  const displayName = (file: string) => displayPaths.get(file) ?? file;
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
    if (displayPaths.size > 0) {
      const once = await withoutCopies(gathered.files, (file) => displayPaths.has(file));
      const split = options.originals
        ? { kept: once, originals: [] }
        : withoutOriginals(once, (file) => lyingBeside(file, displayPaths.get(file)));
      gathered.files = split.kept;
      gathered.passed = joinPassed([gathered.passed, passedOriginals(split.originals.map(displayName))]);
    }
    if (gathered.files.length + gathered.failed.length === 0) {
      throw usage("photo-none-found", noneFound(typed.join(" "), gathered.videos, gathered.passed));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { ...gathered, displayName, release };
}

/** Where a photo of an archive would lie if it had been unpacked by hand, which is where its blurred version is. */
function lyingBeside(file: string, displayPath: string | undefined): string {
  if (displayPath === undefined) return file;
  return path.join(path.dirname(path.dirname(displayPath)), path.basename(displayPath));
}

/** Leaves out photos of an archive whose bytes are among the other files: somebody has unpacked it there. */
async function withoutCopies(
  files: readonly string[],
  isUnpacked: (file: string) => boolean,
): Promise<string[]> {
  const sizeOf = async (file: string) => (await stat(file).catch(() => undefined))?.size ?? -1;
  const plain = new Map<number, string[]>();
  for (const file of files.filter((each) => !isUnpacked(each))) {
    const size = await sizeOf(file);
    plain.set(size, [...(plain.get(size) ?? []), file]);
  }
  const kept: string[] = [];
  for (const file of files) {
    const alike = isUnpacked(file) ? (plain.get(await sizeOf(file)) ?? []) : [];
    const own = alike.length > 0 ? await sha256File(file) : "";
    const hashes = await Promise.all(alike.map((each) => sha256File(each).catch(() => undefined)));
    if (!hashes.includes(own)) kept.push(file);
  }
  return kept;
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
      await findSources([source], cwd, options.windows, { ...options, archives: true });
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
