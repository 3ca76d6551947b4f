import { stat } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import type { PhotoFailure } from "../photo/renditions/apply.js";

/** The photos that a list names one by one, and the lines that name none. */
interface NamedPaths {
  /** As typed, without quotation marks; each is there and is no folder. */
  paths: string[];
  failed: PhotoFailure[];
}

/** Splits a list with one path a line, or NUL-separated (`find -print0`) for names with any character. */
function splitList(text: string): string[] {
  const parts = text.includes("\0") ? text.split("\0") : text.split(/\r\n?|\n/);
  return parts.filter((part) => part.trim() !== "");
}

/**
 * Reads a list of paths that a script made. A folder or a pattern in it stands for nothing: only what the list names is sent, and a stray "." would
 * send the current folder. Windows' "Copy as path" puts quotation marks around a path.
 *
 * @param cwd absolute; the base of relative paths
 */
export async function readPaths(text: string, cwd: string): Promise<NamedPaths> {
  const named: NamedPaths = { paths: [], failed: [] };
  for (const line of splitList(text)) {
    const bare = /^\s*(["'])(.+)\1\s*$/.exec(line)?.[2];
    const candidates = [line, line.trim(), ...(bare === undefined ? [] : [bare])];
    const found = await firstThere(candidates, cwd);
    if (found && !found.isFolder) named.paths.push(found.path);
    else {
      const source = path.resolve(cwd, bare ?? line.trim());
      const error = found
        ? usage("list-folder", { path: source })
        : usage("file-not-found", { path: bare ?? line.trim() });
      named.failed.push({ source, error });
    }
  }
  return named;
}

async function firstThere(
  candidates: readonly string[],
  cwd: string,
): Promise<{ path: string; isFolder: boolean } | undefined> {
  for (const candidate of candidates) {
    const found = await stat(path.resolve(cwd, candidate)).catch(() => undefined);
    if (found) return { path: candidate, isFolder: found.isDirectory() };
  }
  return undefined;
}
