import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { watchFolder } from "../../src/upload/watch.js";
import { photoFolder, writePhoto } from "../support/photos.js";

const closed = new Set<string>();
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  // Whoever runs as root may read every folder, so the system's refusal is played.
  const readdir = async (folder: string, ...rest: unknown[]) => {
    if (closed.has(folder)) throw Object.assign(new Error("EACCES"), { code: "EACCES", syscall: "scandir" });
    return (real.readdir as (...all: unknown[]) => unknown)(folder, ...rest);
  };
  return { ...real, readdir };
});

it("watches on beside a subfolder that cannot be read, and tells of it once", async () => {
  const folder = await photoFolder();
  const [card, system] = [path.join(folder, "DCIM"), path.join(folder, "lost+found")];
  for (const each of [card, system]) {
    await mkdir(each);
    await writeFile(path.join(each, "IMG_1.jpg"), "x");
  }
  closed.add(system);
  const told: string[] = [];
  const watched = watchFolder(folder, { onUnreadable: (each) => told.push(each) });
  expect(await watched.poll()).toEqual([]);
  expect(await watched.poll()).toEqual([path.join(card, "IMG_1.jpg")]);
  expect(await watched.poll()).toEqual([]);
  expect(told).toEqual([system]);
  closed.delete(system);
  await watched.poll();
  expect(await watched.poll()).toEqual([path.join(system, "IMG_1.jpg")]);
  closed.add(system);
  await watched.poll();
  expect(told, "it is closed again").toEqual([system, system]);
  closed.delete(system);
});

it("ends with a sentence where the folder is gone", async () => {
  const folder = await photoFolder();
  const watched = watchFolder(folder);
  expect(await watched.poll()).toEqual([]);
  await rm(folder, { recursive: true });
  await expect(watched.poll()).rejects.toMatchObject({ code: "file-unreadable" });
});

it("leaves out an original beside its blurred version, and tells of it once", async () => {
  const folder = await photoFolder();
  const inside = (name: string) => path.join(folder, name);
  for (const name of ["IMG_1.jpg", "IMG_1-samar.jpg", "IMG_2.jpg"]) await writeFile(inside(name), "x");
  const told: string[] = [];
  const watched = watchFolder(folder, { onOriginal: (each) => told.push(each) });
  await watched.poll();
  expect((await watched.poll()).sort()).toEqual([inside("IMG_1-samar.jpg"), inside("IMG_2.jpg")]);
  expect(await watched.poll()).toEqual([]);
  expect(told).toEqual([inside("IMG_1.jpg")]);
});

it("returns a photo again that was filled by a program that keeps its old time", async () => {
  const folder = await photoFolder();
  const file = await writePhoto(folder, "IMG_1.jpg");
  const content = await readFile(file);
  const old = new Date("2020-01-01T00:00:00Z");
  await writeFile(file, Buffer.alloc(content.length));
  await utimes(file, old, old);
  const { poll } = watchFolder(folder);
  await poll();
  expect(await poll()).toEqual([file]);
  const { ctimeMs } = await stat(file);
  // The clock of a disk may be coarse.
  do {
    await writeFile(file, content);
    await utimes(file, old, old);
  } while ((await stat(file)).ctimeMs === ctimeMs);
  await poll();
  expect(await poll()).toEqual([file]);
  expect(await poll()).toEqual([]);
});
