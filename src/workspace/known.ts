import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../files/atomic.js";
import { cleanLine } from "../text/clean.js";
import { workspaceFile } from "./find.js";

/** The workspaces that were made or used on this computer, the last one first. Paths and nothing else. */
const schema = z.object({ workspaces: z.array(z.string()) });

/** A person has one or two; a script that makes many must not grow the file. */
const limit = 5;

/** Those of the person's state folder that are still there. A file that cannot be read is no more than a lost memory. */
export async function knownWorkspaces(stateFolder: string): Promise<string[]> {
  return (await remembered(stateFolder)).filter((root) => existsSync(path.join(root, workspaceFile)));
}

/** Puts a workspace first. A state folder that cannot be written keeps nobody from working. */
export async function rememberWorkspace(stateFolder: string, root: string): Promise<void> {
  const before = await remembered(stateFolder);
  if (before[0] === root || !isTellable(root)) return;
  const workspaces = [root, ...before.filter((other) => other !== root)].slice(0, limit);
  await writeAtomically(fileOf(stateFolder), `${JSON.stringify({ workspaces }, null, 2)}\n`, 0o600).catch(
    () => {},
  );
}

async function remembered(stateFolder: string): Promise<string[]> {
  try {
    return schema
      .parse(JSON.parse(await readFile(fileOf(stateFolder), "utf8")))
      .workspaces.filter(isTellable);
  } catch {
    return [];
  }
}

/** A path that can be printed in a command and typed again. */
function isTellable(root: string): boolean {
  return path.isAbsolute(root) && cleanLine(root) === root;
}

function fileOf(stateFolder: string): string {
  return path.join(stateFolder, "workspaces.json");
}
