import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Creates a folder and those above it. Throws the file system's own error, as what it is: `ENOTDIR` where a file is in the way, and
 * `EROFS` or `EACCES` where nothing may be created, for which Node says EEXIST and ENOENT.
 */
export async function makeFolder(folder: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, ...(mode !== undefined && { mode }) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && !(await isFolder(folder))) throw systemError("ENOTDIR", folder, error);
    if (code !== "ENOENT") throw error;
    await access(await nearestFolder(folder), constants.W_OK).catch((refusal: NodeJS.ErrnoException) => {
      throw systemError(refusal.code ?? "ENOENT", folder, refusal);
    });
    throw error;
  }
}

/** Whether there is a folder at this path. */
export async function isFolder(target: string): Promise<boolean> {
  return (await stat(target).catch(() => undefined))?.isDirectory() ?? false;
}

/** The folder itself, or the nearest above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  let above = folder;
  while (!(await isFolder(above)) && path.dirname(above) !== above) above = path.dirname(above);
  return above;
}

function systemError(code: string, target: string, cause: unknown): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: mkdir '${target}'`, { cause }), {
    ...{ code, path: target, syscall: "mkdir" },
  });
}
