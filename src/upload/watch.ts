import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { isTemporary } from "../files/atomic.js";
import { photoEnding } from "../photo/sources/sources.js";

/** A folder that fills while we look, with the folders in it. */
interface WatchedFolder {
  /**
   * Photos that have become complete since the last look: neither size nor time have changed between two looks. One
   * that changes later is told again. Throws the file system's own error when the folder is gone.
   */
  look(): Promise<string[]>;
}

/**
 * Looks again and again instead of waiting for the system's notices: network drives and cards that are pulled out
 * give none that one may rely on.
 */
export function watchFolder(folder: string): WatchedFolder {
  let before = new Map<string, string>();
  const told = new Map<string, string>();
  return {
    async look() {
      const now = new Map<string, string>();
      for (const file of await photosBelow(folder)) {
        const found = await stat(file).catch(() => undefined);
        if (found?.isFile() && found.size > 0) now.set(file, `${found.size} ${found.mtimeMs}`);
      }
      const complete = [...now].filter(
        ([file, seen]) => before.get(file) === seen && told.get(file) !== seen,
      );
      for (const [file, seen] of complete) told.set(file, seen);
      before = now;
      return complete.map(([file]) => file);
    },
  };
}

async function photosBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const natural = new Intl.Collator("id", { numeric: true });
  return entries
    .filter(({ name }) => photoEnding.test(name) && !name.startsWith(".") && !isTemporary(name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !path
          .relative(folder, file)
          .split(path.sep)
          .some((part) => part.startsWith(".")),
    )
    .sort(natural.compare);
}
