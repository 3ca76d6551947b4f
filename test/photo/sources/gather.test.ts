import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
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
