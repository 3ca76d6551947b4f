import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { gatherPhotos } from "../../../src/photo/sources/gather.js";
import { photoFolder, writePhoto } from "../../support/photos.js";
import { zipOf } from "../../support/zip.js";

async function folderWith(...names: string[]): Promise<string> {
  const folder = await photoFolder();
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), `not a photo: ${name}`);
  }
  return folder;
}
async function passed(folder: string, options: { recursive?: boolean } = {}) {
  const gathered = await gatherPhotos([folder], folder, options);
  const inside = (files: readonly string[]) => files.map((file) => path.relative(folder, file));
  return {
    photos: inside(gathered.files),
    folders: inside(gathered.passed.folders),
    unreadable: inside(gathered.passed.unreadable),
    files: Object.fromEntries(gathered.passed.files.map(({ kind, paths }) => [kind, inside(paths)])),
    videos: gathered.videos,
  };
}

describe("an original beside its blurred version", () => {
  it("is left out, whatever its ending, and told", async () => {
    const folder = await photoFolder();
    for (const name of ["IMG_1.JPG", "img_1-samar.jpg", "IMG_2.jpg", "pasar-samar.png", "pasar.jpg"]) {
      await writePhoto(folder, name);
    }
    await writeFile(path.join(folder, "IMG_1.heic"), "not read here");
    const { photos, files } = await passed(folder);
    expect(photos).toEqual(["img_1-samar.jpg", "IMG_2.jpg", "pasar-samar.png", "pasar.jpg"]);
    expect(Object.keys(files)).toEqual(["blurred"]);
    expect(files.blurred!.sort()).toEqual(["IMG_1.JPG", "IMG_1.heic"]);
  });

  it("is left out of what a shell named, and taken where it is named alone or only looked at", async () => {
    const folder = await photoFolder();
    for (const name of ["a.jpg", "a-samar.jpg"]) await writePhoto(folder, name);
    const names = async (typed: string[], options = {}) =>
      (await gatherPhotos(typed, folder, options)).files.map((file) => path.basename(file));
    expect(await names(["a.jpg", "a-samar.jpg"])).toEqual(["a-samar.jpg"]);
    expect(await names(["a.jpg"])).toEqual(["a.jpg"]);
    expect(await names(["."], { originals: true })).toEqual(["a-samar.jpg", "a.jpg"]);
  });
});

describe("what lies among the photos of a folder", () => {
  it("is told by kind", async () => {
    const folder = await folderWith(
      "pindai.bmp",
      "b.BMP",
      "c.jxl",
      "d.CR2",
      "rapat.pdf",
      "e.jpg.part",
      "CATATAN",
    );
    await writePhoto(folder, "IMG_1.jpg");
    await writePhoto(folder, "IMG_2.pjpeg");
    await writePhoto(folder, "IMG_3.JPG_");
    expect(await passed(folder)).toMatchObject({
      photos: ["IMG_1.jpg"],
      files: {
        BMP: ["b.BMP", "pindai.bmp"],
        JXL: ["c.jxl"],
        CR2: ["d.CR2"],
        PDF: ["rapat.pdf"],
        unfinished: ["e.jpg.part"],
        misnamed: ["IMG_2.pjpeg", "IMG_3.JPG_"],
        other: ["CATATAN"],
      },
    });
  });

  it("is not told of: captions whose name is the photo's as one reads it", async () => {
    // "é" in two characters, a hard space, another letter case.
    const folder = await folderWith("Pose\u0301 Mawar.txt", "rapat\u00a01.JPG.yaml", "SUB\u00c9/takarir.csv");
    await mkdir(path.join(folder, "SUB\u00c9"), { recursive: true });
    for (const name of ["Pos\u00e9 Mawar.jpg", "Rapat 1.jpg", "SUB\u00c9/a.jpg"])
      await writePhoto(folder, name);
    expect((await passed(folder, { recursive: true })).files).toEqual({});
  });

  it("is not told of: captions of its photos, what the system left, and videos, which are counted", async () => {
    const folder = await folderWith(
      "IMG_1.txt",
      "img_1.jpg.yaml",
      "IMG_1.AAE",
      "takarir.csv",
      "Thumbs.db",
      ".DS_Store",
      "._IMG_1.jpg",
      "a.mp4",
      "yatim.txt",
      ".tersembunyi/a.jpg",
      "@eaDir/a.jpg",
    );
    await writePhoto(folder, "IMG_1.jpg");
    expect(await passed(folder)).toEqual({
      photos: ["IMG_1.jpg"],
      folders: [],
      unreadable: [],
      files: { TXT: ["yatim.txt"] },
      videos: 1,
    });
  });

  it("is not told of: a text whose name is the photo's as one reads it, on the disk and in an archive", async () => {
    const [macOs, windows] = ["Posé Mawar".normalize("NFD"), "posé\u00a0mawar".normalize("NFC")];
    const folder = await folderWith(`${windows}.txt`);
    await writePhoto(folder, `${macOs}.jpg`);
    expect((await passed(folder)).files).toEqual({});
    const photo = await readFile(path.join(folder, `${macOs}.jpg`));
    const archive = path.join(folder, "foto.zip");
    await writeFile(
      archive,
      zipOf([
        { name: `${macOs}.jpg`, content: photo },
        { name: `${windows}.txt`, content: Buffer.from("Kader") },
      ]),
    );
    const gathered = await gatherPhotos([archive], folder);
    expect(gathered.passed.files).toEqual([]);
    await gathered.release();
  });

  it("are subfolders, which are named, and with `recursive` looked into", async () => {
    const folder = await folderWith("b/c/x.bmp", "a/.keep");
    await writePhoto(folder, "IMG_1.jpg");
    await writePhoto(path.join(folder, "b"), "IMG_3.jpg");
    await writePhoto(path.join(folder, "b", "c"), "IMG_2.jpg");
    expect(await passed(folder)).toMatchObject({ photos: ["IMG_1.jpg"], folders: ["a", "b"], files: {} });
    expect(await passed(folder, { recursive: true })).toMatchObject({
      photos: [path.join("b", "c", "IMG_2.jpg"), path.join("b", "IMG_3.jpg"), "IMG_1.jpg"],
      folders: [],
      files: { BMP: [path.join("b", "c", "x.bmp")] },
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    "is a subfolder that cannot be opened: the others are taken",
    async () => {
      const folder = await folderWith("tutup/x.bmp");
      await writePhoto(folder, "IMG_1.jpg");
      await chmod(path.join(folder, "tutup"), 0);
      const found = await passed(folder, { recursive: true });
      await chmod(path.join(folder, "tutup"), 0o700);
      expect(found).toMatchObject({ photos: ["IMG_1.jpg"], unreadable: ["tutup"] });
    },
  );
});

it("a folder without photos of its own is told with what it holds instead", async () => {
  const folder = await folderWith("100CANON/a.jpg", "101CANON/b.jpg", "pindai.bmp", "a.mov");
  await expect(gatherPhotos([folder], folder)).rejects.toMatchObject({
    code: "photo-none-found",
    exit: 2,
    params: {
      folders: ["100CANON", "101CANON"].map((name) => path.join(folder, name)),
      kinds: [{ kind: "BMP", count: 1 }],
      videos: 1,
    },
  });
});

it("an archive, or a file, that holds no photo is told with what it holds instead", async () => {
  const folder = await photoFolder();
  await writeFile(
    path.join(folder, "a.zip"),
    zipOf([{ name: "rapat.pdf", content: Buffer.from("%PDF-1.4") }, { name: "b.mp4" }]),
  );
  await expect(gatherPhotos(["a.zip"], folder)).rejects.toMatchObject({
    code: "photo-none-found",
    params: { path: "a.zip", kinds: [{ kind: "PDF", count: 1 }], videos: 1 },
  });
  await writeFile(path.join(folder, "c.mov"), "\0\0\0\x14ftypqt  ");
  await expect(gatherPhotos(["c.mov"], folder)).rejects.toMatchObject({ params: { videos: 1 } });
});

it("what else lies in a ZIP archive is told as well", async () => {
  const folder = await photoFolder();
  const archive = path.join(folder, "foto.zip");
  const names = [
    "a/IMG_1.jpg",
    "a/IMG_1.txt",
    "a/takarir.csv",
    "b.bmp",
    "b/",
    "c.pdf",
    "__MACOSX/d.pdf",
    "e.mp4",
    "d/IMG_1.txt",
  ];
  await writeFile(
    archive,
    zipOf(names.map((name) => ({ name, content: Buffer.from(name.endsWith("/") ? "" : "x") }))),
  );
  const gathered = await gatherPhotos([archive], folder);
  await gathered.release();
  expect(gathered.passed.files.map(({ kind, paths }) => [kind, paths])).toEqual([
    ["BMP", [path.join(archive, "b.bmp")]],
    ["PDF", [path.join(archive, "c.pdf")]],
    ["TXT", [path.join(archive, "IMG_1.txt")]],
  ]);
  expect(gathered.videos).toBe(1);
});
