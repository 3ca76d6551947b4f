import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readPost } from "../../src/post/front-matter/read.js";
import { sampleAnswers, writeAnswers } from "../support/answers.js";
import { type Computer, openComputer } from "../support/kominfo.js";
import { expectRefusal } from "./refusal.js";

let operator: Computer;
let folder: string;
/** A post that could be submitted. */
let sound: string;
let text: string;
const slug = "2026-11-22-posyandu";

beforeAll(async () => {
  // Nobody listens there: whatever is refused below is refused before anything is sent.
  operator = await openComputer({ origin: "http://127.0.0.1:1", token: "kominfo_contoh" });
  const answers = await writeAnswers(path.join(operator.home, "kegiatan"), 1);
  const made = await operator.json(["post", "new", "berita-kegiatan", "--from", answers]);
  sound = await mkdtemp(path.join(tmpdir(), "kominfo-naskah-"));
  await cp(made.post.path, sound, { recursive: true });
  text = await readFile(path.join(sound, "index.md"), "utf8");
});
afterAll(async () => {
  await operator?.remove();
  await rm(sound, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = path.join(operator.workspace, "posts", slug);
  await rm(path.join(operator.workspace, "posts"), { recursive: true, force: true });
  await cp(sound, folder, { recursive: true });
});

const index = () => path.join(folder, "index.md");
const submit = ["post", "submit", slug];

describe("post new refuses", () => {
  const wanted = ["post", "new", "berita-kegiatan", "--set", "judul=Posyandu Digelar"];

  it("an unknown template, and says the nearest", () =>
    expectRefusal(operator, ["post", "new", "berita-kegitan"], {
      code: "template-unknown",
      exit: 2,
      says: "Mungkin maksud Anda: berita-kegiatan",
    }));

  it("missing answers, and names the flag of each", () =>
    expectRefusal(operator, wanted, {
      code: "answers-invalid",
      exit: 2,
      says: /--set kegiatan=[\s\S]*--set lokasi=/,
    }));

  it("no template", () =>
    expectRefusal(operator, ["post", "new"], { code: "missing-input", exit: 2, says: "<templat>" }));

  it("an unknown answer, and says the nearest", () =>
    expectRefusal(operator, [...wanted, "--set", "lokas=Aula"], {
      code: "answers-invalid",
      exit: 2,
      says: '"lokasi"',
    }));

  it("a date that is none", () =>
    expectRefusal(
      operator,
      [...wanted, "--set", "kegiatan=x", "--set", "lokasi=y", "--set", "tanggal=31/02/2026"],
      {
        code: "answers-invalid",
        exit: 2,
        says: "tanggal",
      },
    ));

  it("answers that are no YAML, with the line", async () => {
    const file = path.join(operator.home, "rusak.yaml");
    await writeFile(file, 'judul: "Posyandu"\nkegiatan: "tidak ditutup\nlokasi: Aula\n');
    await expectRefusal(operator, ["post", "new", "berita-kegiatan", "--from", file], {
      code: "answers-invalid",
      exit: 2,
      says: /baris \d/,
    });
  });

  it("answers that are not there", () =>
    expectRefusal(operator, ["post", "new", "berita-kegiatan", "--from", "tidak-ada.yaml"], {
      code: "file-not-found",
      exit: 2,
      says: "tidak-ada.yaml",
    }));

  it("a photo that is not there", () =>
    expectRefusal(operator, ["post", "new", "berita-kegiatan", "--photo", "tidak-ada.jpg"], {
      code: "file-not-found",
      exit: 2,
      says: "tidak-ada.jpg",
    }));
});

describe("post new", () => {
  it("leaves out a photo that is none, says which and why, makes the post, and ends with 3", async () => {
    const answers = path.join(operator.home, "bukan-foto.json");
    await writeFile(path.join(operator.home, "undangan.jpg"), "Kepada Yth. Camat Cibitung");
    await writeFile(answers, JSON.stringify(sampleAnswers(["undangan.jpg", "kegiatan/IMG_1001.jpg"])));
    const argv = ["post", "new", "berita-kegiatan", "--from", answers, "--again", "--json"];
    const ran = await operator.run(argv);
    expect(ran).toMatchObject({ code: 3, stderr: "" });
    const made = JSON.parse(ran.stdout);
    expect(made.failed).toEqual([
      expect.objectContaining({
        source: path.join(operator.home, "undangan.jpg"),
        code: "photo-not-supported",
        message: expect.stringContaining("undangan.jpg"),
      }),
    ]);
    expect(await readdir(path.join(made.post.path, "foto"))).toEqual(["IMG_1001.jpg"]);
  });

  it("never copies what `berkas` names outside, unless it is a photo", async () => {
    const answers = path.join(operator.home, "rahasia.json");
    await writeFile(
      answers,
      JSON.stringify(sampleAnswers(["../../../../../../etc/passwd", "/etc/hostname"])),
    );
    const argv = ["post", "new", "berita-kegiatan", "--from", answers, "--again", "--json"];
    const ran = await operator.run(argv);
    expect([2, 3]).toContain(ran.code);
    if (ran.code === 3)
      expect(await readdir(path.join(JSON.parse(ran.stdout).post.path, "foto"))).toEqual([]);
  });

  it.each([
    'Posyandu"\nprioritas: "mendesak',
    "Posyandu\n---\ninternal: {}\n---",
    "{{ kecamatan.name }} {% raw %}",
    "Posyandu # tanpa tagar: 'apa pun' \\",
    "!!js/function 'x' &a *a",
  ])("takes the answer %j as words: front matter keeps its shape", async (title) => {
    const answers = ["--set", "kegiatan=Posyandu", "--set", "lokasi=Aula", "--set", "tanggal=22/11/2026"];
    const argv = ["post", "new", "berita-kegiatan", "--set", `judul=${title}`, ...answers];
    const ran = await operator.run([...argv, "--json"]);
    if (ran.code === 2) return expect(JSON.parse(ran.stderr).error.code).toBe("answers-invalid");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const { path: made } = JSON.parse(ran.stdout).post;
    const read = readPost(await readFile(path.join(made, "index.md")));
    expect(read.problems).toEqual([]);
    expect(read.post).toMatchObject({
      kind: "berita-kegiatan",
      priority: "normal",
      place: "Aula",
      internal: {},
    });
    expect(read.post?.title.replace(/\s+/g, " ")).toBe(title.replace(/\s+/g, " "));
  });
});

describe("post submit refuses, with the line", () => {
  const line = /baris \d+/;
  it.each<[string, (sound: string) => string | Buffer]>([
    ["a quotation mark that is not closed", (t) => t.replace(/^judul: .*/m, 'judul: "Musrenbang')],
    ["a colon in a bare value", (t) => t.replace(/^judul: .*/m, "judul: Musrenbang: 40 Usulan")],
    ["words after a quoted value", (t) => t.replace(/^judul: .*/m, 'judul: "Jumat Bersih" Digelar')],
    ["a hashtag that YAML would drop", (t) => t.replace(/^judul: .*/m, "judul: Ayo #KabupatenBekasi")],
    ["a tab", (t) => t.replace(/^judul: .*/m, 'isian_lain:\n\tx: "y"')],
    ["a key that is there twice", (t) => t.replace(/^judul: .*/m, 'judul: "A"\njudul: "B"')],
    ["an alias", (t) => t.replace(/^judul: .*/m, "judul: *lain")],
    ["a photo outside the post", (t) => t.replace(/berkas: .*/, 'berkas: "../../etc/passwd"')],
    ["a photo by its absolute path", (t) => t.replace(/berkas: .*/, 'berkas: "/etc/passwd"')],
    ["a photo that is not there", (t) => t.replace(/berkas: .*/, 'berkas: "foto/tidak-ada.jpg"')],
    ["a date that is none", (t) => t.replace(/^tanggal: .*/m, 'tanggal: "2026-02-30"')],
    ["a title that is too long", (t) => t.replace(/^judul: .*/m, `judul: "${"a".repeat(251)}"`)],
    ["photos without words", (t) => t.replace(/^ *(takarir|alt|kredit): .*\n/gm, "")],
    ["a stray --- above the answers", (t) => t.replace(/^isian:/m, "---\nisian:")],
    ["UTF-16 that was cut", (t) => Buffer.from(`\ufeff${t}`, "utf16le").subarray(0, -1)],
    ["Windows-1252", (t) => Buffer.from(t.replace(/^judul: .*/m, 'judul: "Caf\u00e9"'), "latin1")],
  ])("%s", async (name, change) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    await writeFile(index(), changed);
    const says = /^UTF|^Windows/.test(name) ? /UTF-8/ : line;
    await expectRefusal(operator, submit, { code: "post-invalid", exit: 2, says });
  });

  it("front matter that would run JavaScript, and does not run it", async () => {
    const proof = path.join(operator.home, "dijalankan");
    const code = `require("fs").writeFileSync(${JSON.stringify(proof)}, "ya")`;
    for (const start of ["---js", "--- javascript"]) {
      await writeFile(index(), `${start}\n{ judul: ${code} }\n---\nIsi.\n`);
      await expectRefusal(operator, submit, { code: "post-invalid", exit: 2, says: '"---"' });
      await operator.json(["post", "list"]);
    }
    expect(existsSync(proof)).toBe(false);
  });

  it("a template of the workspace that would run JavaScript, and does not run it", async () => {
    const proof = path.join(operator.home, "dijalankan");
    const templates = path.join(operator.workspace, "templates");
    await mkdir(templates, { recursive: true });
    const code = `require("fs").writeFileSync(${JSON.stringify(proof)}, "ya")`;
    await writeFile(path.join(templates, "jahat.md"), `---js\n{ judul: ${code} }\n---\nIsi.\n`);
    await expectRefusal(operator, ["post", "new", "jahat"], {
      code: "template-invalid",
      exit: 2,
      says: '"---"',
    });
    expect(existsSync(proof)).toBe(false);
    await rm(templates, { recursive: true });
  });

  it("a photo that is none, by name", async () => {
    await writeFile(path.join(folder, "foto", "IMG_1001.jpg"), "bukan foto");
    const { stdout, stderr, code } = await operator.run([...submit, "--json"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(JSON.parse(stderr).error.code).toBe("photos-unusable");
    expect(stderr).toContain("IMG_1001.jpg");
    const state = JSON.parse(await readFile(path.join(folder, ".kominfo", "state.json"), "utf8"));
    expect(state).not.toHaveProperty("submission");
    expect(state).not.toHaveProperty("queued");
  });
});

it("a byte order mark, Windows line ends and no end of line are no faults", async () => {
  await writeFile(index(), `\ufeff${text.trimEnd().replaceAll("\n", "\r\n")}`);
  expect(await operator.run(["post", "check", slug])).toMatchObject({ code: 0, stderr: "" });
});

describe("what lies outside the workspace is refused", () => {
  it("as a post", async () => {
    for (const wanted of [sound, path.join(sound, "index.md"), path.relative(operator.workspace, sound)]) {
      await expectRefusal(operator, ["post", "submit", wanted], { code: "outside-workspace", exit: 2 });
    }
  });

  it("as a post behind a symbolic link", async () => {
    await symlink(sound, path.join(operator.workspace, "posts", "tautan"));
    await expectRefusal(operator, ["post", "submit", "posts/tautan"], { code: "outside-workspace", exit: 2 });
    expect((await operator.json(["post", "list"])).items).toHaveLength(1);
  });

  it.each(["/etc", "../posts", "posts/../../x"])(
    "as posts: %s of kominfo.yaml, with the line",
    async (posts) => {
      const file = path.join(operator.workspace, "kominfo.yaml");
      const settings = await readFile(file, "utf8");
      await writeFile(file, `${settings}posts: "${posts}"\n`);
      await expectRefusal(operator, ["post", "list"], {
        code: "workspace-invalid",
        exit: 2,
        says: /baris 3/,
      });
      await writeFile(file, settings);
    },
  );
});

describe("a post that is not there", () => {
  it("is refused with those that it may mean", () =>
    expectRefusal(operator, ["post", "submit", "posyandoo"], { code: "post-missing", exit: 2, says: slug }));

  it("outside of any workspace", () =>
    expectRefusal(
      operator,
      ["post", "list"],
      { code: "workspace-missing", exit: 2, says: "kominfo init" },
      {
        cwd: tmpdir(),
      },
    ));
});
