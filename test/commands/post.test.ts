import { access, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { main } from "../../src/main.js";
import { editPost } from "../../src/post/front-matter/edit.js";
import { changePost } from "../../src/workspace/change.js";
import { findBundle } from "../../src/workspace/posts.js";
import { openWorkspace } from "../../src/workspace/workspace.js";
import { sampleAnswers, sampleSlug, writeAnswers } from "../support/answers.js";
import { type HostOptions, type Ran, runDepsOf, type Typed, testHost } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";
import { zipOf } from "../support/zip.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(async () => {
  await laptop.remove();
});

const now = () => new Date("2026-11-24T02:00:00Z");
const at = (...parts: string[]) => path.join(laptop.workspace, ...parts);
const post = (argv: string[], options: Partial<HostOptions> = {}): Promise<Ran> =>
  laptop.run(["post", ...argv], { now, ...options });
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
const json = async (argv: string[], options: Partial<HostOptions> = {}): Promise<any> => {
  const { stdout, stderr } = await post([...argv, "--json"], options);
  return JSON.parse(stdout || stderr);
};
const index = (slug: string) => readFile(at("posts", slug, "index.md"), "utf8");
const posts = () => readdir(at("posts")).catch(() => []);

/** The flags of a greeting that is complete. */
const greeting = [
  ...["ucapan", "--title", "Selamat Hari Guru", "--set", "hari_besar=Hari Guru Nasional"],
  ...["--set", "tanggal=25/11/2026", "--set", "kategori=pendidikan"],
];
const greetingSlug = "2026-11-25-selamat-hari-guru";

/** A post of the sample answers, with this many photos. */
async function made(photos = 0): Promise<string> {
  const file = await writeAnswers(at("jawaban"), photos, 320);
  return (await json(["new", "berita-kegiatan", "--from", file])).post.slug;
}

describe("post new from flags", () => {
  it("makes a post, says where, and what to do next", async () => {
    const ran = await post(["new", ...greeting]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`✓ Naskah dibuat: ${greetingSlug}`);
    expect(ran.stdout).toContain(`kominfo post submit ${greetingSlug}`);
    const text = await index(greetingSlug);
    expect(text).toContain('judul: "Selamat Hari Guru"');
    expect(text).toContain("Pemerintah Kecamatan Cibitung mengucapkan selamat Hari Guru Nasional");
  });

  it("tells scripts the post and its photos, with absolute paths", async () => {
    await writePhoto(laptop.workspace, "IMG_1.jpg");
    const folder = at("posts", greetingSlug);
    expect(await json(["new", ...greeting, "--photo", "IMG_1.jpg"])).toEqual({
      post: { slug: greetingSlug, path: folder, template: "ucapan", state: "draft" },
      photos: [{ path: path.join(folder, "foto", "IMG_1.jpg") }],
      passed_over: { folders: [], unreadable: [], files: [] },
    });
    await access(path.join(folder, "foto", "IMG_1.jpg"));
  });

  it("gives a second post of the same day and title its own slug", async () => {
    await post(["new", ...greeting]);
    expect((await json(["new", ...greeting])).post.slug).toBe(`${greetingSlug}-2`);
  });

  it("takes photos as files, folders and patterns, each once", async () => {
    for (const name of ["a.jpg", "b.jpg", "c.png"]) {
      await mkdir(at("kamera"), { recursive: true });
      await writePhoto(at("kamera"), name, { seed: name.charCodeAt(0) });
    }
    const flags = ["--photo", "kamera/b.jpg", "--photo", "kamera/*.png", "--photo", "kamera"];
    const { photos } = await json(["new", ...greeting, ...flags]);
    expect(photos.map((photo: { path: string }) => path.basename(photo.path))).toEqual([
      "b.jpg",
      "c.png",
      "a.jpg",
    ]);
  });

  it("leaves out a photo that is none, says why, makes the post, and ends with 3", async () => {
    await writePhoto(laptop.workspace, "a.jpg");
    await writeFile(at("b.jpg"), "bukan foto");
    const ran = await post(["new", ...greeting, "--photo", "a.jpg", "--photo", "b.jpg", "--json"]);
    expect(ran).toMatchObject({ code: 3, stderr: "" });
    const { photos, failed } = JSON.parse(ran.stdout);
    expect(photos).toHaveLength(1);
    expect(failed).toEqual([
      { source: at("b.jpg"), code: "photo-not-supported", message: expect.any(String) },
    ]);
    const people = await post(["new", ...greeting, "--photo", "b.jpg"]);
    expect(people.code).toBe(3);
    expect(people.stderr).toContain("bukan foto yang dapat diolah");
  });

  it("names every answer that is missing or wrong at once (exit 2), and makes nothing", async () => {
    const ran = await post(["new", "ucapan", "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("answers-invalid");
    for (const key of ["judul", "hari_besar", "tanggal"])
      expect(error.hints.some((hint: string) => hint.includes(key))).toBe(true);
    const wrong = await post(["new", ...greeting, "--set", "tanggl=1/1/2026", "--set", "kategori=olahrga"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('maksud Anda "tanggal"');
    expect(await posts()).toEqual([]);
  });

  it("refuses an unknown template with the nearest, and no template at all (exit 2)", async () => {
    expect((await post(["new", "ucapn", "--title", "x"])).stderr).toContain("Mungkin maksud Anda: ucapan");
    expect(await post(["new", "--title", "x"])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("post new from answers", () => {
  it("takes a file, and photos relative to it", async () => {
    const file = await writeAnswers(at("jawaban"), 2, 320);
    const { post: created, photos } = await json(["new", "berita-kegiatan", "--from", file]);
    expect(created.slug).toBe(sampleSlug);
    expect(photos).toHaveLength(2);
    expect(await index(sampleSlug)).toContain('takarir: "Camat membuka Musrenbang (2)"');
  });

  it("takes stdin", async () => {
    const stdin = JSON.stringify(sampleAnswers());
    expect((await json(["new", "berita-kegiatan", "--from", "-"], { stdin })).post.slug).toBe(sampleSlug);
  });

  it("lets --title and --set win over the file", async () => {
    const stdin = JSON.stringify(sampleAnswers());
    const flags = ["--from", "-", "--title", "Judul Lain", "--set", "lokasi=Lapangan"];
    const { slug } = (await json(["new", "berita-kegiatan", ...flags], { stdin })).post;
    expect(slug).toBe("2026-11-22-judul-lain");
    expect(await index(slug)).toContain("Lapangan");
  });

  it("warns of a tag in a title, and makes a name without it", async () => {
    const stdin = JSON.stringify({ ...sampleAnswers(), judul: "Banjir <b>Rendam</b> RW 05" });
    const ran = await post(["new", "berita-kegiatan", "--from", "-"], { stdin });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/judul[^\n]*: memuat tanda HTML <b>/);
    expect(await posts()).toEqual(["2026-11-22-banjir-rendam-rw-05"]);
  });

  it("tells unknown keys with the nearest, and what is missing, at once", async () => {
    const stdin = JSON.stringify({ kejadian: "Banjir", kontak: "112", waktu: "10.00" });
    const { error } = await json(["new", "info-darurat", "--from", "-"], { stdin });
    const hints: string[] = error.hints;
    expect(hints.find((hint) => hint.includes("kejadian:"))).toContain('maksud Anda "jenis_kejadian"');
    expect(hints.find((hint) => hint.includes("kontak:"))).toContain('maksud Anda "kontak_darurat"');
    for (const key of ["judul", "jenis_kejadian", "kontak_darurat"])
      expect(hints.some((hint) => hint.includes("wajib diisi") && hint.includes(key))).toBe(true);
  });

  it("tells what is wrong with its line (exit 2), and a file that is not there", async () => {
    const stdin = "judul: a\nkegiatan: b\ntanggal: besok lusa\nlokasi: d\nuraian: e\n";
    const { error } = await json(["new", "berita-kegiatan", "--from", "-"], { stdin });
    expect(error.hints).toContainEqual(expect.stringMatching(/^baris 3, tanggal: harus berupa tanggal/));
    expect((await json(["new", "ucapan", "--from", "tidak-ada.yaml"])).error.code).toBe("file-not-found");
  });
});

/** The question that waits for an answer; one that is answered has another mark. */
const asks = (question: string) => new RegExp(`\\?(\u001b\\[\\d+m)* (\u001b\\[\\d+m)*${question}`);

describe("post new with a person", () => {
  const answers: Typed[] = [
    [asks("Judul ucapan"), "Selamat Hari Guru\r"],
    [asks("Nama hari besar"), "Hari Guru Nasional\r"],
    [asks("Tanggal hari besar"), "25/11/2026\r"],
    [asks("Teks ucapan"), "\r"],
    [asks("Kategori"), "\r"],
    [asks("Foto: berkas atau folder"), "\r"],
  ];
  const end: Typed[] = [
    [asks("Simpan naskah ini"), "\r"],
    [asks("Buka isi naskah"), "t\r"],
  ];

  it("asks every question, shows a summary, and makes the post", async () => {
    const ran = await post(["new", "ucapan"], { typed: [...answers, ...end] });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/Ringkasan[\s\S]*Judul ucapan: Selamat Hari Guru[\s\S]*Simpan naskah ini/);
    expect(ran.stderr).toMatch(/Tanggal hari besar: Rabu, 25 November 2026/);
    expect(await index(greetingSlug)).toContain("Hari Guru Nasional");
  });

  it("says what is wrong with an answer, and asks again", async () => {
    const typed: Typed[] = answers.flatMap((answer, i): Typed[] =>
      i === 2
        ? [
            [answer[0], "besok lusa\r"],
            ["Harus berupa tanggal", "\u001525/11/2026\r"],
          ]
        : i === 0
          ? [
              [answer[0], "Selamat <b>Hari Guru</b>\r"],
              ["Memuat tanda HTML <b>", "\u0015Selamat Hari Guru\r"],
            ]
          : [answer],
    );
    expect((await post(["new", "ucapan"], { typed: [...typed, ...end] })).code).toBe(0);
    expect(await posts()).toEqual([greetingSlug]);
  });

  it("lets an answer be changed at the summary", async () => {
    const change: Typed[] = [
      [asks("Simpan naskah ini"), "\u001b[B\r"],
      [asks("Jawaban mana yang ingin diubah"), "\r"],
      // What was answered stands there, to be edited.
      [asks("Judul ucapan Selamat Hari Guru"), "\u0015Selamat Hari Ibu\r"],
    ];
    const ran = await post(["new", "ucapan"], { typed: [...answers, ...change, ...end] });
    expect(ran.code).toBe(0);
    expect(await posts()).toEqual(["2026-11-25-selamat-hari-ibu"]);
  });

  it("asks what each photo shows, and who took one that came by WhatsApp", async () => {
    await mkdir(at("kamera"));
    await writePhoto(at("kamera"), "IMG-20261125-WA0001.jpg");
    const typed: Typed[] = [
      ...answers.slice(0, -1),
      [asks("Foto: berkas atau folder"), "tidak-ada\r"],
      [/tidak ditemukan\. Coba lagi, atau kosongkan[\s\S]*\? Foto: berkas/, "kamera\r"],
      [asks("Keterangan foto"), "Guru menerima bunga\r"],
      [asks("Gambaran isi foto"), "Seorang guru memegang bunga\r"],
      [asks("Siapa yang memotret"), "\r"],
      [asks("Kredit foto"), "Foto: Siti\r"],
      ...end,
    ];
    const ran = await post(["new", "ucapan"], { typed });
    expect(ran.code).toBe(0);
    const text = await index(greetingSlug);
    expect(text).toContain('takarir: "Guru menerima bunga"');
    expect(text).toContain('kredit: "Foto: Siti"');
    expect(text).toContain('sumber_foto: "warga"');
  });

  it("keeps the answers when it is stopped, and goes on where it stopped", async () => {
    const stopped = await post(["new", "ucapan"], {
      typed: [...answers.slice(0, 2), [asks("Tanggal hari besar"), "\u0003"]],
    });
    expect(stopped).toMatchObject({ code: 130, stdout: "" });
    expect(stopped.stderr).toContain("Jawaban Anda disimpan");
    expect(await posts()).toEqual([]);
    const typed: Typed[] = [[asks("Ada jawaban yang belum selesai"), "\r"], ...answers.slice(2), ...end];
    const resumed = await post(["new"], { typed });
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).not.toMatch(asks("Judul ucapan"));
    expect(await index(greetingSlug)).toContain("Hari Guru Nasional");
    // Nothing is left to go on with.
    const again = await post(["new", "ucapan"], { typed: [[asks("Judul ucapan"), "\u0003"]] });
    expect(again.stderr).not.toContain("Ada jawaban yang belum selesai");
  });

  it("keeps what was said of a photo when it is stopped at the next", async () => {
    await mkdir(at("kamera"));
    await writePhoto(at("kamera"), "IMG_1.jpg");
    await writePhoto(at("kamera"), "IMG_2.jpg");
    const descriptions = (text: string): Typed[] => [
      [asks("Keterangan foto"), `${text}\r`],
      [asks("Gambaran isi foto"), `${text}\r`],
      [asks("Kredit foto"), `Foto: Siti\r`],
    ];
    const typed: Typed[] = [
      ...answers.slice(0, -1),
      [asks("Foto: berkas atau folder"), "kamera\r"],
      ...descriptions("Guru menerima bunga"),
      [asks("Keterangan foto"), "\u0003"],
    ];
    expect(await post(["new", "ucapan"], { typed })).toMatchObject({ code: 130 });
    const resumed = await post(["new"], {
      typed: [[asks("Ada jawaban yang belum selesai"), "\r"], ...descriptions("Guru berpidato"), ...end],
    });
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).not.toContain("Foto 1 dari 2");
    const text = await index(greetingSlug);
    expect(text).toContain('takarir: "Guru menerima bunga"');
    expect(text).toContain('takarir: "Guru berpidato"');
  });

  it("makes nothing when the person cancels at the summary (exit 130)", async () => {
    const cancel: Typed = [asks("Simpan naskah ini"), "\u001b[B\u001b[B\r"];
    const ran = await post(["new", "ucapan"], { typed: [...answers, cancel] });
    expect(ran.code).toBe(130);
    expect(ran.stderr).toContain(
      "✗ Dibatalkan. Jawaban Anda disimpan.\n  → Lanjutkan dengan: kominfo post new\n",
    );
    expect(await posts()).toEqual([]);
  });

  it("asks only for what flags left open, and never with --no-input", async () => {
    const flags = ["new", "ucapan", "--title", "Selamat Hari Guru", "--set", "tanggal=25/11/2026"];
    const ran = await post(flags, { typed: [answers[1]!, answers[5]!, [asks("Simpan naskah ini"), "\r"]] });
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toMatch(asks("Judul ucapan"));
    expect(await posts()).toEqual([greetingSlug]);
    expect(await post([...flags, "--no-input"], { typed: [] })).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("post list and show", () => {
  it("list every post, the newest first, with its state", async () => {
    await post(["new", ...greeting]);
    await made();
    const { items, next_cursor } = await json(["list"]);
    expect(next_cursor).toBeNull();
    expect(items).toEqual([
      {
        ...{ asked: null, changed_since: null, link: null },
        ...{ slug: greetingSlug, path: at("posts", greetingSlug), title: "Selamat Hari Guru" },
        ...{ template: "ucapan", state: "draft", revision: null, photos: 0, waiting: false },
      },
      expect.objectContaining({ slug: sampleSlug, template: "berita-kegiatan" }),
    ]);
    expect((await post(["list"])).stdout).toMatch(/^draf +Selamat Hari Guru +2026-11-25/m);
    expect((await json(["list", "--state", "returned"])).items).toEqual([]);
    expect((await json(["list", "--state", "perlu perbaikan"])).items).toEqual([]);
    expect((await post(["list", "--state", "disetujui"])).stderr).toContain("dengan status itu");
    expect((await json(["list", "--state", "drat"])).error).toMatchObject({ code: "bad-choice" });
  });

  it("list a post that cannot be read too", async () => {
    await mkdir(at("posts", "2026-01-01-rusak"), { recursive: true });
    await writeFile(at("posts", "2026-01-01-rusak", "index.md"), "bukan naskah");
    expect((await json(["list"])).items).toMatchObject([{ slug: "2026-01-01-rusak", title: null }]);
    expect((await post(["list"])).stdout).toContain("perlu diperbaiki");
  });

  it("show a post by a part of its slug, without what its text smuggles", async () => {
    const slug = await made(1);
    const text = (await index(slug)).replace("Musyawarah", "Musy\u202eawarah");
    await writeFile(at("posts", slug, "index.md"), text);
    const ran = await post(["show", "musrenbang"]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("Musyawarah itu menetapkan 40 usulan prioritas.");
    expect(ran.stdout).toContain("foto/IMG_1001.jpg");
    const { post: shown } = await json(["show", "musrenbang"]);
    expect(shown).toMatchObject({
      slug,
      path: at("posts", slug),
      state: "draft",
      template: "berita-kegiatan",
    });
    expect(shown.body).toContain("40 usulan");
  });
});

describe("post attach", () => {
  const words = ["--caption", "Camat membuka", "--alt", "Camat di podium", "--credit", "Foto: Kami"];

  it("adds photos with what is said of them, and changes nothing else in index.md", async () => {
    const slug = await made(1);
    const before = await index(slug);
    await writePhoto(laptop.workspace, "IMG_9.jpg", { seed: 9 });
    expect(await json(["attach", "musrenbang", "IMG_9.jpg", ...words])).toEqual({
      post: { slug, path: at("posts", slug) },
      photos: [{ path: at("posts", slug, "foto", "IMG_9.jpg") }],
      passed_over: { folders: [], unreadable: [], files: [] },
    });
    const after = await index(slug);
    expect(after).toContain('berkas: "foto/IMG_9.jpg"');
    expect(after).toContain('takarir: "Camat membuka"');
    const lines = new Set(after.split("\n"));
    expect(before.split("\n").filter((line) => !lines.has(line))).toEqual([]);
  });

  it("takes the photos of a ZIP, and says which of them cannot be used", async () => {
    await made(0);
    await mkdir(at("acara"));
    await writePhoto(at("acara"), "IMG_9.jpg", { seed: 9 });
    const content = await readFile(at("acara", "IMG_9.jpg"));
    const files = [
      { name: "a/IMG_9.jpg", content },
      { name: "a/IMG_8.jpg", content: content.subarray(0, 200) },
    ];
    await writeFile(at("kiriman.zip"), zipOf(files));
    const ran = await post(["attach", "musrenbang", "kiriman.zip", ...words, "--json"]);
    expect(ran.code).toBe(3);
    const told = JSON.parse(ran.stdout);
    expect(told.photos).toEqual([{ path: at("posts", sampleSlug, "foto", "IMG_9.jpg") }]);
    expect(told.failed).toMatchObject([{ source: at("kiriman.zip", "IMG_8.jpg") }]);
    expect(ran.stdout + ran.stderr).not.toContain("kominfo-zip");
    await writeFile(at("rusak.zip"), "PK");
    expect((await post(["attach", "musrenbang", "rusak.zip", ...words])).code).toBe(3);
    expect(await readFile(at("posts", sampleSlug, "foto", "IMG_9.jpg"))).toEqual(content);
  });

  it("says what it passed over, to people and to scripts, as post new does with a folder", async () => {
    await made(1);
    await mkdir(at("acara", "sub"), { recursive: true });
    await writePhoto(at("acara"), "IMG_9.jpg", { seed: 9 });
    await writePhoto(at("acara", "sub"), "IMG_10.jpg", { seed: 10 });
    for (const name of ["a.mp4", "notulen.docx"]) await writeFile(at("acara", name), name);
    const passed_over = {
      folders: [at("acara", "sub")],
      unreadable: [],
      files: [{ kind: "DOCX", count: 1, paths: [at("acara", "notulen.docx")] }],
    };
    expect(await json(["attach", "musrenbang", "acara", ...words])).toMatchObject({ passed_over });
    expect(await json(["new", ...greeting, "--photo", "acara"])).toMatchObject({ passed_over });
    const answers = at("jawaban.json");
    const foto = [{ berkas: "acara" }];
    const isian = { judul: "Selamat", hari_besar: "Hari Ibu", tanggal: "22/12/2026", foto };
    await writeFile(answers, JSON.stringify(isian));
    const ran = await post(["new", "ucapan", "--from", answers, "--json"]);
    expect(JSON.parse(ran.stdout || ran.stderr)).toMatchObject({ passed_over });
    await writeFile(at("acara", "wa.zip"), "PK");
    const told = await post(["new", "ucapan", "--from", answers, "--again"]);
    expect(told.stderr).toContain("1 ZIP tidak dibuka di sini: wa.zip.");
    expect(told.stderr).toContain("kominfo post attach <naskah> <ZIP>");
    expect(told.stderr).toContain("Dilewati: 2 berkas dan 1 subfolder.");
    expect(told.stderr).toContain("1 DOCX (notulen.docx)");
  });

  it("adds no photo twice", async () => {
    await made();
    await writePhoto(laptop.workspace, "IMG_9.jpg");
    await post(["attach", "musrenbang", "IMG_9.jpg", ...words]);
    const before = await index(sampleSlug);
    const again = await post(["attach", "musrenbang", "IMG_9.jpg", ...words]);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("Foto itu sudah ada di naskah.");
    expect(await index(sampleSlug)).toBe(before);
  });

  it("tells what it passes over in a folder, and asks a person for the subfolder", async () => {
    const slug = await made();
    await mkdir(at("acara", "sub"), { recursive: true });
    await writePhoto(at("acara"), "a.jpg", { seed: 21 });
    await writePhoto(at("acara", "sub"), "b.jpg", { seed: 22 });
    for (const name of ["notulen.docx", "VID_1.mp4"]) await writeFile(at("acara", name), "lain");
    const alone = await post(["attach", "musrenbang", "acara", ...words]);
    expect(alone.code).toBe(0);
    expect(alone.stderr).toMatch(/Dilewati: 1 berkas dan 1 subfolder\./);
    expect(alone.stderr).toMatch(/1 subfolder: .*sub\. Untuk mengikutkan isinya, sebutkan subfolder itu\./);
    expect(alone.stderr).toContain("1 DOCX");
    expect(alone.stderr).not.toContain("--recursive");
    const typed: Typed[] = [[/Di 1 subfolder ada 1 foto lagi/, "y\r"]];
    expect((await post(["attach", "musrenbang", "acara", ...words], { typed })).code).toBe(0);
    expect(await index(slug)).toContain("foto/b.jpg");
    expect(await index(slug)).toContain("foto/a.jpg");
  });

  it("adds the good ones of several, and ends with 3", async () => {
    await made();
    await writePhoto(laptop.workspace, "a.jpg");
    await writeFile(at("b.jpg"), "bukan foto");
    const ran = await post(["attach", "musrenbang", "a.jpg", "b.jpg", ...words, "--json"]);
    expect(ran).toMatchObject({ code: 3, stderr: "" });
    expect(JSON.parse(ran.stdout)).toMatchObject({ photos: [{}], failed: [{ code: "photo-not-supported" }] });
  });
});

describe("post submit with a person", () => {
  const answers: Typed[] = [
    [asks("Keterangan foto"), "Camat bersama para guru\r"],
    [asks("Gambaran isi foto"), "Camat di antara guru\r"],
  ];
  const description = [
    'takarir: "Camat bersama para guru"',
    'alt: "Camat di antara guru"',
    'kredit: "Kecamatan"',
  ];

  /** A submit of a post with one photo, stopped at the last question about it. */
  async function submitUpToCredit() {
    await writePhoto(laptop.workspace, "IMG_1.jpg");
    await post(["new", ...greeting, "--photo", "IMG_1.jpg"]);
    const { workspace: cwd, home } = laptop;
    let answerCredit = () => {};
    let ended = Promise.resolve<number>(-1);
    await new Promise<void>((resolve) => {
      const host = testHost({ cwd, home, now, typed: [...answers, [asks("Kredit foto"), resolve]] });
      ended = main(["post", "submit", greetingSlug, "--dry-run"], host, runDepsOf());
      answerCredit = () => (host.stdin as PassThrough).write("Kecamatan\r");
    });
    return { ended, answerCredit };
  }

  it("keeps a photo that was attached while the questions were open", async () => {
    const { ended, answerCredit } = await submitUpToCredit();
    await writePhoto(laptop.workspace, "IMG_2.jpg", { seed: 2 });
    const words = ["--caption", "Guru", "--alt", "Guru di kelas", "--credit", "Kecamatan"];
    expect((await post(["attach", greetingSlug, "IMG_2.jpg", ...words])).code).toBe(0);
    answerCredit();
    expect(await ended).toBe(0);
    const text = await index(greetingSlug);
    for (const line of [...description, 'berkas: "foto/IMG_2.jpg"']) expect(text).toContain(line);
  });

  it("waits for another command that is changing index.md, and keeps both changes", async () => {
    const { ended, answerCredit } = await submitUpToCredit();
    const bundle = await findBundle(await openWorkspace(laptop.workspace), greetingSlug, laptop.workspace);
    await changePost(bundle, async (source) => {
      answerCredit();
      await pause(300);
      return editPost(source, { title: "Selamat Hari Guru Nasional" });
    });
    expect(await ended).toBe(0);
    const text = await index(greetingSlug);
    for (const line of [...description, 'judul: "Selamat Hari Guru Nasional"']) expect(text).toContain(line);
  });
});

describe("a workspace that wants a superior's approval", () => {
  const wanted = ["nama", "jabatan", "cara", "waktu"];
  beforeEach(async () => {
    await writeFile(at("kominfo.yaml"), 'kecamatan: "32.16.07"\nrequire_local_approval: ya\n');
    expect((await post(["new", ...greeting])).code).toBe(0);
  });

  it("has post check and post submit refuse a post without it, and name what to write", async () => {
    for (const verb of ["check", "submit"]) {
      const ran = await post([verb, greetingSlug]);
      expect(ran.code).toBe(2);
      for (const key of wanted) expect(ran.stderr).toContain(`internal.persetujuan.${key}: wajib diisi`);
    }
  });

  it("has post submit ask a person for it, and keeps every other byte of index.md", async () => {
    const before = await index(greetingSlug);
    const typed: Typed[] = [
      [asks("Nama"), "Drs. Encun Sunarto, M.Si\r"],
      [asks("Jabatan"), "Camat Cibitung\r"],
      [asks("Lewat apa"), "WhatsApp\r"],
      [asks("Kapan"), "hari ini 08.30\r"],
    ];
    const ran = await post(["submit", greetingSlug, "--dry-run"], { typed });
    expect(ran.code).toBe(0);
    const after = await index(greetingSlug);
    const added = after.split("\n").filter((line) => !before.split("\n").includes(line));
    expect(added.map((line) => line.trim())).toEqual([
      "internal:",
      "persetujuan:",
      'nama: "Drs. Encun Sunarto, M.Si"',
      'jabatan: "Camat Cibitung"',
      'cara: "WhatsApp"',
      'waktu: "2026-11-24T08:30:00+07:00"',
    ]);
    expect(
      after
        .split("\n")
        .filter((line) => !added.includes(line))
        .join("\n"),
    ).toBe(before);
    expect(await post(["check", greetingSlug])).toMatchObject({ code: 0 });
    // It is there: nobody is asked again.
    expect((await post(["submit", greetingSlug, "--dry-run"], { typed: [] })).code).toBe(0);
  });

  it("asks nobody where it is not wanted", async () => {
    await writeFile(at("kominfo.yaml"), 'kecamatan: "32.16.07"\nrequire_local_approval: false\n');
    expect((await post(["submit", greetingSlug, "--dry-run"], { typed: [] })).code).toBe(0);
  });
});

describe("post check", () => {
  it("says that a post is ready, with what is worth another look", async () => {
    const slug = await made(1);
    const ready = await post(["check", "musrenbang"]);
    expect(ready.code).toBe(0);
    expect(ready.stdout).toContain(`${slug} siap dikirim.`);
    const told = await json(["check", "musrenbang"]);
    expect(Object.keys(told)).toEqual(["post", "ok", "warnings"]);
    expect(told).toMatchObject({ post: { slug }, ok: true });
  });

  it("tells scripts at post submit what it tells them here", async () => {
    await made(0);
    const { warnings } = await json(["check", "musrenbang"]);
    expect(warnings).toMatchObject([{ code: "photo-wanted", key: "foto" }]);
    expect((await json(["submit", "musrenbang", "--dry-run"])).warnings).toEqual(warnings);
  });

  it("names every problem with its line (exit 2)", async () => {
    const slug = await made(1);
    const text = (await index(slug))
      .replace(/alt: .*/, 'alt: ""')
      .replace('prioritas: "biasa"', 'prioritas: "bisa"');
    await writeFile(at("posts", slug, "index.md"), text);
    const ran = await post(["check", "musrenbang", "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("post-invalid");
    expect(error.hints).toContainEqual(expect.stringMatching(/^baris \d+, prioritas: .*maksud Anda "biasa"/));
    // What a photo lacks is asked for by its own command.
    expect(error.hints).not.toContainEqual(expect.stringContaining("kominfo post photos"));
    await writeFile(at("posts", slug, "index.md"), text.replace('"bisa"', '"biasa"'));
    expect((await json(["check", "musrenbang"])).error.hints).toContain(
      `Lengkapi keterangan foto dengan: kominfo post photos ${slug}`,
    );
  });

  it("misses a photo that somebody deleted (exit 2)", async () => {
    const slug = await made(1);
    await rm(at("posts", slug, "foto", "IMG_1001.jpg"));
    const ran = await post(["check", "musrenbang"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/baris \d+, Foto 1: berkas: berkas foto\/IMG_1001\.jpg tidak ada/);
  });
});

describe("post edit", () => {
  it("needs a terminal, and names the file to edit where there is none (exit 2)", async () => {
    const slug = await made();
    const ran = await post(["edit", "musrenbang"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(at("posts", slug, "index.md"));
  });

  it("changes one answer and leaves the rest of the file", async () => {
    await made();
    const before = await index(sampleSlug);
    const ran = await post(["edit", "musrenbang"], {
      typed: [
        [asks("Jawaban mana yang ingin diubah"), "\u001b[B\r"],
        [asks("Judul \\(kalimat aktif lengkap\\) Camat"), "\u0015Camat Buka Musrenbang 2027\r"],
        [asks("Jawaban mana yang ingin diubah"), "\r"],
        [asks("Buka isi naskah"), "t\r"],
      ],
    });
    expect(ran.code).toBe(0);
    const after = await index(sampleSlug);
    expect(after).toContain('judul: "Camat Buka Musrenbang 2027"');
    expect(after.replace(/judul: .*/, "")).toBe(before.replace(/judul: .*/, ""));
  });

  it("writes an answer into the paragraphs that nobody has edited", async () => {
    const slug = await made();
    const file = at("posts", slug, "index.md");
    await writeFile(file, `${await index(slug)}\nParagraf saya sendiri.\n`);
    const ran = await post(["edit", "musrenbang"], {
      typed: [
        [asks("Jawaban mana"), `${"\u001b[B".repeat(7)}\r`],
        [/Siapa pesertanya.*\(boleh dikosongkan\)/, "95 warga\r"],
        [asks("Jawaban mana"), "\r"],
        [asks("Buka isi naskah"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    const after = await index(slug);
    expect(after).toMatch(/[^:] 95 warga/);
    expect(after).toContain("Paragraf saya sendiri.");
  });

  it("says which sentence it left as somebody has edited it, and what the answer would say", async () => {
    const slug = await made();
    const file = at("posts", slug, "index.md");
    const before = await index(slug);
    await writeFile(file, before.replace("CIBITUNG – Pemerintah", "CIBITUNG – Kantor"));
    const ran = await post(["edit", "musrenbang"], {
      typed: [
        [asks("Jawaban mana"), `${"\u001b[B".repeat(7)}\r`],
        [/Siapa pesertanya.*\(boleh dikosongkan\)/, "95 warga\r"],
        [asks("Jawaban mana"), "\r"],
        [asks("Buka isi naskah"), "t\r"],
      ],
    });
    expect(ran.stderr).toContain("tidak ikut ditulis, karena tulisan di tempatnya sudah disunting");
    expect(ran.stderr).toMatch(/isi: [\s\S]*95 warga/);
    const after = await index(slug);
    expect(after).toContain("CIBITUNG – Kantor");
    expect(after).not.toMatch(/[^:] 95 warga/);
    expect(after).toMatch(/peserta: .*95 warga/);
  });

  it("opens the body, and only the body, in the person's editor", async () => {
    await made();
    const seen = at("terlihat.md");
    const editor = at("editor.mjs");
    const script = `import fs from "node:fs"; const file = process.argv.at(-1);
      fs.copyFileSync(file, ${JSON.stringify(seen)}); fs.appendFileSync(file, "\\nTambahan.\\n");`;
    await writeFile(editor, script);
    const ran = await post(["edit", "musrenbang"], {
      env: { VISUAL: `${process.execPath} ${editor}` },
      typed: [
        [asks("Jawaban mana yang ingin diubah"), "\r"],
        [asks("Buka isi naskah"), "y\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(await readFile(seen, "utf8")).not.toContain("judul:");
    expect(await index(sampleSlug)).toMatch(/Tambahan\.\n$/);
  });

  it("names the file where this computer has no editor", async () => {
    await made();
    const ran = await post(["edit", "musrenbang"], {
      typed: [
        [asks("Jawaban mana"), "\r"],
        [asks("Buka isi naskah"), "y\r"],
      ],
      env: { VISUAL: "/tidak/ada/penyunting" },
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("Buka berkas ini dengan");
    expect(ran.stderr).toContain(path.join(sampleSlug, "index.md"));
  });
});
