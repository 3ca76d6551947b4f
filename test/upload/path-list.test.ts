import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
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

it.each([
  ["a file:// address", (name: string) => pathToFileURL(path.join(folder, name)).href],
  ["typographic quotation marks", (name: string) => `\u201c${name}\u201d`],
  ["a comma behind it", (name: string) => `"${name}",`],
  ["a dash before it", (name: string) => `- ${name}`],
  ["what cannot be seen around it", (name: string) => `\ufeff\u202a${name}\u202c \u00a0`],
  ["another case", (name: string) => name.toUpperCase()],
  ["a hard space in its name", (name: string) => name.replace(" ", "\u00a0")],
])("takes a path with %s", async (_what, written) => {
  const { paths, failed } = await readPaths(`${written("dua kata.jpg")}\r\n${written("IMG_1.jpg")}`, folder);
  expect(failed).toEqual([]);
  expect(paths.map((each) => path.basename(each))).toEqual(["dua kata.jpg", "IMG_1.jpg"]);
});

it("takes several quoted paths of a line, and fails alone for the one that is not there", async () => {
  const { paths, failed } = await readPaths(
    '"IMG_1.jpg", "dua kata.jpg"\n"IMG_1.jpg" "hilang.jpg"\n',
    folder,
  );
  expect(paths).toEqual(["IMG_1.jpg", "dua kata.jpg", "IMG_1.jpg"]);
  expect(failed.map(({ error }) => error.params)).toEqual([{ path: "hilang.jpg" }]);
});

it("takes zero bytes and Ctrl-Z at the end for what they are", async () => {
  for (const end of ["\0", "\0\0\0", "\x1a"]) {
    const read = await readPaths(`IMG_1.jpg\ndua kata.jpg\n${end}`, folder);
    expect(read).toEqual({ paths: ["IMG_1.jpg", "dua kata.jpg"], failed: [] });
  }
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
