import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { KominfoError } from "../errors/errors.js";
import { isTemporary } from "../files/atomic.js";
import { realInside } from "../files/links.js";
import { photoEnding } from "../photo/sources/sources.js";

/** A folder, with its subfolders, that is polled for new photos. */
interface WatchedFolder {
  /**
   * Returns the photos that have become complete since the last poll: neither size nor time changed between two polls. A
   * photo that changes later is returned again. Throws the file system's own error when the folder is gone.
   */
  poll(): Promise<string[]>;
}

/**
 * Leaves out links that lead out of the folder. Polls instead of using the system's file events, which are not reliable on network drives and on cards that are pulled
 * out.
 *
 * @param onRefused called once with the `link-outside` of each link that is left out
 */
export function watchFolder(
  folder: string,
  onRefused: (error: KominfoError) => void = () => {},
): WatchedFolder {
  let before = new Map<string, string>();
  const reported = new Map<string, string>();
  const refused = new Set<string>();
  /** Reports a link out of the folder once. */
  const isWithin = async (file: string) => {
    try {
      await realInside(folder, file);
      return true;
    } catch (error) {
      if (error instanceof KominfoError && !refused.has(file)) onRefused(error);
      refused.add(file);
      return false;
    }
  };
  return {
    async poll() {
      const now = new Map<string, string>();
      for (const file of await photosBelow(folder)) {
        if (!(await isWithin(file))) continue;
        const found = await stat(file).catch(() => undefined);
        if (found?.isFile() && found.size > 0) now.set(file, `${found.size} ${found.mtimeMs}`);
      }
      const complete = [...now].filter(
        ([file, seen]) => before.get(file) === seen && reported.get(file) !== seen,
      );
      for (const [file, seen] of complete) reported.set(file, seen);
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
