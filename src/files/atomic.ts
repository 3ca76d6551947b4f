import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, type FileHandle, link, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeFolder } from "./folders.js";

/** Windows refuses to replace a file that a virus scanner or a sync client holds open for a moment. */
const replaceRetriesMs = [10, 50, 200, 500];

/** Returns a name beside `target` that no other process uses. `isTemporary` recognises it when a process was killed. */
export function temporaryName(target: string): string {
  return path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
}

/** Whether `name` has the form of `temporaryName`. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.tmp$/.test(name);
}

/**
 * Removes temporary files that killed processes left in `folder`, for the targets that `isOurs` accepts. The caller holds
 * the lock under which these targets are written, so no other process is writing one.
 */
export async function removeLeftovers(folder: string, isOurs: (target: string) => boolean): Promise<void> {
  for (const { name, target } of await leftovers(folder)) {
    if (isOurs(target)) await rm(path.join(folder, name), { force: true });
  }
}

/** Lists the temporary files in `folder` with the name of their target; empty when the folder does not exist. */
export async function leftovers(folder: string): Promise<{ name: string; target: string }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter(isTemporary)
    .map((name) => ({ name, target: name.slice(1, -".0123456789ab.tmp".length) }));
}

/**
 * Replaces `target` atomically: a reader sees the old bytes or the new ones, also after a power cut.
 * Creates the folder when it is missing. Throws the file system's own error, about `target`, which is untouched then.
 *
 * @param mode permission bits of the file, e.g. 0o600
 */
export async function writeAtomically(
  target: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  await publish(target, content, mode, replace);
}

/**
 * Creates `target` like `writeAtomically`, but never overwrites: returns false and changes nothing when it exists.
 */
export async function createAtomically(
  target: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<boolean> {
  try {
    await publish(target, content, mode, linkOnce);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function publish(
  target: string,
  content: string | Uint8Array,
  mode: number,
  step: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const folder = path.dirname(target);
  await makeFolder(folder);
  const temporary = temporaryName(target);
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await step(temporary, target);
  } catch (error) {
    // Nobody knows the temporary name, and a failed write names no file at all.
    const { path: named } = error as NodeJS.ErrnoException;
    if (error instanceof Error && (named === undefined || named === temporary)) {
      Object.assign(error, { path: target });
    }
    throw error;
  } finally {
    // What cannot be removed, such as a name that is too long, hides no failure; leftovers are removed later.
    await rm(temporary, { force: true }).catch(() => {});
  }
  await syncFolder(folder);
}

async function replace(from: string, to: string): Promise<void> {
  for (const wait of [...replaceRetriesMs, 0]) {
    try {
      return await rename(from, to);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (wait === 0 || !["EPERM", "EBUSY", "EACCES"].includes(code)) throw error;
      await pause(wait);
    }
  }
}

/** Links instead of renaming, because `link` fails when the name is taken. */
async function linkOnce(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV"].includes(code)) throw error;
    // FAT and some network drives have no hard links: claim the name first, then replace the empty file.
    const claim = await open(to, "wx");
    await claim.close();
    await replace(from, to);
  }
}

/** Makes a rename durable (POSIX); Windows cannot open a folder and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, constants.O_RDONLY);
    await handle.sync();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"].includes(code)) throw error;
  } finally {
    await handle?.close();
  }
}

/** Writes and removes a file in this folder. Throws the system's error when that fails. */
export async function probeFolder(folder: string): Promise<void> {
  const file = path.join(folder, ".probe");
  const handle = await open(file, "w", 0o600);
  try {
    await handle.write("ok");
  } finally {
    await handle.close();
    await rm(file, { force: true });
  }
}

/** Whether a file or folder exists at this path. */
export async function exists(target: string): Promise<boolean> {
  return access(target).then(
    () => true,
    () => false,
  );
}
