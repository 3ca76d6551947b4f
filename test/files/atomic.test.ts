import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createAtomically,
  exists,
  isTemporary,
  removeLeftovers,
  temporaryName,
  writeAtomically,
} from "../../src/files/atomic.js";
import { compile, runChild, seeded } from "./compiled.js";

let folder: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-atomic-"));
  target = path.join(folder, "tulisan.md");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("writeAtomically", () => {
  test("replaces the old content and leaves no other file", async () => {
    await writeFile(target, "lama");
    await writeAtomically(target, "baru");
    expect(await readFile(target, "utf8")).toBe("baru");
    expect(await readdir(folder)).toEqual(["tulisan.md"]);
  });

  test("makes the folders that are missing", async () => {
    await writeAtomically(path.join(folder, "a", "b", "c.txt"), "isi");
    expect(await readFile(path.join(folder, "a", "b", "c.txt"), "utf8")).toBe("isi");
  });

  test.skipIf(process.platform === "win32")("gives the file its mode, also over a looser one", async () => {
    await writeFile(target, "lama");
    await chmod(target, 0o666);
    await writeAtomically(target, "baru", 0o600);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
  });

  test("that cannot replace its target says so and leaves no temporary file", async () => {
    await mkdir(path.join(target, "a folder in the way"), { recursive: true });
    await expect(writeAtomically(target, "baru")).rejects.toHaveProperty("code");
    expect(await readdir(folder)).toEqual(["tulisan.md"]);
  });

  test.skipIf(process.platform === "win32")(
    "killed at any moment leaves the old content or the new, never a part",
    async () => {
      const compiled = await compile("files/atomic.ts");
      const random = seeded(11);
      try {
        for (let round = 0; round < 8; round++) {
          const writer = runChild(path.join(import.meta.dirname, "child", "replace.mjs"), [
            compiled.folder,
            target,
          ]);
          expect(await writer.line()).toBe("1");
          await pause(random() * 30);
          writer.process.kill("SIGKILL");
          await writer.ended();
          expect(await readFile(target, "utf8")).toMatch(/^(\d)\1{99999}$/);
        }
        const left = (await readdir(folder)).filter((name) => name !== "tulisan.md");
        expect(left.every(isTemporary)).toBe(true);
      } finally {
        await compiled.remove();
      }
    },
  );
});

describe("createAtomically", () => {
  test("never writes over something", async () => {
    await writeFile(target, "lama");
    expect(await createAtomically(target, "baru")).toBe(false);
    expect(await readFile(target, "utf8")).toBe("lama");
    expect(await readdir(folder)).toEqual(["tulisan.md"]);
  });

  test("lets one of many win, and its content is whole", async () => {
    const won = await Promise.all(Array.from({ length: 20 }, (_, i) => createAtomically(target, `isi ${i}`)));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await readFile(target, "utf8")).toBe(`isi ${won.indexOf(true)}`);
  });
});

test("temporary names are beside their target and are distinguishable from a person's files", () => {
  expect(path.dirname(temporaryName(target))).toBe(folder);
  expect(isTemporary(path.basename(temporaryName(target)))).toBe(true);
  expect(isTemporary("catatan.tmp")).toBe(false);
  expect(isTemporary(".tulisan.md")).toBe(false);
});

test("exists tells whether something is there", async () => {
  expect(await exists(target)).toBe(false);
  await writeFile(target, "");
  expect(await exists(target)).toBe(true);
});

describe("removeLeftovers", () => {
  test("removes what killed writes of the named targets left, and nothing else", async () => {
    const left = temporaryName(target);
    const other = temporaryName(path.join(folder, "lain.md"));
    for (const file of [left, other, target, `${target}.tmp`]) await writeFile(file, "isi");
    await removeLeftovers(folder, (name) => name === "tulisan.md");
    expect(await readdir(folder)).toEqual([path.basename(other), "tulisan.md", "tulisan.md.tmp"].sort());
  });

  test("of a folder that is not there does nothing", async () => {
    await removeLeftovers(path.join(folder, "tidak ada"), () => true);
    expect(await readdir(folder)).toEqual([]);
  });
});
