import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAtomically, writeAtomically } from "../../src/files/atomic.js";
import { makeFolder } from "../../src/files/folders.js";
import { withLock } from "../../src/files/lock.js";
import { readNamedFile } from "../../src/files/named.js";
import { systemReason as english } from "../../src/language/en/system-reasons.js";
import { systemReason } from "../../src/language/id/system-reasons.js";

let folder: string;
const at = (...parts: string[]) => path.join(folder, ...parts);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-folders-"));
  await writeFile(at("berkas"), "isi");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("where a file stands in a folder's place", () => {
  it.each(["berkas", "berkas/x"])("%s is no folder", async (name) => {
    await expect(makeFolder(at(name))).rejects.toMatchObject({ code: "ENOTDIR", path: at(name) });
    await expect(createAtomically(at(name, "a"), "")).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it("a lock says so at once, and not that another process holds it", async () => {
    await expect(withLock(at("berkas", "lock"), async () => {})).rejects.toMatchObject({ code: "ENOTDIR" });
  });
});

describe("a failed write", () => {
  it("is about the file that was named, and leaves nothing", async () => {
    await mkdir(at("folder"));
    await expect(writeAtomically(at("folder"), "x")).rejects.toMatchObject({ path: at("folder") });
    const long = at("n".repeat(300));
    await expect(writeAtomically(long, "x")).rejects.toMatchObject({ code: "ENAMETOOLONG", path: long });
    expect((await readdir(folder)).sort()).toEqual(["berkas", "folder"]);
  });
});

describe("a file that a person names", () => {
  it("is refused with exit 2 where it is a folder, or not there", async () => {
    await expect(readNamedFile(folder)).rejects.toMatchObject({
      code: "file-unreadable",
      exit: 2,
      params: { path: folder, reason: "EISDIR" },
    });
    await expect(readNamedFile(at("x"), "x")).rejects.toMatchObject({
      code: "file-not-found",
      exit: 2,
      params: { path: "x" },
    });
  });
});

describe("a lock that names nobody", () => {
  it.each(["", "{}", '{"host":"a","pid":0,"id":"x"}'])("%j is left of a power cut: exit 1", async (text) => {
    await writeFile(at("lock"), text);
    await expect(withLock(at("lock"), async () => {}, { waitMs: 0 })).rejects.toMatchObject({
      ...{ code: "lock-held", exit: 1 },
      params: { pid: 0 },
    });
  });
});

describe("a system's code", () => {
  it.each("EACCES EBUSY EEXIST EISDIR EMFILE ENAMETOOLONG ENOSPC ENOTDIR EPERM EROFS SQLITE_FULL".split(" "))(
    "%s is told in words",
    (code) => {
      for (const text of [systemReason(code), english(code)]) expect(text).not.toMatch(/[A-Z]{3}/);
    },
  );
});
