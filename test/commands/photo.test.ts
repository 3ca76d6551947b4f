import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { fieldsOf } from "../../src/photo/metadata/fields.js";
import { privateFacts } from "../../src/photo/metadata/private/facts.js";
import { type HostOptions, kominfo } from "../support/host.js";
import { photoFolder, somewhere, writePhoto } from "../support/photos.js";
import { zipOf } from "../support/zip.js";

const film = Buffer.from("\0\0\0\x20ftypmp42\0\0\0\0mp42isom", "latin1");

/** A folder with two photos in `foto/`, and how to work in it. */
async function desk() {
  const folder = await photoFolder();
  await mkdir(path.join(folder, "foto"));
  for (const seed of [1, 2]) await writePhoto(folder, `foto/IMG_${seed}.jpg`, { seed, gps: somewhere });
  const run = (argv: string, options: Partial<HostOptions> = {}) =>
    kominfo(["photo", ...argv.split(" ").filter(Boolean)], { cwd: folder, ...options });
  return {
    folder,
    run,
    // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
    async json(argv: string): Promise<any> {
      const { stdout, stderr, code } = await run(`${argv} --json`);
      if (stdout === "") throw new Error(stderr);
      expect(stderr).toBe("");
      return { code, ...JSON.parse(stdout) };
    },
    made: () =>
      readdir(path.join(folder, "hasil")).then((all) => all.filter((name) => !name.startsWith("."))),
  };
}

describe("photo resize", () => {
  it("makes every preset of every photo, and the same command again makes nothing", async () => {
    const { json, made } = await desk();
    const first = await json("resize foto --preset web,instagram");
    expect(first).toMatchObject({
      code: 0,
      summary: { sources: 2, written: 4, skipped: 0, failed: 0, videos: 0 },
    });
    expect(await made()).toEqual([
      "IMG_1.instagram.jpg",
      "IMG_1.web.jpg",
      "IMG_2.instagram.jpg",
      "IMG_2.web.jpg",
    ]);
    const second = await json("resize foto --preset web,instagram");
    expect(second.summary).toMatchObject({ written: 0, skipped: 4 });
    expect(second.renditions.map((rendition: { sha256: string }) => rendition.sha256)).toEqual(
      first.renditions.map((rendition: { sha256: string }) => rendition.sha256),
    );
  });

  it("another quality, effort or position makes another picture", async () => {
    const { json } = await desk();
    const bytes = async (flags: string) => (await json(`resize foto/IMG_1.jpg ${flags}`)).renditions[0].bytes;
    const usual = await bytes("");
    expect(await bytes("--quality 40")).toBeLessThan(usual * 0.8);
    expect(await bytes("--effort small")).toBeLessThan(usual);
    const crops = [];
    for (const position of ["left", "right"]) {
      const { renditions } = await json(
        `resize foto/IMG_1.jpg --preset instagram-square --position ${position}`,
      );
      crops.push(renditions[0].crop);
    }
    expect(crops).toEqual([
      { left: 0, top: 0, width: 200, height: 200 },
      { left: 100, top: 0, width: 200, height: 200 },
    ]);
  });

  it("a watermark is laid over them, and a file that is none is refused before anything is made", async () => {
    const { folder, json, run, made } = await desk();
    await writeFile(path.join(folder, "logo.png"), "no picture");
    expect(await run("resize foto --watermark logo.png")).toMatchObject({ code: 1 });
    await expect(made()).rejects.toThrow("ENOENT");
    const sharp = (await import("sharp")).default;
    await sharp({ create: { width: 60, height: 20, channels: 4, background: "#f0f" } })
      .png()
      .toFile(path.join(folder, "logo.png"));
    const plain = await json("resize foto/IMG_1.jpg");
    const marked = await json("resize foto/IMG_1.jpg --watermark logo.png");
    expect(marked.renditions[0].sha256).not.toBe(plain.renditions[0].sha256);
  });

  it("the logo of kominfo.yaml lies as it says there; a flag says otherwise, for all of it or a part", async () => {
    const { folder, json } = await desk();
    const { default: sharp } = await import("sharp");
    await sharp({ create: { width: 60, height: 20, channels: 4, background: "#f0f" } })
      .png()
      .toFile(path.join(folder, "logo.png"));
    const watermark = "{ file: logo.png, corner: top-left, opacity: 100, width: 20 }";
    await writeFile(
      path.join(folder, "kominfo.yaml"),
      `kecamatan: Cibitung\nphotos: { watermark: ${watermark} }\n`,
    );
    /** The corners in which a part of the picture as wide as the logo is magenta. */
    const marked = async (flags = "", share = 0.2) => {
      const { renditions } = await json(`resize foto/IMG_1.jpg ${flags}`);
      const picture = sharp(await readFile(renditions[0].path));
      const { width, height } = await picture.metadata();
      const gap = Math.round(Math.min(width, height) * 0.03) + 2;
      const [w, h] = [Math.round(width * share) - 4, Math.round((width * share) / 3) - 4];
      const found: string[] = [];
      for (const [name, left, top] of [
        ["top-left", gap, gap],
        ["bottom-right", width - w - gap, height - h - gap],
      ] as const) {
        const part = picture.clone().extract({ left, top, width: w, height: h });
        const { channels } = await sharp(await part.png().toBuffer()).stats();
        const [r, g, b] = channels.map(({ mean }) => mean) as [number, number, number];
        if (r > 225 && g < 40 && b > 225) found.push(name);
      }
      return found;
    };
    expect(await marked()).toEqual(["top-left"]);
    expect(await marked("--watermark-corner bottom-right --watermark-width 30", 0.3)).toEqual([
      "bottom-right",
    ]);
    expect(await marked("--watermark-opacity 40")).toEqual([]);
    expect(await marked("--no-watermark")).toEqual([]);
  });

  it("one bad photo stops no other, and each says what to do; the command ends with 3", async () => {
    const { folder, run, json } = await desk();
    await writeFile(path.join(folder, "foto", "bad.jpg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    await writeFile(path.join(folder, "foto", "empty.jpg"), "");
    const { code, stdout, stderr } = await run("resize foto");
    expect(code).toBe(3);
    expect(stdout).toContain("2 berkas dibuat");
    expect(stderr).toContain("gambar SVG");
    expect(stderr).toContain("Salin ulang fotonya dari kamera atau ponsel.");
    expect(await json("resize foto")).toMatchObject({
      code: 3,
      failed: [
        { source: path.join(folder, "foto", "bad.jpg"), code: "photo-not-supported" },
        { source: path.join(folder, "foto", "empty.jpg"), code: "photo-not-supported" },
      ],
      summary: { skipped: 2, failed: 2 },
    });
  });

  it("films are passed over with one word, photos of a ZIP archive are made", async () => {
    const { folder, run, made } = await desk();
    await writeFile(path.join(folder, "foto", "film.mp4"), film);
    const content = await samplePhoto({ width: 300, height: 200, seed: 7 });
    await writeFile(
      path.join(folder, "kiriman.zip"),
      zipOf([
        { name: "../../IMG_7.jpg", content },
        { name: "film.mov", content: film },
      ]),
    );
    const { code, stderr } = await run("resize foto kiriman.zip");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "2 video dilewati; yang diolah hanya foto.\n" });
    expect(await made()).toEqual(["IMG_1.web.jpg", "IMG_2.web.jpg", "IMG_7.web.jpg"]);
  });

  it("small photos that came by WhatsApp are spoken of once, not once each", async () => {
    const { folder, run } = await desk();
    for (const n of [1, 2, 3]) await writePhoto(folder, `foto/IMG-20261122-WA000${n}.jpg`, { seed: n });
    const { stderr } = await run("resize foto --preset instagram");
    expect(stderr.match(/WhatsApp/g)).toHaveLength(1);
    expect(stderr).toContain("3 foto tampaknya kiriman WhatsApp");
    expect(stderr).toContain("2 foto lebih kecil daripada ukuran instagram");
  });

  it("of an animation the first picture is used, and that is said", async () => {
    const { folder, run } = await desk();
    const sharp = (await import("sharp")).default;
    const frame = (background: string) =>
      sharp({ create: { width: 40, height: 40, channels: 3, background } })
        .png()
        .toBuffer();
    const animation = await sharp([await frame("red"), await frame("blue")], { join: { animated: true } })
      .gif()
      .toBuffer();
    await writeFile(path.join(folder, "foto", "gerak.gif"), animation);
    const { stderr } = await run("resize foto/gerak.gif");
    expect(stderr).toBe("gerak.gif: Berisi 2 gambar berurutan; hanya yang pertama dipakai.\n");
  });

  it("renditions carry nothing of the photo but what is asked for: the date, and the workspace's credit", async () => {
    const { folder, json } = await desk();
    const sharp = (await import("sharp")).default;
    const dated = await sharp(await samplePhoto({ width: 300, height: 200 }))
      .withExif({ IFD2: { DateTimeOriginal: "2026:11:22 09:30:00", OffsetTimeOriginal: "+07:00" } })
      .toBuffer();
    await writeFile(path.join(folder, "foto", "IMG_9.jpg"), dated);
    const told = async (flags: string) => {
      const { renditions } = await json(`resize foto/IMG_9.jpg ${flags}`);
      const rendition = await readFile(renditions[0].path);
      const { taken_at } = await fieldsOf(rendition);
      const { owner, gps } = privateFacts(rendition, "jpeg");
      return { taken_at, owner, gps };
    };
    expect(await told("")).toEqual({ taken_at: null, owner: null, gps: null });
    expect((await told("--keep-date")).taken_at).toContain("2026-11-22T09:30:00");
    await writeFile(
      path.join(folder, "kominfo.yaml"),
      'kecamatan: "32.16.07"\nphotos: { credit: "Humas Kecamatan Cibitung" }\n',
    );
    expect((await told("")).owner).toBe("Humas Kecamatan Cibitung");
  });

  it("a photo of a post has its words, and its focus wins over what a crop would keep", async () => {
    const { folder, json } = await desk();
    const bundle = path.join(folder, "posts", "2026-11-22-musrenbang");
    await mkdir(path.join(bundle, "foto"), { recursive: true });
    for (const seed of [1, 2]) await writePhoto(bundle, `foto/IMG_${seed}.jpg`, { seed });
    await writeFile(path.join(folder, "kominfo.yaml"), 'kecamatan: Cibitung\nphotos: { credit: "Humas" }\n');
    await writeFile(
      path.join(bundle, "index.md"),
      `---
judul: "Musrenbang"
jenis: "berita-kegiatan"
foto:
  - berkas: "foto/IMG_1.jpg"
    takarir: "Camat membuka “Musrenbang” – Cibitung"
    alt: "Camat berdiri di podium"
    fokus: [1, 0.5]
---
Isi.
`,
    );
    const flags = "--preset instagram-square --position left --out siap";
    const { renditions } = await json(`resize ${path.relative(folder, bundle)}/foto ${flags}`);
    expect(renditions.map((rendition: { crop: object }) => rendition.crop)).toEqual([
      { left: 100, top: 0, width: 200, height: 200 },
      { left: 0, top: 0, width: 200, height: 200 },
    ]);
    const [told, other] = await Promise.all(
      renditions.map((rendition: { path: string }) => readFile(rendition.path, "utf8")),
    );
    for (const words of ["Camat membuka “Musrenbang” – Cibitung", "Camat berdiri di podium", "Humas"]) {
      expect(told).toContain(words);
    }
    expect(other).toContain("Humas");
    expect(other).not.toContain("Camat");
  });

  it("a size that kominfo.yaml adds can be asked for by its name", async () => {
    const { folder, json, run } = await desk();
    const settings = (width: string) =>
      writeFile(
        path.join(folder, "kominfo.yaml"),
        `kecamatan: "32.16.07"\nphotos:\n  presets:\n    spanduk: { width: ${width}, height: 60, fit: cover }\n`,
      );
    await settings("120");
    const { renditions } = await json("resize foto/IMG_1.jpg --preset spanduk");
    expect(renditions).toMatchObject([{ preset: "spanduk", width: 120, height: 60 }]);
    await settings("lebar");
    expect(await run("resize foto/IMG_1.jpg --preset spanduk")).toMatchObject({ code: 2 });
  });

  it("asked what it would do, it does nothing", async () => {
    const { folder, json, made } = await desk();
    const { would_write, summary } = await json("resize foto --preset web,x --dry-run");
    expect(would_write).toHaveLength(4);
    expect(would_write[0]).toEqual({
      source: path.join(folder, "foto", "IMG_1.jpg"),
      preset: "web",
      path: path.join(folder, "hasil", "IMG_1.web.jpg"),
    });
    expect(summary).toMatchObject({ sources: 2, would_write: 4, current: 0 });
    await expect(made()).rejects.toThrow("ENOENT");
  });

  it("the sheet is one page with every photo beside what was made of it, failures too", async () => {
    const { folder, json } = await desk();
    await writeFile(path.join(folder, "foto", "<b>bad.jpg"), "no photo");
    const { code, sheet } = await json("resize foto --preset web,instagram --sheet lembar.html");
    expect({ code, sheet }).toEqual({ code: 3, sheet: path.join(folder, "lembar.html") });
    const page = await readFile(sheet, "utf8");
    expect(page.match(/<article/g)).toHaveLength(3);
    expect(page.match(/src="data:image\/jpeg;base64,\/9j/g)).toHaveLength(6);
    expect(page.match(/<rect class="c1"/g)).toHaveLength(2);
    expect(page).toContain("&lt;b&gt;bad");
    expect(page).toContain("-6.29310, 107.15120");
    expect(page).not.toContain("<b>bad");
  });

  it.each([
    ["--sheet foto/IMG_1.jpg", "photo-sheet-name"],
    ["--quality 101", "bad-number"],
    ["--quality 0", "bad-number"],
    ["--jobs many", "bad-number"],
    ["--effort smal", "bad-choice"],
    ["--position middle", "bad-choice"],
    ["--preset webb", "photo-preset-unknown"],
  ])("%s is refused, and nothing is made", async (flags, code) => {
    const { folder, run, made } = await desk();
    const before = await stat(path.join(folder, "foto", "IMG_1.jpg"));
    const ran = await run(`resize foto ${flags} --json`);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
    await expect(made()).rejects.toThrow("ENOENT");
    expect((await stat(path.join(folder, "foto", "IMG_1.jpg"))).mtimeMs).toBe(before.mtimeMs);
  });

  it("an interruption ends with 130, leaves no half file and nothing unpacked", async () => {
    const { folder, run } = await desk();
    const signal = AbortSignal.abort(new Error("Ctrl-C"));
    expect((await run("resize foto", { signal })).code).toBe(130);
    const left = (await readdir(folder, { recursive: true })).filter((name) => /\.tmp$|\.lock$/.test(name));
    expect(left).toEqual([]);
  });

  it("what is remembered of unchanged photos is not believed with --rehash", async () => {
    const { folder, json } = await desk();
    await json("resize foto");
    const index = path.join(folder, "hasil", ".kominfo-hashes.json");
    const hashes = JSON.parse(await readFile(index, "utf8"));
    const name = "IMG_1.web.jpg";
    hashes.files[name][1] = "0".repeat(64);
    await writeFile(index, JSON.stringify(hashes));
    expect((await json("resize foto --rehash")).summary).toMatchObject({ written: 0, skipped: 2 });
    await writeFile(index, JSON.stringify(hashes));
    expect((await json("resize foto")).summary).toMatchObject({ written: 1, skipped: 1 });
  });
});

describe("photo inspect", () => {
  it("says what a photo would tell the world", async () => {
    const { run } = await desk();
    const { code, stdout } = await run("inspect foto/IMG_1.jpg");
    expect(code).toBe(0);
    expect(stdout).toMatch(/! +lokasi di peta +-6\.29310, 107\.15120 https:\/\/www\.openstreetmap\.org\//);
    expect(stdout).toMatch(/! +nomor seri +SN-0012345/);
    expect(stdout).toMatch(/! +pemilik atau pemotret +Operator Contoh/);
    expect(stdout).toContain("1 dari 1 foto membocorkan data pribadi, 1 di antaranya lokasi pengambilan.");
  });

  it("says it to scripts, and a file that is no photo stops no other", async () => {
    const { folder, json } = await desk();
    await writeFile(path.join(folder, "foto", "bad.jpg"), "no photo");
    const { code, photos, failed } = await json("inspect foto");
    expect(code).toBe(3);
    expect(failed).toMatchObject([
      { source: path.join(folder, "foto", "bad.jpg"), code: "photo-not-supported" },
    ]);
    expect(photos).toHaveLength(2);
    expect(photos[0]).toMatchObject({
      source: path.join(folder, "foto", "IMG_1.jpg"),
      format: "jpeg",
      width: 300,
      height: 200,
      orientation: 1,
      color: { space: "RGB" },
      private: { gps: somewhere, serial_numbers: ["SN-0012345"], owner: "Operator Contoh" },
    });
  });

  it("of a rendition says that it tells nothing", async () => {
    const { run, json } = await desk();
    await json("resize foto/IMG_1.jpg");
    const { stdout } = await run("inspect hasil/IMG_1.web.jpg");
    expect(stdout).toContain("Tidak menyimpan apa-apa tentang pemotretnya.");
    expect(stdout).toContain("1 foto diperiksa; tidak ada yang membocorkan");
  });

  it("of the office's own credit, which resize writes, says no leak", async () => {
    const { folder, run, json } = await desk();
    const settings = 'kecamatan: "32.16.07"\nphotos: { credit: "Humas" }\n';
    await writeFile(path.join(folder, "kominfo.yaml"), settings);
    await json("resize foto/IMG_1.jpg");
    const { stdout } = await run("inspect hasil/IMG_1.web.jpg");
    expect(stdout).toMatch(/kredit +Humas/);
    expect(stdout).not.toMatch(/pemilik atau pemotret|photo resize/);
    expect(stdout).toContain("1 foto diperiksa; tidak ada yang membocorkan");
  });

  it("says that nothing leaks only of what was read whole, and of all that was asked for", async () => {
    const { folder, run, json } = await desk();
    await json("resize foto/IMG_1.jpg");
    const rendition = await readFile(path.join(folder, "hasil", "IMG_1.web.jpg"));
    const odd = path.join(folder, "hasil", "odd.jpg");
    await writeFile(odd, Buffer.concat([rendition, Buffer.from("SEFT something")]));
    const unread = await run("inspect hasil/IMG_1.web.jpg hasil/odd.jpg");
    expect(unread.stdout).toMatch(/tidak terbaca utuh +data di belakang gambar/);
    expect(unread.stdout).toContain(
      "! 2 foto diperiksa; lokasi dan pemilik tidak ditemukan, tetapi 1 di antaranya berisi bagian yang tidak dapat dibaca.",
    );
    expect(unread.stdout).not.toMatch(/✓|tidak ada yang membocorkan/);
    const both = await run("inspect foto/IMG_1.jpg hasil/odd.jpg");
    expect(both.stdout).toContain(
      "1 dari 2 foto membocorkan data pribadi, 1 di antaranya lokasi pengambilan. 1 foto lain berisi bagian yang tidak dapat dibaca.",
    );
    await writeFile(odd, "no photo");
    const failed = await run("inspect hasil/IMG_1.web.jpg hasil/odd.jpg");
    expect(failed.code).toBe(3);
    expect(failed.stdout).not.toContain("✓");
    const none = await run("inspect hasil/odd.jpg");
    expect(none.stdout).not.toMatch(/✓|0 foto/);
  });

  it("what a hostile photo says of itself cannot move the cursor", async () => {
    const { folder, run } = await desk();
    const sharp = (await import("sharp")).default;
    const hostile = await sharp(await samplePhoto({ width: 30, height: 20 }))
      .withExif({ IFD0: { Artist: "\u001b[2J\u001b]0;owned\u0007 Budi\r\nroot" } })
      .toBuffer();
    await writeFile(path.join(folder, "foto", "x.jpg"), hostile);
    const { stdout } = await run("inspect foto/x.jpg");
    expect(stdout).not.toMatch(/[\u001b\u0007\r]/);
    expect(stdout).toContain("Budi");
  });

  it("its sheet shows the photos and what they carry", async () => {
    const { folder, run } = await desk();
    expect((await run("inspect foto --sheet periksa.html")).code).toBe(0);
    const page = await readFile(path.join(folder, "periksa.html"), "utf8");
    expect(page.match(/<article class="read">/g)).toHaveLength(2);
    expect(page).toContain("Yang dibawa foto ini:");
    expect(page).toContain("SN-0012345");
  });
});
