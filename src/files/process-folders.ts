import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isAlive } from "./lock.js";

/** Folders that this process has made and not removed yet. */
const own = new Set<string>();

/**
 * Runs `work` with a folder that only this user can open, in the system's folder for temporary files. It is removed afterwards. What a
 * killed process leaves, `removeAbandoned` removes.
 *
 * @param name without a number at its end: "kominfo-zip"
 */
export async function withProcessFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeProcessFolder(name);
  try {
    return await work(folder);
  } finally {
    own.delete(path.basename(folder));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Makes such a folder for a caller who removes it. */
export async function makeProcessFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-${process.pid}-`));
  own.add(path.basename(folder));
  return folder;
}

/**
 * Removes the folders of killed processes; also those of one that had this process's number, as the first one in a container mostly has.
 * Those of other users cannot be removed, which is ignored.
 */
export async function removeAbandoned(name: string): Promise<void> {
  const base = tmpdir();
  for (const found of await readdir(base).catch(() => [])) {
    if (!found.startsWith(`${name}-`) || own.has(found)) continue;
    const pid = Number(/^(\d+)-/.exec(found.slice(name.length + 1))?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || (pid !== process.pid && isAlive(pid))) continue;
    await rm(path.join(base, found), { recursive: true, force: true }).catch(() => {});
  }
}
