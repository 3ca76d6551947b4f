import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { makeProcessFolder, removeAbandoned, withProcessFolder } from "../../src/files/process-folders.js";

const name = `kominfo-percobaan-${process.pid}`;
const there = async () => (await readdir(tmpdir())).filter((found) => found.startsWith(name));
/** A folder of the process with this number, with a photo. */
async function folderOf(pid: number | string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-${pid}-`));
  await writeFile(path.join(folder, "source"), "foto");
  return path.basename(folder);
}

it("a folder is there as long as its work, also when that fails", async () => {
  const seen = await withProcessFolder(name, async (folder) => {
    await removeAbandoned(name);
    return [path.basename(folder), await there()];
  });
  expect(seen).toEqual([seen[0], [seen[0]]]);
  const broken = withProcessFolder(name, () => Promise.reject(new Error("rusak")));
  await expect(broken).rejects.toThrow("rusak");
  expect(await there()).toEqual([]);
});

it("what dead processes have left is removed, also of one that had our number; what lives and other names stay", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const [dead, earlier] = [await folderOf(child.pid!), await folderOf(process.pid)];
  const living = [await folderOf(process.ppid), path.basename(await makeProcessFolder(name))];
  const other = await folderOf("lain");
  await removeAbandoned(name);
  const left = await there();
  expect(left.sort()).toEqual([...living, other].sort());
  expect(left).not.toContain(dead);
  expect(left).not.toContain(earlier);
  for (const folder of left) await rm(path.join(tmpdir(), folder), { recursive: true });
});
