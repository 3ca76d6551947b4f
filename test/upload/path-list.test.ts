import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPaths } from "../../src/upload/path-list.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-daftar-"));
  await mkdir(path.join(folder, "dalam"));
  for (const name of ["IMG_1.jpg", "dua kata.jpg", '"tiga".jpg', "[4].jpg"]) {
    await writeFile(path.join(folder, name), "");
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("takes the photos that a list names, with or without quotation marks", async () => {
  const text = '"IMG_1.jpg"\r\n\'dua kata.jpg\'\r\n "IMG_1.jpg" \r\n"tiga".jpg\r\n[4].jpg\r\n\r\n';
  expect(await readPaths(text, folder)).toEqual({
    paths: ["IMG_1.jpg", "dua kata.jpg", "IMG_1.jpg", '"tiga".jpg', "[4].jpg"],
    failed: [],
  });
  expect((await readPaths("IMG_1.jpg\0dua kata.jpg\0", folder)).paths).toEqual(["IMG_1.jpg", "dua kata.jpg"]);
});

it("takes nothing that a list does not name: no folder, no pattern, no letter of what was read wrongly", async () => {
  const { paths, failed } = await readPaths('.\n..\ndalam\n"dalam"\n*.jpg\nhilang.jpg\n/\n~\n', folder);
  expect(paths).toEqual([]);
  const folders = Array(4).fill("list-folder");
  expect(failed.map(({ error }) => error.code)).toEqual([
    ...folders,
    "file-not-found",
    "file-not-found",
    "list-folder",
    "file-not-found",
  ]);
});
