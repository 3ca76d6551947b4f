import { readdir } from "node:fs/promises";
import path from "node:path";
import { exists } from "../files/atomic.js";
import { nearestFile } from "../text/nearest.js";
import { nameFinder, nameKey } from "../text/same-name.js";
import type { Bundle } from "./posts.js";

/**
 * Returns the absolute path of a photo that index.md lists. Its name there may be composed otherwise than on disk, have another space, or another
 * case: it was typed, or the folder came from another system. What is not there keeps the path as written.
 *
 * @param file as `berkas:` holds it
 */
export async function photoFile({ folder }: Pick<Bundle, "folder">, file: string): Promise<string> {
  let target = folder;
  for (const part of file.split("/")) {
    const written = path.join(target, part);
    if (await exists(written)) target = written;
    else target = path.join(target, nameFinder(await namesIn(target))(part) ?? part);
  }
  return target;
}

/** Returns the photo of the same folder whose name is most similar to one that is not there, as `berkas:` would hold it. */
export async function nearestPhoto(
  { folder }: Pick<Bundle, "folder">,
  file: string,
): Promise<string | undefined> {
  const { dir, base } = path.posix.parse(file);
  const names = (await namesIn(path.join(folder, dir))).filter((name) => !name.startsWith("."));
  const near = nearestFile(nameKey(base), names.map(nameKey));
  const found = names.find((name) => nameKey(name) === near);
  return found === undefined ? undefined : path.posix.join(dir, found);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
