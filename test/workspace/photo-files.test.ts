import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nearestPhoto, photoFile } from "../../src/workspace/photo-files.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-foto-"));
  await mkdir(path.join(folder, "foto"));
  for (const name of ["Pose\u0301 Mawar.jpg", "Layar 9.30\u202fPM.jpg", "IMG_1.JPG"]) {
    await writeFile(path.join(folder, "foto", name), "");
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  ["foto/Pos\u00e9 Mawar.jpg", "foto/Pose\u0301 Mawar.jpg"],
  ["foto/Layar 9.30 PM.jpg", "foto/Layar 9.30\u202fPM.jpg"],
  ["foto/img_1.jpg", "foto/IMG_1.JPG"],
  ["Foto/IMG_1.JPG", "foto/IMG_1.JPG"],
  ["foto/hilang.jpg", "foto/hilang.jpg"],
  ["tiada/IMG_1.JPG", "tiada/IMG_1.JPG"],
])("the photo %j of a post is %j", async (written, found) => {
  expect(await photoFile({ folder }, written)).toBe(path.join(folder, found));
});

it("of a photo that is not there, the most similar one is named", async () => {
  expect(await nearestPhoto({ folder }, "foto/Pose Mawer.jpg")).toBe("foto/Pose\u0301 Mawar.jpg");
  expect(await nearestPhoto({ folder }, "foto/sama sekali lain.jpg")).toBeUndefined();
});
