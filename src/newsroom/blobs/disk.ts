import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { exists, probeFolder, syncFolder } from "../../files/atomic.js";
import type { Blobs } from "./types.js";

/**
 * Stores blobs as files `ab/cd/<sha256>` in `folder`, so that no folder grows large. `put` moves the file, which must be
 * on the same file system.
 */
export function diskBlobs(folder: string): Blobs {
  const pathOf = (sha256: string) => path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    async put(sha256, file) {
      const target = pathOf(sha256);
      const inner = path.dirname(target);
      await mkdir(inner, { recursive: true, mode: 0o700 });
      await rename(file, target);
      // Syncs the new directory entry, and those of the folders, which may be new.
      await Promise.all([inner, path.dirname(inner), folder].map(syncFolder));
    },
    check: () => probeFolder(folder),
    async read(sha256, range) {
      try {
        return (await open(pathOf(sha256), "r")).createReadStream(range);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    has: (sha256) => exists(pathOf(sha256)),
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    async *list() {
      for (const first of await foldersOf(folder)) {
        for (const second of await foldersOf(path.join(folder, first))) {
          yield* await readdir(path.join(folder, first, second));
        }
      }
    },
  };
}

async function foldersOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}
