import { readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import {
  type HashIndexOptions,
  hashIndexFile,
  openHashIndex,
} from "../../../src/photo/renditions/hash-index.js";
import { photoFolder } from "../../support/photos.js";

/** Long after anything that a test writes. */
const later = () => Date.now() + 60_000;

async function photoOf(content: string) {
  const folder = await photoFolder();
  const file = path.join(folder, "IMG_1.jpg");
  await writeFile(file, content);
  return { folder, file, indexFile: path.join(folder, hashIndexFile) };
}
async function hashOnce(folder: string, file: string, options: HashIndexOptions = {}) {
  const index = await openHashIndex(folder, { now: later, ...options });
  const hash = await index.hash(file);
  await index.save();
  return hash;
}
/** Puts a hash into the index that no bytes have: an answer with it shows that the file was not read. */
async function mark(indexFile: string) {
  await writeFile(
    indexFile,
    (await readFile(indexFile, "utf8")).replace(/[0-9a-f]{64}/, sha256("no bytes were read")),
  );
}
const unread = sha256("no bytes were read");

it("a photo that is as it was is not read again", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  expect(await hashOnce(folder, file)).toBe(sha256("IMG_1"));
  await mark(indexFile);
  expect(await hashOnce(folder, file)).toBe(unread);
});

it("with rehash it reads everything and corrects its entries", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await hashOnce(folder, file);
  await mark(indexFile);
  expect(await hashOnce(folder, file, { rehash: true })).toBe(sha256("IMG_1"));
  expect(await hashOnce(folder, file)).toBe(sha256("IMG_1"));
});

it("a photo of the same size and modification time is read when anything else about it changed", async () => {
  const { folder, file } = await photoOf("IMG_1");
  const { atime, mtime } = await stat(file);
  await hashOnce(folder, file);
  await writeFile(file, "IMG_2");
  await utimes(file, atime, mtime);
  expect(await hashOnce(folder, file)).toBe(sha256("IMG_2"));
  await writeFile(path.join(folder, "other"), "IMG_3");
  await utimes(path.join(folder, "other"), atime, mtime);
  await rename(path.join(folder, "other"), file);
  expect(await hashOnce(folder, file)).toBe(sha256("IMG_3"));
});

it("a photo modified just before it was read is read again next time: another change could bear the same time", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await hashOnce(folder, file, { now: Date.now });
  await expect(stat(indexFile)).rejects.toThrow("ENOENT");
});

it("where times are whole seconds, just before means seconds", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await utimes(file, 1_700_000_000, 1_700_000_000);
  const inASecond = (await stat(file)).ctimeMs + 1000;
  await hashOnce(folder, file, { now: () => inASecond });
  await expect(stat(indexFile)).rejects.toThrow("ENOENT");
  await hashOnce(folder, file, { now: () => inASecond + 2000 });
  await stat(indexFile);
});

it("a recorded file is not read", async () => {
  const { folder, file } = await photoOf("IMG_1");
  const index = await openHashIndex(folder);
  await index.record(file, unread);
  await index.save();
  expect(await hashOnce(folder, file)).toBe(unread);
});

it("when nothing was learnt nothing is written", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await hashOnce(folder, file);
  const { ino, mtimeNs } = await stat(indexFile, { bigint: true });
  await hashOnce(folder, file);
  expect(await stat(indexFile, { bigint: true })).toMatchObject({ ino, mtimeNs });
});

it("photos of earlier runs stay in the index", async () => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await hashOnce(folder, file);
  await mark(indexFile);
  await writeFile(path.join(folder, "IMG_2.jpg"), "IMG_2");
  await hashOnce(folder, path.join(folder, "IMG_2.jpg"));
  expect(await hashOnce(folder, file)).toBe(unread);
});

it.each([
  "",
  "{",
  "null",
  '{"version":2,"files":{}}',
  '{"version":1,"files":{"IMG_1.jpg":["1 2 3 4","short"]}}',
  '{"version":1,"files":{"IMG_1.jpg":7}}',
])("a damaged index is as good as none: %s", async (damaged) => {
  const { folder, file, indexFile } = await photoOf("IMG_1");
  await writeFile(indexFile, damaged);
  expect(await hashOnce(folder, file)).toBe(sha256("IMG_1"));
  await mark(indexFile);
  expect(await hashOnce(folder, file)).toBe(unread);
});

it("an index that cannot be written costs time, nothing else", async () => {
  const { file } = await photoOf("IMG_1");
  // A file stands where the folder would be.
  expect(await hashOnce(path.join(file, "hasil"), file)).toBe(sha256("IMG_1"));
});
