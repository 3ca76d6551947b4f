import { readdir } from "node:fs/promises";
import path from "node:path";
import { portableName } from "../files/names.js";
import { type BatchState, readJournal } from "./journal.js";
import type { Target } from "./types.js";

/** The files of a batch, in `<workspace>/.kominfo/uploads/<kind>-<slug>/`. */
export interface BatchPaths {
  folder: string;
  lock: string;
  /** One per machine, so that two machines that sync this folder never write the same file. */
  journal: string;
}

/**
 * @param root folder of the workspace
 * @param machine host name of this machine
 */
export function batchPaths(root: string, target: Pick<Target, "kind" | "slug">, machine: string): BatchPaths {
  return pathsIn(path.join(uploadsFolder(root), `${target.kind}-${target.slug}`), machine);
}

/** Finds the unfinished batches of this machine, sorted by name. */
export async function unfinishedBatches(
  root: string,
  machine: string,
): Promise<{ place: BatchPaths; state: BatchState }[]> {
  const names = await readdir(uploadsFolder(root)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const found = [];
  for (const name of names.sort()) {
    const place = pathsIn(path.join(uploadsFolder(root), name), machine);
    const state = await readJournal(place.journal).catch(() => undefined);
    if (state?.begun && !state.ended) found.push({ place, state });
  }
  return found;
}

/** The folder of the web renditions that all batches of the workspace share. */
export function sharedRenditions(root: string): string {
  return path.join(root, ".kominfo", "renditions");
}

function uploadsFolder(root: string): string {
  return path.join(root, ".kominfo", "uploads");
}

function pathsIn(folder: string, machine: string): BatchPaths {
  const journal = path.join(folder, `journal-${portableName(machine, "laptop")}.jsonl`);
  return { folder, lock: path.join(folder, "lock"), journal };
}
