import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { usage } from "../../errors/errors.js";
import { isSystemFolder } from "./passed-over.js";

/** What lies in a folder. */
export interface FolderContent {
  /** Files, and links to files; absolute. */
  files: string[];
  /** Subfolders that were not looked into, without those of the system. */
  folders: string[];
  /** Subfolders that could not be looked into. */
  unreadable: string[];
}

/** Deeper than any folder of photos; a loop of mounts ends here. */
const maxDepth = 32;

/**
 * Lists a folder, with `recursive` also its subfolders. Links to folders are not followed. Throws
 * `file-unreadable` when the folder itself cannot be read; a subfolder that cannot is left out and told.
 */
export async function listFolder(folder: string, { recursive = false } = {}): Promise<FolderContent> {
  const content: FolderContent = { files: [], folders: [], unreadable: [] };
  const natural = new Intl.Collator("id", { numeric: true });
  const visit = async (at: string, depth: number): Promise<void> => {
    let entries: Dirent[];
    try {
      entries = await readdir(at, { withFileTypes: true });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (depth === 0) throw usage("file-unreadable", { path: at, reason: code ?? message });
      content.unreadable.push(at);
      return;
    }
    const below: string[] = [];
    for (const entry of entries) {
      const found = path.join(at, entry.name);
      if (entry.isDirectory()) {
        if (!isSystemFolder(entry.name)) below.push(found);
      } else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(found)))) {
        content.files.push(found);
      }
    }
    below.sort(natural.compare);
    if (!recursive || depth >= maxDepth) content.folders.push(...below);
    else for (const each of below) await visit(each, depth + 1);
  };
  await visit(folder, 0);
  return content;
}

/** A broken link counts as a file, which fails later, as one photo among the others. */
async function leadsToFile(link: string): Promise<boolean> {
  const found = await stat(link).catch(() => undefined);
  return found?.isFile() ?? true;
}
