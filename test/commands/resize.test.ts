import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/files/hash.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const resize = (...argv: string[]) => laptop.run(["photo", "resize", ...argv]);
const at = (...parts: string[]) => path.join(laptop.workspace, ...parts);

async function photoAt(name: string, options = {}): Promise<string> {
  await mkdir(path.dirname(at(name)), { recursive: true });
  return writePhoto(laptop.workspace, name, options);
}

interface Resized {
  renditions: Record<string, string | number | boolean>[];
  failed: { source: string; code: string; message: string }[];
  summary: Record<string, number>;
}
const resized = async (...argv: string[]): Promise<Resized> =>
  JSON.parse((await resize(...argv, "--json")).stdout);

describe("photo resize", () => {
  it("makes each size of each photo in hasil/, and says how many", async () => {
    await photoAt("foto/IMG_1.jpg", { width: 3000, height: 2000 });
    await photoAt("foto/IMG_2.jpg");
    const ran = await resize("foto", "--preset", "web,instagram");
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(`✓ 4 berkas dibuat di ${at("hasil")}\n`);
    const names = (await readdir(at("hasil"))).filter((name) => !name.startsWith("."));
    expect(names.sort()).toEqual([
      ...["IMG_1.instagram.jpg", "IMG_1.web.jpg", "IMG_2.instagram.jpg", "IMG_2.web.jpg"],
    ]);
    const { width, height } = await sharp(await readFile(at("hasil", "IMG_1.web.jpg"))).metadata();
    expect([width, height]).toEqual([2048, 1365]);
  });

  it("tells scripts of every rendition, with absolute paths and true sizes", async () => {
    const source = await photoAt("IMG_1.jpg");
    const { renditions, failed, summary } = await resized("IMG_1.jpg", "--out", "siap");
    const bytes = await readFile(at("siap", "IMG_1.web.jpg"));
    expect(renditions).toEqual([
      {
        source,
        preset: "web",
        path: at("siap", "IMG_1.web.jpg"),
        width: 300,
        height: 200,
        bytes: bytes.length,
        sha256: sha256(bytes),
        notes: [],
        skipped: false,
      },
    ]);
    expect(failed).toEqual([]);
    expect(summary).toEqual({ sources: 1, written: 1, skipped: 0, failed: 0, videos: 0 });
  });

  it("makes nothing twice: the same command again skips what is there", async () => {
    await photoAt("IMG_1.jpg");
    const first = await resized("IMG_1.jpg");
    const second = await resized("IMG_1.jpg");
    expect(second.renditions).toEqual(first.renditions.map((rendition) => ({ ...rendition, skipped: true })));
    expect(second.summary).toEqual({ sources: 1, written: 0, skipped: 1, failed: 0, videos: 0 });
    expect((await resize("IMG_1.jpg")).stdout).toContain("1 berkas sudah ada");
  });

  it("keeps both of two photos of one name", async () => {
    const sources = [await photoAt("a/IMG_1.jpg", { seed: 1 }), await photoAt("b/IMG_1.jpg", { seed: 2 })];
    const { renditions } = await resized("a", "b");
    expect(renditions.map(({ source, path }) => [source, path])).toEqual([
      [sources[0], at("hasil", "IMG_1.web.jpg")],
      [sources[1], at("hasil", "IMG_1-2.web.jpg")],
    ]);
  });

  it("never writes over a file that is not its own", async () => {
    await photoAt("IMG_1.jpg");
    await mkdir(at("hasil"));
    await writeFile(at("hasil", "IMG_1.web.jpg"), "milik orang lain");
    const { renditions } = await resized("IMG_1.jpg");
    expect(renditions[0]?.path).toBe(at("hasil", "IMG_1-2.web.jpg"));
    expect(await readFile(at("hasil", "IMG_1.web.jpg"), "utf8")).toBe("milik orang lain");
  });

  it("lets one bad photo stop no other: it is listed with why, and the command ends with 3", async () => {
    await photoAt("foto/a.jpg");
    await writeFile(at("foto", "b.jpg"), "bukan foto");
    await writeFile(at("foto", "c.jpg"), "");
    const ran = await resize("foto");
    expect(ran.code).toBe(3);
    expect(ran.stdout).toBe(`! 1 berkas dibuat di ${at("hasil")}, 2 foto gagal\n`);
    expect(ran.stderr).toContain(`${at("foto", "b.jpg")} bukan foto yang dapat diolah`);
    const again = await resize("foto", "--json");
    expect(again).toMatchObject({ code: 3, stderr: "" });
    const { failed, summary } = JSON.parse(again.stdout) as Resized;
    expect(failed.map((failure) => Object.keys(failure))).toEqual(
      Array(2).fill(["source", "code", "message"]),
    );
    expect(failed.map(({ source, code }) => [source, code])).toEqual([
      [at("foto", "b.jpg"), "photo-not-supported"],
      [at("foto", "c.jpg"), "photo-not-supported"],
    ]);
    expect(summary).toEqual({ sources: 3, written: 0, skipped: 1, failed: 2, videos: 0 });
  });

  it("ends with 3 also when all fail", async () => {
    await writeFile(at("b.jpg"), "bukan foto");
    expect((await resize("b.jpg")).code).toBe(3);
  });

  it("shows what it would make with --dry-run, and makes nothing", async () => {
    await photoAt("IMG_1.jpg");
    const before = await readdir(laptop.workspace);
    const ran = await resize("IMG_1.jpg", "--preset", "web,instagram", "--dry-run");
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("IMG_1.jpg → IMG_1.instagram.jpg");
    expect(ran.stdout).toContain("belum ada yang dibuat");
    const planned = JSON.parse((await resize("IMG_1.jpg", "--dry-run", "--json")).stdout);
    expect(planned).toEqual({
      would_write: [{ source: at("IMG_1.jpg"), preset: "web", path: at("hasil", "IMG_1.web.jpg") }],
      failed: [],
      passed_over: { folders: [], unreadable: [], files: [] },
      summary: { sources: 1, would_write: 1, current: 0, failed: 0, videos: 0 },
    });
    expect(await readdir(laptop.workspace)).toEqual(before);
  });

  it("expands patterns that the shell left as they were", async () => {
    await photoAt("foto/a.jpg");
    await photoAt("foto/b.png");
    const { renditions } = await resized("foto/*.jpg");
    expect(renditions.map((rendition) => rendition.source)).toEqual([at("foto", "a.jpg")]);
  });

  it("works outside a workspace, and in the folder that -C names", async () => {
    await photoAt("IMG_1.jpg");
    const ran = await laptop.run(["-C", "berita", "photo", "resize", "IMG_1.jpg"], { cwd: laptop.home });
    expect(ran.code).toBe(0);
    await access(at("hasil", "IMG_1.web.jpg"));
    expect((await laptop.run(["photo", "resize", "berita/IMG_1.jpg"], { cwd: laptop.home })).code).toBe(0);
  });

  it.each<[string[], string]>([
    [["tidak-ada.jpg"], "file-not-found"],
    [["kosong"], "photo-none-found"],
    [["IMG_1.jpg", "--preset", "webb"], "photo-preset-unknown"],
    [["IMG_1.jpg", "--preset", ""], "photo-preset-unknown"],
    [["IMG_1.jpg", "--jobs", "dua"], "bad-number"],
  ])("refuses %j (exit 2), and makes nothing", async (argv, code) => {
    await photoAt("IMG_1.jpg");
    await mkdir(at("kosong"));
    const ran = await resize(...argv, "--json");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
    await expect(access(at("hasil"))).rejects.toThrow();
  });

  it("shows hostile names without what they smuggle", async () => {
    await writeFile(at("a\u001b[2J\u202e.jpg"), "bukan foto");
    const ran = await resize("a\u001b[2J\u202e.jpg");
    expect(ran.code).toBe(3);
    expect(ran.stdout + ran.stderr).not.toMatch(/\u001b|\u202e/);
  });
});
