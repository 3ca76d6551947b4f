import { readdir } from "node:fs/promises";
import path from "node:path";
import { usage } from "../../../errors/errors.js";
import { exists } from "../../../files/atomic.js";
import { nearest } from "../../../text/nearest.js";
import { databaseFile } from "./open.js";

/** Whether a folder holds a newsroom's database. */
export function holdsNewsroom(folder: string): Promise<boolean> {
  return exists(path.join(folder, databaseFile));
}

/**
 * Makes sure that there is a newsroom to work on, so that a mistyped folder does not become an empty one. Throws
 * `newsroom-folder-missing` (exit 2), with the folder that was probably meant.
 *
 * @param usual folder of the newsroom where none is named
 */
export async function requireNewsroom(folder: string, usual: string): Promise<void> {
  if (await holdsNewsroom(folder)) return;
  throw usage("newsroom-folder-missing", { path: folder, nearest: await nearestNewsroom(folder, usual) });
}

/**
 * The newsroom that was probably meant: inside the folder, around it, beside it under a similar name (the only one there, whatever it is
 * called), or the usual one.
 */
export async function nearestNewsroom(folder: string, usual: string): Promise<string | undefined> {
  const inside = await newsroomsIn(folder);
  if (inside.length === 1) return inside[0];
  const around = path.dirname(folder);
  if (await holdsNewsroom(around)) return around;
  const beside = await newsroomsIn(around);
  const names = beside.map((found) => path.basename(found));
  const similar = nearest(path.basename(folder), names);
  if (similar !== undefined) return path.join(around, similar);
  if (beside.length === 1) return beside[0];
  return folder !== usual && (await holdsNewsroom(usual)) ? usual : undefined;
}

/** The newsrooms right below a folder; none where it cannot be read. */
async function newsroomsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  const found = await Promise.all(
    folders.map(async ({ name }) => {
      const inner = path.join(folder, name);
      return (await holdsNewsroom(inner)) ? [inner] : [];
    }),
  );
  return found.flat();
}
