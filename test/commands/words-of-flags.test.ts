import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { positionWords } from "../../src/commands/photo/render-options.js";
import { positions } from "../../src/photo/types.js";
import { kutipan } from "../../src/post/template/prose.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

let laptop: Laptop;
beforeAll(async () => {
  laptop = await openLaptop();
  await writePhoto(laptop.workspace, "IMG_1.jpg");
  await mkdir(path.join(laptop.workspace, "kosong"));
});
afterAll(() => laptop.remove());

const resize = (...argv: string[]) => laptop.run(["photo", "resize", "IMG_1.jpg", "--dry-run", ...argv]);

describe("the position of a crop", () => {
  it("has an Indonesian word each, beside the English one that stays", () => {
    expect(Object.keys(positionWords).sort()).toEqual([...positions].sort());
    expect(new Set(Object.values(positionWords)).size).toBe(positions.length);
  });

  it.each(["atas", "tengah", "kanan bawah", "Kiri-Atas", "top", "attention"])("takes %s", async (word) => {
    expect((await resize("--position", word)).code).toBe(0);
  });

  it("takes a corner in Indonesian for the logo, and refuses what is none with both words", async () => {
    expect((await resize("--watermark-corner", "kanan-bawah")).code).toBe(0);
    const ran = await resize("--watermark-corner", "tengah");
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('"tengah" bukan pilihan untuk --watermark-corner.');
    expect(ran.stderr).toContain("bottom-right (kanan-bawah)");
  });
});

describe("an argument of which there are only some", () => {
  it.each([
    ["config set credt x", "pengaturan"],
    ["config get credt", "pengaturan"],
    ["config set lang fr", "nilai"],
    ["auth store x", "metode"],
    ["auth login tiktok", "layanan"],
    ["auth logout tiktok", "layanan"],
    ["completion x", "shell"],
  ])("%s is named as help names it", async (line, name) => {
    const ran = await laptop.run(line.split(" "));
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(` bukan pilihan untuk <${name}>.`);
    const help = await laptop.run([...line.split(" ").slice(0, -1), "--help"]);
    expect(help.stdout).toContain(name);
  });
});

describe("photo inspect", () => {
  it("says that there was no photo to inspect, without a ✓ (exit 3)", async () => {
    await writeFile(path.join(laptop.workspace, "rusak.jpg"), "bukan foto");
    const ran = await laptop.run(["photo", "inspect", "rusak.jpg"]);
    expect(ran.code).toBe(3);
    expect(ran.stdout).toBe("! Tidak ada foto yang dapat diperiksa.\n");
  });
});

describe("a quotation", () => {
  it("begins with a capital, unless its first word is a name that does not", () => {
    const said = (isi: string) => kutipan({ nama: "Siti", jabatan: "Camat", isi });
    expect(said("kami senang")).toBe("“Kami senang,” ujar Camat Siti.");
    expect(said("Kami senang")).toBe("“Kami senang,” ujar Camat Siti.");
    expect(said("iPhone dilarang")).toBe("“iPhone dilarang,” ujar Camat Siti.");
    expect(said("150 orang hadir")).toBe("“150 orang hadir,” ujar Camat Siti.");
  });
});
