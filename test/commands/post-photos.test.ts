import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { HostOptions, Ran, Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const now = () => new Date("2026-11-24T02:00:00Z");
const at = (...parts: string[]) => path.join(laptop.workspace, ...parts);
const run = (argv: string[], options: Partial<HostOptions> = {}): Promise<Ran> =>
  laptop.run(argv, { now, ...options });
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
const json = async (argv: string[], options: Partial<HostOptions> = {}): Promise<any> => {
  const { stdout, stderr } = await run([...argv, "--json"], options);
  return JSON.parse(stdout || stderr);
};
const index = (slug = sampleSlug) => readFile(at("posts", slug, "index.md"), "utf8");
async function made(photos: number, ...flags: string[]): Promise<string> {
  const file = await writeAnswers(at("jawaban"), photos, 320);
  return (await json(["post", "new", "berita-kegiatan", "--from", file, ...flags])).post.slug;
}
const asks = (question: string) => new RegExp(`\\? ${question}`);
/** Slugs are cut at a word, so that the number has room. */
const second = "2026-11-22-camat-cibitung-buka-musrenbang-tingkat-2";
const down = "\u001b[B";

describe("post photos by flags", () => {
  it("lists the photos with their numbers, and changes nothing", async () => {
    await made(2);
    const before = await index();
    const { post, photos, changed } = await json(["post", "photos", "musrenbang"]);
    expect({ slug: post.slug, changed }).toEqual({ slug: sampleSlug, changed: 0 });
    expect(photos).toMatchObject([
      { number: 1, file: "foto/IMG_1001.jpg", caption: "Camat membuka Musrenbang (1)", blur: [] },
      { number: 2, file: "foto/IMG_1002.jpg", lead: false, focus: null },
    ]);
    const ran = await run(["post", "photos", "musrenbang"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^2 +IMG_1002\.jpg +Camat membuka/m);
    expect(ran.stdout).not.toContain("✓");
    expect(await index()).toBe(before);
  });

  it("changes one photo, keeps comments and unknown keys, and says how many", async () => {
    await made(2);
    const text = (await index()).replace(
      'berkas: "foto/IMG_1002.jpg"',
      '$& # dari Pak Budi\n    lensa: "50 mm"',
    );
    await writeFile(at("posts", sampleSlug, "index.md"), text);
    const words = ["--caption", "Warga: mengisi #hadir", "--alt", "Meja", "--credit", "Foto: Budi"];
    const flags = [...words, "--move-to", "1", "--focus", "kiri atas", "--lead", "--children", "ada-berizin"];
    const ran = await run(["post", "photos", "musrenbang", "--photo", "2", ...flags]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`✓ 1 foto diubah di ${sampleSlug}`);
    const { photos } = await json(["post", "photos", "musrenbang"]);
    expect(photos).toMatchObject([
      {
        ...{ file: "foto/IMG_1002.jpg", caption: "Warga: mengisi #hadir", alt: "Meja", credit: "Foto: Budi" },
        ...{ focus: "0.2,0.2", lead: true, children: "consented" },
      },
      { file: "foto/IMG_1001.jpg", lead: false },
    ]);
    const after = await index();
    expect(after).toContain("# dari Pak Budi");
    expect(after).toContain('lensa: "50 mm"');
    expect(after.split("---\n").at(-1)).toBe(text.split("---\n").at(-1));
  });

  it("names what adds a photo where a post has none", async () => {
    const slug = await made(0);
    for (const flags of [
      ["--photo", "1", "--alt", "x"],
      ["--alt", "x"],
    ]) {
      const { error } = await json(["post", "photos", "musrenbang", ...flags]);
      expect(error).toMatchObject({ code: "photo-number", message: `${slug} belum memuat foto.` });
      expect(error.hints).toEqual([`Tambahkan dengan: kominfo post attach ${slug} <foto>`]);
    }
  });

  it("takes a photo out by its name; its file stays", async () => {
    await made(2);
    const name = "img_1001";
    expect((await json(["post", "photos", "musrenbang", "--photo", name, "--remove"])).photos).toHaveLength(
      1,
    );
    expect(await readdir(at("posts", sampleSlug, "foto"))).toContain("IMG_1001.jpg");
  });

  it.each<[string[], string]>([
    [["--caption", "x"], "missing-input"],
    [["--photo", "3", "--caption", "x"], "photo-number"],
    [["--photo", "IMG_9.jpg", "--caption", "x"], "photo-number"],
    [["--photo", "1", "--focus", "pinggir"], "photo-focus"],
    [["--photo", "1", "--move-to", "3"], "bad-number"],
    [["--photo", "1", "--children", "ada"], "bad-choice"],
    [["--photo", "1", "--remove", "--alt", "x"], "remove-alone"],
  ])("refuses %j as %s (exit 2), and changes nothing", async (flags, code) => {
    await made(2);
    const before = await index();
    const ran = await run(["post", "photos", "musrenbang", ...flags, "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
    expect(await index()).toBe(before);
  });
});

describe("post photos in a terminal", () => {
  it("opens each photo, changes what is chosen, and goes on with another", async () => {
    await made(2);
    const opened: string[] = [];
    const open = async (file: string) => void opened.push(path.basename(file));
    const ran = await run(["post", "photos", "musrenbang"], {
      open,
      typed: [
        [asks("Foto mana yang ingin diubah"), "2\r"],
        [asks("Apa yang diubah"), "\r"],
        [asks("Keterangan foto: siapa"), "\u0015Warga hadir\r"],
        // The order.
        [asks("Apa yang diubah"), `${down.repeat(3)}\r`],
        [asks("Menjadi foto ke berapa"), "1\r"],
        // The focus.
        [asks("Apa yang diubah"), `${down.repeat(5)}\r`],
        [asks("Bagian mana yang harus selalu"), `${down.repeat(2)}\r`],
        // Another photo.
        [asks("Apa yang diubah"), `${down.repeat(10)}\r`],
        [asks("Foto mana yang ingin diubah"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(opened).toEqual(["IMG_1002.jpg"]);
    const told = ran.stderr.replace(/\s+/g, " ");
    expect(told).toContain("Foto 2 (IMG_1002.jpg), diubah: Keterangan foto: Warga hadir");
    expect(told).toContain("Foto 1 (IMG_1002.jpg), diubah: Urutan: 1");
    expect(told).toContain("Foto 1 (IMG_1002.jpg), diubah: Bagian yang tidak boleh terpotong: 0.5,0.2");
    // What was done beside the texts is in the list.
    expect(ran.stdout).toMatch(/1 +IMG_1002\.jpg .*bagian penting di 0\.5,0\.2/);
    expect(ran.stdout).toContain(`✓ 1 foto diubah di ${sampleSlug}`);
    const { photos } = await json(["post", "photos", "musrenbang"]);
    expect(photos[0]).toMatchObject({ file: "foto/IMG_1002.jpg", caption: "Warga hadir", focus: "0.5,0.2" });
  });

  it("begins at the first photo that is not complete", async () => {
    await made(3);
    const file = at("posts", sampleSlug, "index.md");
    const [head, ...rest] = (await index()).split(/(?=^ {2}- berkas:)/m);
    const bare = rest.map((photo, i) => (i === 1 ? photo.replace(/^ {4}alt:.*\n/m, "") : photo));
    await writeFile(file, [head, ...bare].join(""));
    const ran = await run(["post", "photos", "musrenbang"], {
      typed: [
        [asks("Foto mana yang ingin diubah"), "\r"],
        [asks("Apa yang diubah"), `${down}\r`],
        [asks("Gambaran isi foto bagi"), "Podium\r"],
        [asks("Apa yang diubah"), `${down.repeat(10)}\r`],
        // Nothing is left to do: Enter ends it.
        [asks("Foto mana yang ingin diubah"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    const { photos } = await json(["post", "photos", "musrenbang"]);
    expect(photos[1]).toMatchObject({ file: "foto/IMG_1002.jpg", alt: "Podium" });
  });

  it("says at once that a consent without who gave it is not complete", async () => {
    await made(1);
    const ran = await run(["post", "photos", "musrenbang", "--photo", "1"], {
      typed: [
        // One photo has no order and no lead.
        [asks("Apa yang diubah"), `${down.repeat(4)}\r`],
        [asks("Ada anak di foto ini"), "3\r"],
        [asks("Siapa yang memberi izin"), "\r"],
        [/Izin ini belum lengkap[\s\S]*\? Kapan izin itu/, "22/11/2026\r"],
        [asks("Untuk apa izin itu"), "Berita\r"],
        [asks("Apa yang diubah"), `${down.repeat(8)}\r`],
        [asks("Foto mana"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr.match(/Izin ini belum lengkap/g)).toHaveLength(1);
  });

  it("lists each photo on one line of a narrow terminal", async () => {
    await made(1);
    const file = at("posts", sampleSlug, "index.md");
    const bare = (await index())
      .replace(/^ {4}alt:.*\n/m, "")
      .replace(/^( {4}takarir:).*$/m, `$1 "${"Warga ".repeat(20)}"`);
    await writeFile(file, bare);
    const { stdout } = await run(["post", "photos", "musrenbang"], {
      columns: 60,
      typed: [[asks("Foto mana"), `${down}\r`]],
    });
    const lines = stdout.split("\n").filter((line) => line.includes("IMG_1001"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^1 .*belum lengkap · Warga .*…$/);
    expect(lines[0]!.length).toBeLessThanOrEqual(60);
    expect(stdout).not.toMatch(/^ *Warga/m);
  });

  it("keeps what was changed before Ctrl-C, and says where a photo is that nothing opens", async () => {
    await made(1);
    const ran = await run(["post", "photos", "musrenbang", "--photo", "1"], {
      typed: [
        [asks("Apa yang diubah"), `${down}\r`],
        [asks("Gambaran isi foto bagi"), "\u0015Podium\r"],
        [asks("Apa yang diubah"), "\u0003"],
      ],
    });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain("Yang sudah diubah tersimpan di naskah.");
    expect(ran.stderr.replace(/\s+/g, " ")).toContain(`Lanjutkan dengan: kominfo post photos ${sampleSlug}`);
    expect(ran.stderr).toContain("Lihat fotonya di:");
    expect(ran.stderr).toContain(at("posts", sampleSlug, "foto", "IMG_1001.jpg"));
    expect(await index()).toContain('alt: "Podium"');
  });

  it("blurs a part, says so of the children, and opens what will be sent", async () => {
    await made(1);
    const opened: string[] = [];
    const open = async (file: string) => void opened.push(file);
    const ran = await run(["post", "photos", "musrenbang", "--photo", "1", "--json"], { open });
    expect(ran.code).toBe(0);
    await run(["post", "photos", "musrenbang", "--photo", "1", "--children", "belum-diperiksa"]);
    const blurred = await run(["post", "photos", "musrenbang", "--photo", "1"], {
      open,
      typed: [
        // One photo has no order and no lead.
        [asks("Apa yang diubah"), `${down.repeat(5)}\r`],
        [asks("Bagian yang disamarkan"), "5000,0,1,1\r"],
        ["Tulis empat angka", "\u001540%,10%,15%,20%\r"],
        [/✔ Bagian yang disamarkan[\s\S]*\? Bagian yang disamarkan/, "\r"],
        [asks("Apakah semua anak"), "y\r"],
        [asks("Apa yang diubah"), `${down.repeat(8)}\r`],
        [asks("Foto mana"), "\r"],
      ],
    });
    expect(blurred.code).toBe(0);
    const { photos } = await json(["post", "photos", "musrenbang"]);
    expect(photos[0]).toMatchObject({ blur: ["40%,10%,15%,20%"], children: "masked" });
    expect(opened.at(-1)).toMatch(/renditions.[0-9a-f]{16}\.jpg$/);
  });
});

describe("photo blur", () => {
  const photo = () => at("posts", sampleSlug, "foto", "IMG_1001.jpg");

  it("records the parts in the post, keeps the original, and shows what will be sent", async () => {
    await made(1);
    const original = await readFile(photo());
    const boxes = ["--box", "32,24,64,48", "--box", "50%,50%,10%,10%"];
    const told = await json(["photo", "blur", photo(), ...boxes]);
    expect(told).toMatchObject({
      photo: { path: photo(), boxes: ["10%,10%,20%,20%", "50%,50%,10%,10%"] },
      post: { slug: sampleSlug },
    });
    expect(await readFile(photo())).toEqual(original);
    expect((await sharp(await readFile(told.result)).metadata()).width).toBe(320);
    // The same once more adds nothing, and what is sent of it is the same.
    const again = await json(["photo", "blur", photo(), ...boxes]);
    expect(again).toEqual(told);
    const text = (await run(["photo", "blur", photo(), "--box", "0,0,10,10"])).stdout;
    expect(text).toContain("✓ 3 bagian disamarkan di IMG_1001.jpg");
    expect(text).toContain(`kominfo post photos ${sampleSlug} --photo 1 --children ada-disamarkan`);
    const cleared = await json(["photo", "blur", photo(), "--clear"]);
    expect(cleared).toMatchObject({ photo: { boxes: [] }, result: null });
    expect(await index()).not.toContain("samar");
  });

  it("reaches photo resize of that photo, too", async () => {
    await made(1);
    const plain = await json(["photo", "resize", photo(), "--out", at("a")]);
    await run(["photo", "blur", photo(), "--box", "0,0,320,240"]);
    const blurred = await json(["photo", "resize", photo(), "--out", at("b")]);
    const picture = (told: { renditions: { path: string }[] }) => readFile(told.renditions[0]!.path);
    const edges = async (jpeg: Buffer) => (await sharp(jpeg).stats()).sharpness;
    expect(await edges(await picture(blurred))).toBeLessThan((await edges(await picture(plain))) / 2);
  });

  it("makes a new file of a photo of no post, without place and camera, and replaces none", async () => {
    await writePhoto(laptop.workspace, "IMG_5.jpg", { gps: { latitude: -6.24, longitude: 107.08 } });
    const told = await json(["photo", "blur", "IMG_5.jpg", "--box", "10%,10%,20%,20%"]);
    expect(told).toMatchObject({ post: null, result: at("IMG_5-samar.jpg") });
    const { exif, width } = await sharp(await readFile(told.result)).metadata();
    expect({ exif, width }).toEqual({ exif: undefined, width: 300 });
    const twice = await run(["photo", "blur", "IMG_5.jpg", "--box", "1,1,5,5", "--json"]);
    expect(twice.code).toBe(1);
    expect(JSON.parse(twice.stderr).error.code).toBe("blur-occupied");
    const ran = await run(["photo", "blur", "IMG_5.jpg", "--box", "1,1,5,5", "--out", "lain.jpg"]);
    expect(ran.stdout).toContain(at("lain.jpg"));
  });

  it("goes with the photo into another post", async () => {
    await made(1);
    await run(["photo", "blur", photo(), "--box", "10%,10%,20%,20%"]);
    const given = await made(0, "--again");
    const original = at("jawaban", "IMG_1001.jpg");
    const { stderr } = await run(["post", "attach", given, original]);
    expect(stderr).toContain("Disamarkan di naskah lain, jadi di sini juga: IMG_1001.jpg");
    expect((await json(["post", "photos", given])).photos).toMatchObject([{ blur: ["10%,10%,20%,20%"] }]);
  });

  it("goes with the photo that another post is made from: out of its folder, by --photo, --from and --copy", async () => {
    const boxes = ["10%,10%,20%,20%"];
    await made(1);
    await run(["photo", "blur", photo(), "--box", boxes[0]!]);
    const given = await made(0, "--again");
    await run(["post", "attach", given, photo()]);
    const { post: flagged, ...rest } = await json([
      ...[
        "post",
        "new",
        "ucapan",
        "--title",
        "Selamat",
        "--set",
        "hari_besar=Hari Ibu",
        "--set",
        "tanggal=22/12/2026",
        "--photo",
        photo(),
      ],
    ]);
    expect(rest.photos).toHaveLength(1);
    const answers = at("posts", sampleSlug, "salinan.json");
    const foto = [{ berkas: "foto/IMG_1001.jpg" }];
    await writeFile(
      answers,
      JSON.stringify({ judul: "Selamat dua", hari_besar: "Hari Ibu", tanggal: "22/12/2026", foto }),
    );
    const { post: answered } = await json(["post", "new", "ucapan", "--from", answers]);
    const { post: copied } = await json(["post", "new", "--copy", sampleSlug]);
    for (const slug of [given, flagged.slug, answered.slug, copied.slug]) {
      expect((await json(["post", "photos", slug])).photos, slug).toMatchObject([{ blur: boxes }]);
    }
  });

  it("goes with the original into photo resize, and a photo that only has its name is told", async () => {
    await made(1);
    await run(["photo", "blur", photo(), "--box", "0%,0%,100%,100%"]);
    await mkdir(at("lain"));
    await writePhoto(at("lain"), "IMG_1001.jpg", { seed: 77 });
    const ran = await run(["photo", "resize", at("jawaban", "IMG_1001.jpg"), "--out", "o"]);
    expect(ran.stderr).toContain("Disamarkan seperti di naskahnya: IMG_1001.jpg");
    // The same post is no other one.
    const again = await run(["post", "attach", sampleSlug, at("jawaban", "IMG_1001.jpg")]);
    expect(again).toMatchObject({ code: 0, stderr: "" });
    // Nothing of the picture is left but soft patches.
    const detail = async (file: string) =>
      (
        await sharp(await readFile(file))
          .greyscale()
          .stats()
      ).sharpness;
    const plain = await run(["photo", "resize", "lain", "--out", "p"]);
    expect(plain.stderr.replace(/\s+/g, " ")).toContain("IMG_1001.jpg tidak disamarkan.");
    expect(await detail(at("o", "IMG_1001.web.jpg"))).toBeLessThan(
      (await detail(at("p", "IMG_1001.web.jpg"))) / 3,
    );
  });

  it("asks which photo of a folder, says that it is one where nobody can be asked, and writes into one", async () => {
    await mkdir(at("acara dua"));
    for (const name of ["IMG_1.jpg", "IMG_2.jpg"]) await writePhoto(at("acara dua"), name);
    const boxes = ["--box", "10%,10%,20%,20%"];
    const { error } = await json(["photo", "blur", "acara dua", ...boxes]);
    expect(error).toMatchObject({
      ...{ code: "blur-folder", exit: 2 },
      message: "acara dua adalah folder; foto disamarkan satu per satu.",
    });
    expect(error.hints[0]).toContain(`kominfo photo blur "${at("acara dua", "IMG_1.jpg")}"`);
    const asked = await run(["photo", "blur", "acara dua", ...boxes], {
      typed: [[asks("Foto yang mana"), `${down}\r`]],
    });
    expect(asked.code).toBe(0);
    await mkdir(at("keluar"));
    await run(["photo", "blur", at("acara dua", "IMG_1.jpg"), ...boxes, "--out", "keluar"]);
    expect(await readdir(at("acara dua"))).toContain("IMG_2-samar.jpg");
    expect(await readdir(at("keluar"))).toEqual(["IMG_1-samar.jpg"]);
  });

  it.each<[string[], string]>([
    [[], "missing-input"],
    [["--box", "900,0,10,10"], "photo-box"],
    [["--box", "muka"], "photo-box"],
  ])("refuses %j as %s (exit 2)", async (flags, code) => {
    await made(1);
    const ran = await run(["photo", "blur", photo(), ...flags, "--json"]);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
  });

  it("refuses a photo that the post does not list, and one that is none", async () => {
    await made(1);
    await writePhoto(at("posts", sampleSlug, "foto"), "lain.jpg");
    const lain = at("posts", sampleSlug, "foto", "lain.jpg");
    expect((await json(["photo", "blur", lain, "--box", "1,1,5,5"])).error.code).toBe("photo-not-listed");
    await writeFile(at("b.jpg"), "bukan foto");
    const { error } = await json(["photo", "blur", "b.jpg", "--box", "1,1,5,5"]);
    expect(error.code).toBe("photo-not-supported");
    expect((await json(["photo", "blur", "tiada.jpg", "--box", "1,1,5,5"])).error.code).toBe(
      "file-not-found",
    );
  });
});

describe("post delete", () => {
  it("moves a draft to the bin, says how to get it back, and gets it back whole", async () => {
    await made(1);
    const before = await index();
    const ran = await run(["post", "delete", "musrenbang"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`kominfo post delete ${sampleSlug} --restore`);
    expect((await json(["post", "list"])).items).toEqual([]);
    expect(await json(["post", "delete", "musrenbang", "--restore"])).toEqual({
      post: { slug: sampleSlug, path: at("posts", sampleSlug) },
      restored: true,
    });
    expect(await index()).toBe(before);
    expect(await readdir(at("posts", sampleSlug, "foto"))).toEqual(["IMG_1001.jpg"]);
  });

  it("keeps both where the same name is deleted or restored twice", async () => {
    for (let n = 0; n < 2; n++) {
      await made(0);
      await run(["post", "delete", "musrenbang"]);
    }
    expect((await readdir(at(".kominfo", "sampah"))).sort()).toEqual([second, sampleSlug]);
    await made(0);
    expect((await json(["post", "delete", sampleSlug, "--restore"])).post.slug).toBe(second);
    const { error } = await json(["post", "delete", "entah", "--restore"]);
    expect(error).toMatchObject({ code: "post-not-in-bin", hints: [`Yang ada di sampah: ${second}`] });
    const taken = await run(["post", "delete", second, "--restore"]);
    expect(taken.stdout).toMatch(
      /^✓ Naskah dikembalikan sebagai .*-2-2; nama .*-2 sudah dipakai naskah lain\./,
    );
  });

  it("never takes a whole name that is gone for a part of another post's", async () => {
    await made(0);
    await made(0, "--again");
    const longer = `${sampleSlug}-bekasi`;
    await rename(at("posts", second), at("posts", longer));
    const ran = await run(["post", "delete", sampleSlug], { typed: [[asks("Pindahkan naskah"), "y\r"]] });
    expect(ran.code).toBe(0);
    expect(ran.stderr.replace(/\s+/g, " ")).toContain(`(${sampleSlug}) ke sampah?`);
    const newsroom = 'newsroom: { kind: kominfo, url: "http://127.0.0.1:9" }\n';
    await writeFile(at("kominfo.yaml"), `kecamatan: "32.16.07"\n${newsroom}`);
    for (const verb of [["delete"], ["withdraw", "--reason", "x"], ["submit"], ["publish"], ["unpublish"]]) {
      const again = await run(["post", verb[0]!, sampleSlug, ...verb.slice(1)], {
        env: { KOMINFO_NEWSROOM_TOKEN: "x" },
      });
      expect(again).toMatchObject({ code: 2, stdout: "" });
      expect(again.stderr).toContain(
        `Naskah itu ada di sampah; untuk mengembalikannya: kominfo post delete ${sampleSlug} --restore`,
      );
    }
    expect(await readdir(at("posts"))).toEqual([longer]);
    const { error } = await json(["post", "delete", "2026-11-22-camat"]);
    expect(error).toMatchObject({
      code: "post-missing",
      hints: [`Mungkin maksud Anda: ${longer}`, "kominfo post list"],
    });
    expect((await json(["post", "show", "2026-11-22-camat"])).post.slug).toBe(longer);
    await run(["post", "delete", longer]);
    await run(["post", "delete", sampleSlug, "--restore"]);
    expect((await json(["post", "delete", sampleSlug, "--restore"])).error.code).toBe("post-not-in-bin");
  });

  it("chooses in the bin where --restore names none", async () => {
    const nothing = await run(["post", "delete", "--restore"], { typed: [] });
    expect(nothing).toMatchObject({ code: 1 });
    expect(nothing.stderr).toContain("Tidak ada naskah di sampah.");
    await made(0);
    await run(["post", "delete", "musrenbang"]);
    await made(0, "--again");
    const back = await run(["post", "delete", "--restore"], { typed: [[asks("Naskah yang mana"), "\r"]] });
    expect(back.stdout).toContain(`Naskah dikembalikan sebagai ${second}`);
  });

  it("asks in a terminal, and a no changes nothing", async () => {
    await made(0);
    const ran = await run(["post", "delete", "musrenbang"], { typed: [[asks("Pindahkan naskah"), "\r"]] });
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
    expect((await json(["post", "list"])).items).toHaveLength(1);
  });

  const submission = (state: string) => ({
    ...{
      id: "0b3a7c1e-6f0e-4d0c-9a56-0e9f1a2b3c4d",
      revision: 1,
      state,
      updated_at: "2026-11-24T01:00:00.000Z",
    },
    ...{ origin: "https://redaksi.example.go.id", url: "https://redaksi.example.go.id/x" },
  });

  it.each([
    ["submitted", 1],
    ["approved", 1],
    ["withdrawn", 0],
  ])("of a post that is %s ends with %i", async (state, code) => {
    await made(0);
    await mkdir(at("posts", sampleSlug, ".kominfo"), { recursive: true });
    const file = at("posts", sampleSlug, ".kominfo", "state.json");
    await writeFile(file, JSON.stringify({ submission: submission(state) }));
    const ran = await run(["post", "delete", "musrenbang"]);
    expect(ran.code).toBe(code);
    if (code === 1) expect(ran.stderr).toContain(`kominfo post withdraw ${sampleSlug}`);
  });
});

describe("post new", () => {
  it("--from says that the post is there, and makes another one with --again", async () => {
    await made(0);
    const file = at("jawaban", "answers.json");
    const ran = await run(["post", "new", "berita-kegiatan", "--from", file, "--json"]);
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "post-exists" });
    expect(await made(0, "--again")).toBe(second);
  });

  it("asks a person for a photo where all else was given and the kind wants one; an empty answer is one", async () => {
    const file = await writeAnswers(at("jawaban"), 0, 320);
    await writePhoto(at("jawaban"), "IMG_7.jpg");
    const from = ["post", "new", "berita-kegiatan", "--from", file];
    const none = await run(from, { typed: [[asks("Foto: berkas atau folder"), "\r"]] });
    expect(none.code).toBe(0);
    const texts: Typed[] = ["Keterangan foto", "Gambaran isi", "Kredit foto"].map((each) => [
      asks(each),
      "x\r",
    ]);
    const given = await run([...from, "--again"], {
      typed: [[asks("Foto: berkas atau folder"), `${at("jawaban", "IMG_7.jpg")}\r`], ...texts],
    });
    expect(given.stdout).toContain("1 foto disalin ke foto/");
  });

  it("--copy makes a draft of another post with its photos, without what belongs to that one", async () => {
    await made(2);
    const text = (await index()).replace(
      /^prioritas:/m,
      'ralat: "Jumlahnya 120." # ralat\ninternal:\n  persetujuan: {nama: "Ibu Camat"}\n  catatan: "Tanya Budi"\n$&',
    );
    await writeFile(at("posts", sampleSlug, "index.md"), text.replace(/^internal: \{\}\n/m, ""));
    const told = await json(["post", "new", "--copy", "musrenbang"]);
    expect(told).toMatchObject({
      ...{ post: { slug: second, state: "draft" }, copied_from: sampleSlug },
    });
    expect(told.photos).toHaveLength(2);
    const copied = await index(second);
    expect(copied).not.toMatch(/ralat:|persetujuan|Ibu Camat/);
    expect(copied).toContain("Tanya Budi");
    expect(await readdir(at("posts", second))).toEqual([".kominfo", "foto", "index.md"]);
    expect((await json(["post", "new", "ucapan", "--copy", "musrenbang"])).error.code).toBe("copy-alone");
    // Where nobody is at a terminal, --edit says where the text is.
    const edited = await run(["post", "new", "--copy", sampleSlug, "--edit"]);
    expect(edited).toMatchObject({ code: 0, stderr: expect.stringContaining("index.md") });
    await rm(at("posts", sampleSlug, "foto", "IMG_1001.jpg"));
    expect((await json(["post", "new", "--copy", sampleSlug])).error.code).toBe("file-not-found");
  });
});

describe("what is due", () => {
  const agenda = async (date: string, title: string) =>
    run([
      ...["post", "new", "agenda", "--title", title, "--set", `tanggal=${date}`],
      ...["--set", "waktu_mulai=09.00", "--set", "lokasi=Aula"],
    ]);
  const list = async () => (await run(["post", "list"])).stdout;

  it("is the news of an event from the day after it, until there is news of that day", async () => {
    await agenda("2026-11-24", "Rakor Hari Ini");
    expect(await list()).not.toContain("Tulis beritanya?");
    await agenda("2026-11-22", "Musyawarah Kecamatan");
    await agenda("2026-10-01", "Yang Lama");
    const text = await list();
    expect(text.match(/Tulis beritanya\?/g)).toHaveLength(1);
    expect(text).toContain("Musyawarah Kecamatan");
    expect(text).toContain("kominfo post new berita-kegiatan --set tanggal=2026-11-22");
    await made(0);
    expect(await list()).not.toContain("Tulis beritanya?");
  });

  const title = "Camat Buka Musyawarah Kecamatan";
  const takenOver = [
    [asks("Judul"), `${title}\r`],
    [asks("Nama kegiatan"), "\r"],
    [asks("Tanggal kegiatan"), "\r"],
    [asks("Tempat kegiatan"), "\u0003"],
  ] as const;

  it("can be chosen in the menu, and its news takes over what the agenda knows", async () => {
    await agenda("2026-11-22", "Musyawarah Kecamatan");
    const ran = await run([], { typed: [[/❯ Tulis berita: Musyawarah Kecamatan/, "\r"], ...takenOver] });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain('diambil dari agenda "Musyawarah Kecamatan"');
    const saved = JSON.parse(await readFile(at(".kominfo", "unfinished-berita-kegiatan.json"), "utf8"));
    expect(saved.answers).toMatchObject({
      ...{ judul: title, kegiatan: "Musyawarah Kecamatan", tanggal: "2026-11-22", lokasi: "Aula" },
    });
  });

  it("asks which event the news is of, and none is an answer", async () => {
    await agenda("2026-11-22", "Musyawarah Kecamatan");
    await agenda("2026-11-23", "Rakor Desa");
    const own = await run(["post", "new", "berita-kegiatan"], {
      typed: [
        [asks("Berita dari agenda yang mana"), "Kegiatan lain\r"],
        [asks("Judul"), "\u0003"],
      ],
    });
    expect(own.stderr).not.toContain("diambil dari agenda");
    expect(own.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
    const chosen = await run(["post", "new", "berita-kegiatan"], {
      typed: [[/agenda yang mana[\s\S]*❯ Rakor Desa/, "Musya\r"], ...takenOver],
    });
    expect(chosen.stderr).toContain('diambil dari agenda "Musyawarah Kecamatan"');
  });

  it("leaves a script alone that gives the day only", async () => {
    await agenda("2026-11-22", "Musyawarah Kecamatan");
    const { error } = await json(["post", "new", "berita-kegiatan", "--set", "tanggal=2026-11-22"]);
    expect(error).toMatchObject({ code: "answers-invalid", exit: 2 });
  });

  it("a date that is hardly meant is asked for once more", async () => {
    const ran = await run(
      ["post", "new", "ucapan", "--title", "Selamat Hari Guru", "--set", "hari_besar=Hari Guru"],
      {
        typed: [
          [asks("Tanggal"), "25/11/1990\r"],
          [asks("Tahun 1990, benar"), "\r"],
          [asks("Tanggal"), "\u001525/11/2026\r"],
          [asks("Foto"), "\r"],
          [asks("Simpan naskah ini"), "\r"],
        ],
      },
    );
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("2026-11-25-selamat-hari-guru");
  });

  it("an end before its beginning is asked for once more, and the answer chosen by mistake is left", async () => {
    const ran = await run(["post", "new", "agenda"], {
      typed: [
        [asks("Nama kegiatan"), "Pasar Murah\r"],
        [asks("Tanggal kegiatan"), "25/11/2026\r"],
        [asks("Mulai pukul"), "08.30\r"],
        [asks("Selesai pukul"), "07.00\r"],
        [/> Lebih awal daripada mulainya \(08\.30\)/, "\u001511.00\r"],
        [asks("Luring"), "\r"],
        [asks("Tempat kegiatan"), "Halaman kantor\r"],
        [asks("Desa atau kelurahan"), "\r"],
        [asks("Siapa yang diundang"), "\r"],
        [asks("Penanggung jawab"), "\r"],
        [asks("Tautan"), "\r"],
        [asks("Keterangan tambahan"), "\r"],
        [asks("Kategori"), "\r"],
        [asks("Foto"), "\r"],
        [asks("Simpan naskah ini"), "\u001b[B\r"],
        [asks("Jawaban mana"), "(kembali\r"],
        [asks("Simpan naskah ini"), "\r"],
        [asks("Buka isi naskah"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(await readFile(at("posts", "2026-11-25-pasar-murah", "index.md"), "utf8")).toContain(
      'waktu_selesai: "11:00"',
    );
  });

  it("a post without a photo is asked about before it is sent, and a no sends nothing", async () => {
    await made(0);
    const newsroom = 'newsroom: { kind: kominfo, url: "http://127.0.0.1:9" }\n';
    await writeFile(at("kominfo.yaml"), `kecamatan: "32.16.07"\n${newsroom}`);
    const ran = await run(["post", "submit", "musrenbang"], {
      typed: [[asks("Naskah ini tanpa foto"), "t\r"]],
    });
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("Tidak jadi");
    const { warnings } = await json(["post", "check", "musrenbang"]);
    expect(warnings).toMatchObject([{ code: "photo-wanted", key: "foto" }]);
  });
});
