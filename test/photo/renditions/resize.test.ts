import { appendFile, copyFile, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { createSharpEngine } from "../../../src/photo/engine/sharp-engine.js";
import { hashIndexFile } from "../../../src/photo/renditions/hash-index.js";
import { findPresets } from "../../../src/photo/renditions/presets.js";
import { recordsFile } from "../../../src/photo/renditions/records.js";
import { planResize, type ResizeRequest, resizePhotos } from "../../../src/photo/renditions/resize.js";
import { photoFolder, writePhoto } from "../../support/photos.js";

const engine = createSharpEngine();
const presets = findPresets("web,instagram");

/** Three photos and where their renditions go. */
async function request(): Promise<ResizeRequest & { folder: string }> {
  const folder = await photoFolder();
  const files = await Promise.all([1, 2, 3].map((seed) => writePhoto(folder, `IMG_${seed}.jpg`, { seed })));
  return { files, presets, folder: path.join(folder, "hasil"), naming: "stem" };
}
const skippedOf = async (asked: ResizeRequest) =>
  (await resizePhotos(engine, asked)).renditions.map(
    (rendition) => [path.basename(rendition.path), rendition.skipped] as const,
  );

it("all photos in all presets, and the same command again makes nothing", async () => {
  const asked = await request();
  const first = await resizePhotos(engine, asked);
  expect(first.failed).toEqual([]);
  expect(first.renditions.map((rendition) => path.basename(rendition.path))).toEqual([
    "IMG_1.web.jpg",
    "IMG_1.instagram.jpg",
    "IMG_2.web.jpg",
    "IMG_2.instagram.jpg",
    "IMG_3.web.jpg",
    "IMG_3.instagram.jpg",
  ]);
  const written = await stat(first.renditions[0]!.path);
  const second = await resizePhotos(engine, asked);
  expect(second.renditions).toEqual(first.renditions.map((rendition) => ({ ...rendition, skipped: true })));
  expect((await stat(first.renditions[0]!.path)).mtimeMs).toBe(written.mtimeMs);
  expect((await readdir(asked.folder)).filter((name) => name.startsWith("."))).toEqual([
    hashIndexFile,
    recordsFile,
  ]);
});

it("a bad photo stops no other, and says what is wrong with it", async () => {
  const asked = await request();
  await writeFile(asked.files[0]!, "bukan foto");
  await truncate(asked.files[1]!, 2000);
  const missing = path.join(asked.folder, "no.jpg");
  const { renditions, failed } = await resizePhotos(engine, { ...asked, files: [...asked.files, missing] });
  expect(renditions.map((rendition) => rendition.source)).toEqual([asked.files[2], asked.files[2]]);
  expect(Object.fromEntries(failed.map((failure) => [failure.source, failure.error.code]))).toEqual({
    [asked.files[0]!]: "photo-not-supported",
    [asked.files[1]!]: "photo-damaged",
    [missing]: "file-not-found",
  });
});

it("a rendition whose bytes changed is not trusted, and only it is made again", async () => {
  const asked = await request();
  const { renditions } = await resizePhotos(engine, asked);
  await appendFile(renditions[2]!.path, "x");
  expect((await skippedOf(asked)).filter(([, skipped]) => !skipped)).toEqual([["IMG_2.web.jpg", false]]);
  expect((await readFile(renditions[2]!.path)).length).toBe(renditions[2]!.bytes);
});

it("what a process killed between writing a file and recording it left is made again under the same name", async () => {
  const asked = await request();
  await resizePhotos(engine, asked, { jobs: 1 });
  const file = path.join(asked.folder, recordsFile);
  const lines = (await readFile(file, "utf8")).split("\n");
  const last = lines.findLastIndex((line) => line.includes("IMG_3.instagram.jpg"));
  const torn = lines.slice(0, last).filter((line) => !(line.includes("IMG_3") && line.includes("made")));
  await writeFile(file, `${torn.join("\n")}\n${lines[last]!.slice(0, 30)}`);
  const again = await skippedOf(asked);
  expect(again.filter(([, skipped]) => !skipped).map(([name]) => name)).toEqual([
    "IMG_3.web.jpg",
    "IMG_3.instagram.jpg",
  ]);
  expect((await skippedOf(asked)).every(([, skipped]) => skipped)).toBe(true);
});

it("an interruption throws its reason, leaves no half file, and the same command finishes the rest", async () => {
  const asked = await request();
  const stop = new AbortController();
  const stopped = resizePhotos(engine, asked, {
    jobs: 1,
    signal: stop.signal,
    onProgress: ({ done }) => done === 1 && stop.abort(new Error("Ctrl-C")),
  });
  await expect(stopped).rejects.toThrow("Ctrl-C");
  const left = await readdir(asked.folder);
  expect(left.filter((name) => name.endsWith(".tmp") || name.endsWith(".lock"))).toEqual([]);
  expect(left.filter((name) => name.endsWith(".jpg")).sort()).toEqual([
    "IMG_1.instagram.jpg",
    "IMG_1.web.jpg",
  ]);
  expect((await skippedOf(asked)).map(([, skipped]) => skipped)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

it("progress counts every photo once, also one that fails", async () => {
  const asked = await request();
  await writeFile(asked.files[1]!, "");
  const seen: string[] = [];
  await resizePhotos(engine, asked, {
    onProgress: ({ done, total, failure }) =>
      seen.push(`${done}/${total}${failure ? ` ${failure.code}` : ""}`),
  });
  expect(seen.map((line) => line.split(" ")[0])).toEqual(["1/3", "2/3", "3/3"]);
  expect(seen.filter((line) => line.includes("photo-not-supported"))).toHaveLength(1);
});

it("a second photo of the same name, in a later run, replaces nothing", async () => {
  const asked = await request();
  const first = await resizePhotos(engine, asked);
  const other = await writePhoto(await photoFolder(), "IMG_1.jpg", { seed: 9 });
  const { renditions } = await resizePhotos(engine, { ...asked, files: [other] });
  expect(renditions.map((rendition) => path.basename(rendition.path))).toEqual([
    "IMG_1-2.web.jpg",
    "IMG_1-2.instagram.jpg",
  ]);
  expect((await readFile(first.renditions[0]!.path)).length).toBe(first.renditions[0]!.bytes);
});

it("planning changes nothing", async () => {
  const asked = await request();
  const { plan } = await planResize(engine, asked);
  expect(plan.actions).toHaveLength(3);
  await expect(readdir(asked.folder)).rejects.toThrow("ENOENT");
});

it("by key, equal photos become one file, and each gets its rendition", async () => {
  const asked = await request();
  const copy = path.join(path.dirname(asked.files[0]!), "copy.jpg");
  await copyFile(asked.files[0]!, copy);
  const files = [asked.files[0]!, copy];
  const keyed: ResizeRequest = { ...asked, files, presets: presets.slice(0, 1), naming: "key" };
  const { renditions } = await resizePhotos(engine, keyed);
  expect(renditions.map((rendition) => rendition.source)).toEqual(files);
  expect(renditions[0]!.path).toBe(renditions[1]!.path);
  expect(path.basename(renditions[0]!.path)).toMatch(/^[0-9a-f]{16}\.jpg$/);
});
