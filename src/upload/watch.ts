import { stat } from "node:fs/promises";
import path from "node:path";
import { KominfoError } from "../errors/errors.js";
import { isTemporary } from "../files/atomic.js";
import { realInside } from "../files/links.js";
import { withoutOriginals } from "../photo/sources/blurred.js";
import { listFolder } from "../photo/sources/folders.js";
import { photoOrArchive } from "../photo/sources/sources.js";

/** A folder, with its subfolders, that is polled for new photos, and for archives of photos. */
interface WatchedFolder {
  /**
   * Returns the photos that have become complete since the last poll: neither size nor times changed between two polls. A
   * photo that changes later is returned again, also one that may be read now, or was filled by a program that keeps its old time. Throws `file-unreadable` when the folder is gone.
   */
  poll(): Promise<string[]>;
}

/** What a watched folder leaves out. */
interface LeftOut {
  /** Receives the `link-outside` of each link that leads out of the folder, once. */
  onRefused?: (error: KominfoError) => void;
  /** Receives each subfolder that cannot be read, once until it can be. */
  onUnreadable?: (folder: string) => void;
  /** Receives each original beside which its blurred version lies, once. */
  onOriginal?: (file: string) => void;
}

/**
 * Leaves out links that lead out of the folder, and subfolders that cannot be read: on a card there is one of the system. Polls
 * instead of using the system's file events, which are not reliable on network drives and on cards that are pulled out.
 */
export function watchFolder(
  folder: string,
  { onRefused = () => {}, onUnreadable = () => {}, onOriginal = () => {} }: LeftOut = {},
): WatchedFolder {
  let closed = new Set<string>();
  let before = new Map<string, string>();
  const reported = new Map<string, string>();
  const refused = new Set<string>();
  const told = new Set<string>();
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
      const unreadable = new Set<string>();
      const files = await photosBelow(folder, (each) => unreadable.add(each));
      for (const each of unreadable) if (!closed.has(each)) onUnreadable(each);
      closed = unreadable;
      for (const file of files) {
        if (!(await isWithin(file))) continue;
        const found = await stat(file).catch(() => undefined);
        if (found?.isFile() && found.size > 0)
          now.set(file, `${found.size} ${found.mtimeMs} ${found.ctimeMs}`);
      }
      const originals = new Set(withoutOriginals([...now.keys()]).originals);
      for (const file of originals) if (!told.has(file) && !reported.has(file)) onOriginal(file);
      for (const file of originals) told.add(file);
      const complete = [...now].filter(
        ([file, seen]) => before.get(file) === seen && reported.get(file) !== seen && !originals.has(file),
      );
      for (const [file, seen] of complete) reported.set(file, seen);
      before = now;
      return complete.map(([file]) => file);
    },
  };
}

async function photosBelow(folder: string, onUnreadable: (folder: string) => void): Promise<string[]> {
  const { files, unreadable } = await listFolder(folder, { recursive: true });
  for (const each of unreadable) onUnreadable(each);
  const natural = new Intl.Collator("id", { numeric: true });
  return files
    .filter((file) => {
      const name = path.basename(file);
      return photoOrArchive.test(name) && !name.startsWith(".") && !isTemporary(name);
    })
    .sort(natural.compare);
}
