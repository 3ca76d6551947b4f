import { readdir } from "node:fs/promises";
import path from "node:path";
import { portableName } from "../files/names.js";
import { type BatchState, readJournal } from "./journal.js";
import type { Target } from "./types.js";

/** Where a batch keeps what it knows: `<workspace>/.kominfo/uploads/<kind>-<slug>/`. */
export interface BatchPaths {
  folder: string;
  lock: string;
  /** One for each machine: a folder that is synced between two never has two writers of one file. */
  journal: string;
}

/** @param root of the workspace @param machine its host name */
export function batchPaths(root: string, target: Pick<Target, "kind" | "slug">, machine: string): BatchPaths {
  return placeAt(path.join(uploadsFolder(root), `${target.kind}-${target.slug}`), machine);
}

/** The batches of this machine that are not finished, in the order of their names. */
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
    const place = placeAt(path.join(uploadsFolder(root), name), machine);
    const state = await readJournal(place.journal).catch(() => undefined);
    if (state?.begun && !state.ended) found.push({ place, state });
  }
  return found;
}

/** Where the web renditions of albums lie, made once for all of them. */
export function sharedRenditions(root: string): string {
  return path.join(root, ".kominfo", "renditions");
}

function uploadsFolder(root: string): string {
  return path.join(root, ".kominfo", "uploads");
}

function placeAt(folder: string, machine: string): BatchPaths {
  const journal = path.join(folder, `journal-${portableName(machine, "laptop")}.jsonl`);
  return { folder, lock: path.join(folder, "lock"), journal };
}
