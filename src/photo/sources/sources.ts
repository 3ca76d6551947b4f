import type { Stats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { KominfoError, usage } from "../../errors/errors.js";
import { isTemporary } from "../../files/atomic.js";
import { realInside } from "../../files/links.js";
import { passedOriginals, withoutOriginals } from "./blurred.js";
import { listFolder } from "./folders.js";
import { isTold, joinPassed, kindsOf, type PassedOver, stemOf } from "./passed-over.js";

/** File endings of photos from phones, cameras and chat programs. The content decides what a file is. */
export const photoEnding = /\.(jpe?g|jpe|jfif|mpo|png|webp|hei[cf]|hif|avif|gif|tiff?)$/i;
export const photoOrArchive = new RegExp(`${photoEnding.source}|\\.zip$`, "i");

/** File endings of videos, which lie among the photos of every phone. */
export const videoEnding = /\.(mp4|m4v|mov|3gp|3g2|avi|mkv|webm|mts|m2ts|mpe?g|wmv|insv)$/i;

interface FoundSources {
  /** Absolute paths, each once. */
  files: string[];
  /** Number of videos skipped in folders and patterns. */
  videos: number;
  /** Links in a folder, or matched by a pattern, that lead out of that folder: the person did not name them. */
  refused: { source: string; error: KominfoError }[];
  /** What else lies in folders, or was matched by a pattern. */
  passed: PassedOver;
}

/**
 * Expands `typed` to files: it holds files, folders and glob patterns. The order is kept, and each file occurs once. A
 * folder stands for the files in it (in its subfolders only with `recursive`) that are named like photos, in natural order; so does a
 * pattern, which may also match ZIP archives. An explicit file is taken whatever its name.
 *
 * @param cwd absolute; the base of relative paths
 * @param windows whether a backslash in a pattern separates folders
 * @param options.originals takes those, too, of which a blurred version is among the files
 * @param options.archives takes the ZIP archives of a folder, too, which the caller unpacks
 * @throws `file-not-found` (exit 2) for what does not exist, `photo-none-found` (exit 2) for what holds no photo
 */
export async function findSources(
  typed: readonly string[],
  cwd: string,
  windows: boolean = path.sep === "\\",
  {
    recursive = false,
    originals = false,
    archives = false,
  }: { recursive?: boolean; originals?: boolean; archives?: boolean } = {},
): Promise<FoundSources> {
  const files = new Map<string, string>();
  const videos = new Set<string>();
  const refused: FoundSources["refused"] = [];
  const passed: PassedOver[] = [];
  for (const source of typed) {
    const {
      folder,
      photos,
      videos: films = [],
      others,
    } = await expand(source, cwd, windows, { recursive, archives });
    for (const video of films) videos.add(video);
    if (others) passed.push(others);
    for (const file of photos) {
      // A broken link fails later, as one photo among the others.
      const real = await realpath(file).catch(() => undefined);
      const error = folder && real && (await linkOutOf(folder, file));
      if (error) refused.push({ source: file, error });
      else if (!files.has(real ?? file)) files.set(real ?? file, file);
    }
  }
  const all = [...files.values()];
  // A shell names every file of `*.jpg`, so that one that was named is no different.
  const split = originals ? { kept: all, originals: [] } : withoutOriginals(all);
  passed.push(passedOriginals(split.originals));
  return { files: split.kept, videos: videos.size, refused, passed: joinPassed(passed) };
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

interface Expanded {
  /** The folder in which the files were looked for; none for a file that was named. */
  folder?: string;
  photos: string[];
  videos?: string[];
  others?: PassedOver;
}

/** The files that `typed` stands for. */
async function expand(
  typed: string,
  cwd: string,
  windows: boolean,
  { recursive, archives }: { recursive: boolean; archives: boolean },
): Promise<Expanded> {
  const target = path.resolve(cwd, typed);
  const found = await statOrNothing(target);
  if (found?.isFile()) return { photos: [target] };
  if (found?.isDirectory()) {
    const { files, ...folders } = await listFolder(target, { recursive });
    const wanted = archives ? photoOrArchive : photoEnding;
    return { folder: target, ...(await sorted(typed, files, wanted, folders)) };
  }
  if (found) throw usage("photo-not-supported", { path: typed, found: "device" });
  const pattern = windows ? typed.replaceAll("\\", "/") : typed;
  const { folder, files } = isDynamicPattern(pattern)
    ? await match(pattern, cwd)
    : { folder: cwd, files: [] };
  if (files.length === 0) throw usage("file-not-found", { path: typed });
  return { folder, ...(await sorted(typed, files, photoOrArchive, { folders: [], unreadable: [] })) };
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

/** Separates photos, in natural order, from videos and what else lies there. Throws `photo-none-found`. */
async function sorted(
  typed: string,
  files: readonly string[],
  wanted: RegExp,
  folders: Pick<PassedOver, "folders" | "unreadable">,
): Promise<Required<Pick<Expanded, "photos" | "videos" | "others">>> {
  const natural = new Intl.Collator("id", { numeric: true });
  // macOS writes a `._photo.jpg` without a picture beside every photo on a foreign disk.
  const real = files.filter((file) => {
    const name = path.basename(file);
    return !name.startsWith("._") && !isTemporary(name);
  });
  const photos = real.filter((file) => wanted.test(file));
  const videos = real.filter((file) => videoEnding.test(file));
  const taken = new Set([...photos, ...videos]);
  const stems = new Set(photos.map(stemOf));
  const rest = real.filter((file) => !taken.has(file) && isTold(file, stems));
  const others = { ...folders, files: await kindsOf(rest.sort(natural.compare), true) };
  if (photos.length === 0) throw usage("photo-none-found", noneFound(typed, videos.length, others));
  return { photos: photos.sort((a, b) => natural.compare(a, b) || (a < b ? -1 : 1)), videos, others };
}

/** What is there instead of photos. */
export function noneFound(path: string, videos: number, { folders, unreadable, files }: PassedOver) {
  const kinds = files.map(({ kind, paths }) => ({ kind, count: paths.length }));
  return { path, folders: [...folders, ...unreadable], kinds, videos };
}

async function statOrNothing(target: string): Promise<Stats | undefined> {
  return stat(target).catch((error: NodeJS.ErrnoException) => {
    // A pattern may not be a valid file name: EINVAL, ENAMETOOLONG.
    if (["ENOENT", "ENOTDIR", "EINVAL", "ENAMETOOLONG"].includes(error.code ?? "")) return undefined;
    throw usage("file-unreadable", { path: target, reason: error.code ?? error.message });
  });
}
