import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { usage } from "../errors/errors.js";
import { pathOfAddress } from "../files/file-address.js";
import type { PhotoFailure } from "../photo/renditions/apply.js";
import { nameFinder } from "../text/same-name.js";

/** The photos that a list names one by one, and the lines that name none. */
interface NamedPaths {
  /** As typed, without quotation marks; each is there and is no folder. */
  paths: string[];
  failed: PhotoFailure[];
}

/** Splits a list with one path a line, or NUL-separated (`find -print0`) for names with any character. Zero bytes at the end fill up a block. */
function splitList(text: string): string[] {
  const whole = text.replace(/\u0000+$/, "");
  const isByLine = whole.length < text.length && /[\r\n]/.test(whole) && !whole.includes("\0");
  const parts = text.includes("\0") && !isByLine ? text.split("\0") : whole.split(/\r\n?|\n/);
  return parts.filter((part) => bareLine(part) !== "");
}

/**
 * Reads a list of paths that a script made. A folder or a pattern in it stands for nothing: only what the list names is sent, and a stray "." would
 * send the current folder. A path may be written as it is copied: in quotation marks ("Copy as path" of Windows, several of them side by side
 * or with commas), as a file:// address, in a list with dashes, and with a name that differs as `nameFinder` allows.
 *
 * @param cwd absolute; the base of relative paths
 */
export async function readPaths(text: string, cwd: string): Promise<NamedPaths> {
  const named: NamedPaths = { paths: [], failed: [] };
  const folders = new Map<string, Promise<(wanted: string) => string | undefined>>();
  for (const line of splitList(text)) {
    const found = await firstThere(line, cwd, folders);
    if (found && !found.isFolder) named.paths.push(found.path);
    else if (found) {
      const source = path.resolve(cwd, found.path);
      named.failed.push({ source, error: usage("list-folder", { path: source }) });
    } else {
      for (const each of sideBySide(line) ?? [line]) {
        const one = each === line ? undefined : await firstThere(each, cwd, folders);
        if (one && !one.isFolder) named.paths.push(one.path);
        else {
          const shown = readings(each).at(-1) ?? each;
          const source = path.resolve(cwd, shown);
          const error = one
            ? usage("list-folder", { path: source })
            : usage("file-not-found", { path: shown });
          named.failed.push({ source, error });
        }
      }
    }
  }
  return named;
}

const marks = "\"'\u2018-\u201f\u00ab\u00bb";

/** The line without white space and what cannot be seen at its ends: a list may be copied from a chat or end as old DOS files did. */
function bareLine(line: string): string {
  return line.replace(/^[\s\p{Cf}\p{Cc}]+|[\s\p{Cf}\p{Cc}]+$/gu, "");
}

/** What a line may mean, the most literal first. */
function readings(line: string): string[] {
  const bare = bareLine(line);
  const item = bare.replace(/^[-*\u2022][ \t]+/, "").replace(/[,;]$/, "");
  const unquoted = new RegExp(`^[${marks}](.+)[${marks}]$`).exec(item)?.[1] ?? item;
  return [...new Set([line, bare, unquoted, pathOfAddress(unquoted)])];
}

/** The paths of a line that holds several in quotation marks: `"a.jpg", "b.jpg"`. */
function sideBySide(line: string): string[] | undefined {
  const parts = bareLine(line).match(/"[^"]+"/g) ?? [];
  const between = bareLine(line).replace(/"[^"]+"/g, "");
  return parts.length > 1 && /^[\s,;]*$/.test(between) ? parts : undefined;
}

async function firstThere(
  line: string,
  cwd: string,
  folders: Map<string, Promise<(wanted: string) => string | undefined>>,
): Promise<{ path: string; isFolder: boolean } | undefined> {
  const candidates = readings(line);
  for (const candidate of candidates) {
    const found = await stat(path.resolve(cwd, candidate)).catch(() => undefined);
    if (found) return { path: candidate, isFolder: found.isDirectory() };
  }
  for (const candidate of candidates) {
    const folder = path.dirname(path.resolve(cwd, candidate));
    const finder = folders.get(folder) ?? readdir(folder).then(nameFinder, () => () => undefined);
    folders.set(folder, finder);
    const name = (await finder)(path.basename(candidate));
    const near = name === undefined ? undefined : path.join(path.dirname(candidate), name);
    const found = near === undefined ? undefined : await stat(path.resolve(cwd, near)).catch(() => undefined);
    if (near !== undefined && found?.isFile()) return { path: near, isFolder: false };
  }
  return undefined;
}
