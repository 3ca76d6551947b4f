import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Workspace } from "../../src/workspace/types.js";
import { openWorkspace } from "../../src/workspace/workspace.js";

/** A folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-workspace-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A workspace of Cibitung, in a folder that holds nothing else. */
export async function newWorkspace(more = ""): Promise<Workspace> {
  const root = path.join(await emptyFolder(), "berita");
  await put(path.join(root, "kominfo.yaml"), `kecamatan: Cibitung\n${more}`);
  return openWorkspace(root);
}

/** Writes a file, and the folders to it. */
export async function put(file: string, content: string | Uint8Array): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}
