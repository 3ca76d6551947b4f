import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { hashIndexFile } from "../../../src/photo/renditions/hash-index.js";
import { findPresets } from "../../../src/photo/renditions/presets.js";
import { resizePhotos } from "../../../src/photo/renditions/resize.js";
import { gatherPhotos } from "../../../src/photo/sources/gather.js";
import { photoFolder, writePhoto } from "../../support/photos.js";
import { zipOf } from "../../support/zip.js";

const film = Buffer.from("\0\0\0\x20ftypmp42\0\0\0\0mp42isom", "latin1");
const unpackedFolders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`kominfo-zip-${process.pid}-`));

it("films in a folder are passed over and counted, each once", async () => {
  const folder = await photoFolder();
  await writePhoto(folder, "a.jpg");
  for (const name of ["b.mp4", "c.MOV", "._c.mov"]) await writeFile(path.join(folder, name), film);
  const { files, videos } = await gatherPhotos([".", "./*"], folder);
  expect({ files: files.length, videos }).toEqual({ files: 1, videos: 2 });
});

it("a shell's expansion of a folder that holds films is not an error", async () => {
  const folder = await photoFolder();
  await writePhoto(folder, "a.jpg");
  await writeFile(path.join(folder, "b.mp4"), film);
  const { files, videos } = await gatherPhotos(["a.jpg", "b.mp4"], folder);
  expect({ files: files.length, videos }).toEqual({ files: 1, videos: 1 });
});

it("a ZIP archive is recognised by its content, and its photos are named as parts of it", async () => {
  const folder = await photoFolder();
  const content = await samplePhoto({ width: 300, height: 200 });
  await writeFile(path.join(folder, "kiriman"), zipOf([{ name: "x/IMG_1.jpg", content, method: 0 }]));
  const gathered = await gatherPhotos(["kiriman"], folder);
  try {
    expect(gathered.files.map(gathered.displayName)).toEqual([path.join(folder, "kiriman", "IMG_1.jpg")]);
  } finally {
    await gathered.release();
  }
  expect(await unpackedFolders()).toEqual([]);
});

it("photos of an archive keep their renditions from run to run, and failures name the archive", async () => {
  const folder = await photoFolder();
  const content = await samplePhoto({ width: 300, height: 200 });
  const broken = Buffer.from("no photo");
  const archive = path.join(folder, "foto.zip");
  await writeFile(
    archive,
    zipOf([
      { name: "IMG_1.jpg", content },
      { name: "bad.jpg", content: broken },
    ]),
  );
  const resize = async (quality: number) => {
    const { files, displayName, release } = await gatherPhotos(["*.zip"], folder);
    const asked = { files, displayName, presets: findPresets("web"), folder: path.join(folder, "hasil") };
    const outcome = await resizePhotos(createSharpEngine(), {
      ...asked,
      naming: "stem",
      renderOptions: { quality },
    });
    await release();
    return outcome;
  };
  const first = await resize(80);
  expect(first.renditions).toMatchObject([{ source: path.join(archive, "IMG_1.jpg"), skipped: false }]);
  const bad = path.join(archive, "bad.jpg");
  expect(first.failed).toMatchObject([{ source: bad, error: { params: { path: bad } } }]);
  expect((await resize(80)).renditions).toMatchObject([{ skipped: true }]);
  // Hashes of unpacked photos are not stored for the next run.
  const index = JSON.parse(await readFile(path.join(folder, "hasil", hashIndexFile), "utf8"));
  expect(Object.keys(index.files)).toEqual(["IMG_1.web.jpg"]);
  expect((await resize(70)).renditions).toMatchObject([
    { path: path.join(folder, "hasil", "IMG_1.web.jpg"), skipped: false },
  ]);
});

it("an archive without photos is reported, and leaves nothing behind", async () => {
  const folder = await photoFolder();
  await writeFile(path.join(folder, "a.zip"), zipOf([{ name: "notes.txt" }]));
  await expect(gatherPhotos(["a.zip"], folder)).rejects.toMatchObject({ code: "photo-none-found" });
  expect(await unpackedFolders()).toEqual([]);
});

it("an interruption leaves nothing behind", async () => {
  const folder = await photoFolder();
  await writeFile(path.join(folder, "a.zip"), zipOf([{ name: "a.jpg", content: film }]));
  const signal = AbortSignal.abort(new Error("Ctrl-C"));
  await expect(gatherPhotos(["a.zip"], folder, { signal })).rejects.toThrow("Ctrl-C");
  expect(await unpackedFolders()).toEqual([]);
});

it("what a killed process had unpacked is removed by the next one", async () => {
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  const left = await mkdtemp(path.join(tmpdir(), `kominfo-zip-${dead}-`));
  onTestFinished(() => rm(left, { recursive: true, force: true }));
  const folder = await photoFolder();
  await writeFile(path.join(folder, "a.zip"), zipOf([{ name: "a.jpg" }]));
  await (await gatherPhotos(["a.zip"], folder)).release();
  await expect(stat(left)).rejects.toThrow("ENOENT");
});

it("an archive in a folder is read as one that is named, in subfolders only when they are, and one in it is passed over", async () => {
  const folder = await photoFolder();
  const content = await samplePhoto({ width: 300, height: 200, seed: 5 });
  const inner = zipOf([{ name: "z.jpg", content }]);
  const entries = [
    { name: "IMG_2.jpg", content },
    { name: "a.zip", content: inner },
    { name: "b.pdf", content: film },
  ];
  await writePhoto(folder, "IMG_1.jpg");
  await writeFile(path.join(folder, "wa.zip"), zipOf(entries));
  await mkdir(path.join(folder, "sub"));
  await writeFile(path.join(folder, "sub", "lain.ZIP"), zipOf([{ name: "IMG_3.jpg", content: film }]));
  const names = async (recursive: boolean) => {
    const gathered = await gatherPhotos(["."], folder, { recursive });
    await gathered.release();
    const inside = (file: string) => path.relative(folder, file);
    const files = gathered.passed.files.map(({ kind, paths }) => [kind, ...paths.map(inside)]);
    return { photos: gathered.files.map((file) => inside(gathered.displayName(file))), files };
  };
  const passed = [
    ["PDF", "wa.zip/b.pdf"],
    ["ZIP", "wa.zip/a.zip"],
  ];
  expect(await names(false)).toEqual({ photos: ["IMG_1.jpg", "wa.zip/IMG_2.jpg"], files: passed });
  expect((await names(true)).photos).toEqual(["IMG_1.jpg", "sub/lain.ZIP/IMG_3.jpg", "wa.zip/IMG_2.jpg"]);
});

it("an archive that somebody has unpacked beside it brings nothing twice, and no original of a blurred photo", async () => {
  const folder = await photoFolder();
  const content = await samplePhoto({ width: 300, height: 200, seed: 5 });
  const other = await samplePhoto({ width: 300, height: 200, seed: 6 });
  await writeFile(path.join(folder, "IMG_1.jpg"), content);
  await writePhoto(folder, "IMG_2-samar.jpg");
  const entries = [
    { name: "x/IMG_1.jpg", content },
    { name: "x/IMG_2.jpg", content: other },
  ];
  await writeFile(path.join(folder, "wa.zip"), zipOf(entries));
  const gather = async (originals: boolean) => {
    const gathered = await gatherPhotos(["."], folder, { originals });
    await gathered.release();
    return { ...gathered, names: gathered.files.map((file) => path.basename(file)) };
  };
  const { names, passed } = await gather(false);
  expect(names).toEqual(["IMG_1.jpg", "IMG_2-samar.jpg"]);
  expect(passed.files).toEqual([
    { kind: "blurred", isPicture: true, paths: [path.join(folder, "wa.zip", "IMG_2.jpg")] },
  ]);
  expect((await gather(true)).names).toEqual(["IMG_1.jpg", "IMG_2-samar.jpg", "IMG_2.jpg"]);
});
