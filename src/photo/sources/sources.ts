import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { KominfoError, usage } from "../../errors/errors.js";
import { isTemporary } from "../../files/atomic.js";
import { realInside } from "../../files/links.js";

/** File endings of photos from phones, cameras and chat programs. The content decides what a file is. */
export const photoEnding = /\.(jpe?g|jpe|jfif|mpo|png|webp|hei[cf]|hif|avif|gif|tiff?)$/i;
const photoOrArchive = new RegExp(`${photoEnding.source}|\\.zip$`, "i");

/** File endings of videos, which lie among the photos of every phone. */
export const videoEnding = /\.(mp4|m4v|mov|3gp|3g2|avi|mkv|webm|mts|m2ts|mpe?g|wmv|insv)$/i;

interface FoundSources {
  /** Absolute paths, each once. */
  files: string[];
  /** Number of videos skipped in folders and patterns. */
  videos: number;
  /** Links in a folder, or matched by a pattern, that lead out of that folder: the person did not name them. */
  refused: { source: string; error: KominfoError }[];
}

/**
 * Expands `typed` to files: it holds files, folders and glob patterns. The order is kept, and each file occurs once. A
 * folder stands for the files in it (not in its subfolders) that are named like photos, in natural order; so does a
 * pattern, which may also match ZIP archives. An explicit file is taken whatever its name.
 *
 * @param cwd absolute; the base of relative paths
 * @param windows whether a backslash in a pattern separates folders
 * @throws `file-not-found` (exit 2) for what does not exist, `photo-none-found` (exit 2) for what holds no photo
 */
export async function findSources(
  typed: readonly string[],
  cwd: string,
  windows: boolean = path.sep === "\\",
): Promise<FoundSources> {
  const files = new Map<string, string>();
  const videos = new Set<string>();
  const refused: FoundSources["refused"] = [];
  for (const source of typed) {
    const { folder, photos } = await expand(source, cwd, windows, (video) => videos.add(video));
    for (const file of photos) {
      // A broken link fails later, as one photo among the others.
      const real = await realpath(file).catch(() => undefined);
      const error = folder && real && (await linkOutOf(folder, file));
      if (error) refused.push({ source: file, error });
      else if (!files.has(real ?? file)) files.set(real ?? file, file);
    }
  }
  return { files: [...files.values()], videos: videos.size, refused };
}

async function linkOutOf(folder: string, file: string): Promise<KominfoError | undefined> {
  try {
    await realInside(folder, file);
    return undefined;
  } catch (error) {
    // What cannot be read at all fails later, as one photo among the others.
    return error instanceof KominfoError ? error : undefined;
  }
}

/** Returns only the files of `findSources`. Throws the first `link-outside` too. */
export async function expandSources(
  typed: readonly string[],
  cwd: string,
  windows?: boolean,
): Promise<string[]> {
  const { files, refused } = await findSources(typed, cwd, windows);
  if (refused[0]) throw refused[0].error;
  return files;
}

/** The files that `typed` stands for, and the folder in which they were looked for; none for a file that was named. */
async function expand(
  typed: string,
  cwd: string,
  windows: boolean,
  onVideo: (file: string) => void,
): Promise<{ folder?: string; photos: string[] }> {
  const target = path.resolve(cwd, typed);
  const found = await statOrNothing(target);
  if (found?.isFile()) return { photos: [target] };
  if (found?.isDirectory()) {
    return { folder: target, photos: photosOf(typed, await filesIn(target), photoEnding, onVideo) };
  }
  if (found) throw usage("photo-not-supported", { path: typed, found: "device" });
  const pattern = windows ? typed.replaceAll("\\", "/") : typed;
  const { folder, files } = isDynamicPattern(pattern)
    ? await match(pattern, cwd)
    : { folder: cwd, files: [] };
  if (files.length === 0) throw usage("file-not-found", { path: typed });
  return { folder, photos: photosOf(typed, files, photoOrArchive, onVideo) };
}

/** Matches a glob pattern. Its longest prefix that is a folder is taken literally, as in `foto [2026]/*.jpg`. */
async function match(pattern: string, cwd: string): Promise<{ folder: string; files: string[] }> {
  const segments = pattern.split("/");
  let folder = cwd;
  let fixed = 0;
  while (fixed < segments.length - 1) {
    const next = path.resolve(cwd, `${segments.slice(0, fixed + 1).join("/")}/`);
    if (!(await statOrNothing(next))?.isDirectory()) break;
    folder = next;
    fixed++;
  }
  const files = await glob(segments.slice(fixed).join("/"), {
    cwd: folder,
    absolute: true,
    expandDirectories: false,
    caseSensitiveMatch: false,
  });
  return { folder, files: files.map((file) => path.normalize(file)) };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw usage("file-unreadable", { path: folder, reason: error.code ?? error.message });
  });
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    const leadsToFile = async () => (await statOrNothing(file))?.isFile() ?? true;
    if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile()))) files.push(file);
  }
  return files;
}

function photosOf(typed: string, files: string[], wanted: RegExp, onVideo: (file: string) => void): string[] {
  const natural = new Intl.Collator("id", { numeric: true });
  const photos = files.filter((file) => {
    const name = path.basename(file);
    // macOS writes a `._photo.jpg` without a picture beside every photo on a foreign disk.
    if (name.startsWith("._") || isTemporary(name)) return false;
    if (videoEnding.test(name)) onVideo(file);
    return wanted.test(name);
  });
  if (photos.length === 0) throw usage("photo-none-found", { path: typed });
  return photos.sort((a, b) => natural.compare(a, b) || (a < b ? -1 : 1));
}

async function statOrNothing(target: string): Promise<Stats | undefined> {
  return stat(target).catch((error: NodeJS.ErrnoException) => {
    // A pattern may not be a valid file name: EINVAL, ENAMETOOLONG.
    if (["ENOENT", "ENOTDIR", "EINVAL", "ENAMETOOLONG"].includes(error.code ?? "")) return undefined;
    throw usage("file-unreadable", { path: target, reason: error.code ?? error.message });
  });
}
