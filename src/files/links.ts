import { constants } from "node:fs";
import { lstat, open, readdir, readlink, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { isInside } from "./names.js";

/**
 * Symbolic links and Windows junctions that lead out of a folder which others may have filled: a shared workspace, a
 * bundle, an album from a stick. A hard link cannot be told from the file itself, and none can be made across disks or
 * by somebody who may not write the file.
 */

/**
 * Returns the real path of `target`, which may not exist yet. Throws `link-outside` (exit 2), with the link, when that
 * path lies outside `root`. Call it right before a file is opened, and open what it returns.
 */
export async function realInside(root: string, target: string): Promise<string> {
  const [realRoot, real] = await Promise.all([destinationOf(root), destinationOf(target)]);
  if (isInside(realRoot, real)) return real;
  throw usage("link-outside", {
    link: await linkBetween(root, realRoot, target),
    folder: root,
    leadsTo: real,
  });
}

/** Another program may replace a file while it is opened, each time by a file of its own. */
const maxAttempts = 5;

/**
 * Reads a file of `root`. Throws `link-outside` (exit 2) like `realInside`, also where a link took the place of the file,
 * or of a folder on the way to it, between check and use: what was opened must be what lies there afterwards.
 */
export async function readInside(root: string, target: string): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    const handle = await open(
      await realInside(root, target),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0),
    );
    try {
      const opened = await handle.stat({ bigint: true });
      const there = await stat(await realInside(root, target), { bigint: true });
      const isSame = opened.ino === there.ino && opened.dev === there.dev;
      if (isSame) return await handle.readFile();
      if (attempt === maxAttempts)
        throw usage("link-outside", { link: target, folder: root, leadsTo: target });
    } finally {
      await handle.close();
    }
  }
}

/** Throws `link-outside` (exit 2) for the first link in `folder`, at any depth, that leads out of it. */
export async function refuseLinksOut(folder: string, below: string = folder): Promise<void> {
  const entries = await readdir(below, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
  for (const entry of entries) {
    const target = path.join(below, entry.name);
    if (entry.isSymbolicLink()) await realInside(folder, target);
    else if (entry.isDirectory()) await refuseLinksOut(folder, target);
  }
}

/** The real path of what exists, also where a link leads to something that does not. */
async function destinationOf(target: string): Promise<string> {
  try {
    return await realpath(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "ENOTDIR", "ELOOP"].includes(code ?? "") || path.dirname(target) === target) throw error;
    const folder = await destinationOf(path.dirname(target));
    // A link that leads back to itself can never be opened.
    const link = code === "ELOOP" ? undefined : await readlink(target).catch(() => undefined);
    return link === undefined
      ? path.join(folder, path.basename(target))
      : destinationOf(path.resolve(folder, link));
  }
}

/** The first link on the way from `root` to `target` that leads out; `target` itself where none does. */
async function linkBetween(root: string, realRoot: string, target: string): Promise<string> {
  let link = root;
  for (const part of path.relative(root, target).split(path.sep)) {
    link = path.join(link, part);
    const isLink = (await lstat(link).catch(() => undefined))?.isSymbolicLink();
    if (isLink && !isInside(realRoot, await destinationOf(link))) return link;
  }
  return target;
}
