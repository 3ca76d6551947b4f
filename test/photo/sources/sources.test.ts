import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { expandSources } from "../../../src/photo/sources/sources.js";
import { photoFolder } from "../../support/photos.js";

async function folderWith(...names: string[]): Promise<string> {
  const folder = await photoFolder();
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), "x");
  }
  return folder;
}
const expand = async (folder: string, typed: string[], windows = false) =>
  (await expandSources(typed, folder, windows)).map((file) => path.relative(folder, file));

it("a folder means the photos in it, in the order in which people count", async () => {
  const folder = await folderWith(
    "f/IMG_10.jpg",
    "f/IMG_9.JPG",
    "f/a.heic",
    "f/notes.txt",
    "f/._IMG_9.JPG",
    "f/in/b.jpg",
  );
  expect(await expand(folder, ["f"])).toEqual(["f/a.heic", "f/IMG_9.JPG", "f/IMG_10.jpg"]);
});

it("a file that is named is taken whatever its name", async () => {
  const folder = await folderWith("notes.txt", "foto[1].jpg", "foto1.jpg");
  expect(await expand(folder, ["notes.txt", "foto[1].jpg"])).toEqual(["notes.txt", "foto[1].jpg"]);
});

it("a pattern that no shell has expanded finds photos in any case of their ending", async () => {
  const folder = await folderWith("a 1/x.jpg", "a 1/y.JPG", "a 1/z.txt", "b/w.jpg");
  expect(await expand(folder, ["a*/*.jpg"])).toEqual(["a 1/x.jpg", "a 1/y.JPG"]);
  expect(await expand(folder, [path.join(folder, "**/*.jpg")])).toEqual([
    "a 1/x.jpg",
    "a 1/y.JPG",
    "b/w.jpg",
  ]);
});

it("a pattern in a folder whose own name looks like one means that folder", async () => {
  const folder = await folderWith("foto [2026] (desa)/x.jpg", "foto 2/y.jpg");
  expect(await expand(folder, ["foto [2026] (desa)/*.jpg"])).toEqual(["foto [2026] (desa)/x.jpg"]);
});

it("a backslash separates folders in a pattern typed on Windows", async () => {
  const folder = await folderWith("a/x.jpg", "a/y.jpg");
  expect(await expand(folder, ["a\\*.jpg"], true)).toEqual(["a/x.jpg", "a/y.jpg"]);
});

it("a file is taken once, however often and by whatever way it is named", async () => {
  const folder = await folderWith("a.jpg", "b.jpg");
  await symlink(path.join(folder, "a.jpg"), path.join(folder, "c.jpg"));
  expect(await expand(folder, ["b.jpg", "./b.jpg", ".", "*.jpg"])).toEqual(["b.jpg", "a.jpg"]);
});

it.each(["no.jpg", "no/*.jpg", "f/*.png"])("what does not exist is not found: %s", async (typed) => {
  const folder = await folderWith("f/a.jpg");
  const refusal = { code: "file-not-found", exit: 2, params: { path: typed } };
  await expect(expand(folder, ["f", typed])).rejects.toMatchObject(refusal);
});

it("a folder or pattern without a photo is reported, not skipped", async () => {
  const folder = await folderWith("f/notes.txt");
  await expect(expand(folder, ["f"])).rejects.toMatchObject({
    code: "photo-none-found",
    params: { path: "f" },
  });
  await expect(expand(folder, ["f/*"])).rejects.toMatchObject({ code: "photo-none-found" });
});

it.skipIf(process.platform === "win32")("a device is refused and not read", async () => {
  await expect(expandSources(["/dev/zero"], "/")).rejects.toMatchObject({ params: { found: "device" } });
});

it("a folder's links to folders and devices are passed over; one to nowhere is kept, to be reported", async () => {
  const folder = await folderWith("f/a.jpg", "g/b.jpg");
  await symlink(path.join(folder, "g"), path.join(folder, "f/g.jpg"));
  await symlink(path.join(folder, "gone.jpg"), path.join(folder, "f/z.jpg"));
  if (process.platform !== "win32") await symlink("/dev/zero", path.join(folder, "f/dev.jpg"));
  expect(await expand(folder, ["f"])).toEqual(["f/a.jpg", "f/z.jpg"]);
});
