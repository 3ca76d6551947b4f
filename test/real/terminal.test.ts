import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { readPost } from "../../src/post/front-matter/read.js";
import { sampleSlug, sampleTitle } from "../support/answers.js";
import { type Computer, openComputer } from "../support/kominfo.js";
import { needDebian } from "./apt.js";
import { openTerminal, type Terminal } from "./tmux.js";

let operator: Computer;
let terminal: Terminal | undefined;

beforeAll(() => needDebian("tmux", "tmux"));
beforeEach(async () => {
  operator = await openComputer({ origin: "http://127.0.0.1:1" });
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await operator.remove();
});

async function sitDown(argv: readonly string[], env: Record<string, string> = {}): Promise<Terminal> {
  await terminal?.close();
  terminal = await openTerminal(argv, { cwd: operator.workspace, env: { ...operator.env, ...env } });
  return terminal;
}

/** Answers each question once it is asked; an empty answer takes what is offered. */
async function answer(
  at: Terminal,
  answers: readonly (readonly [question: RegExp, typed: string])[],
): Promise<void> {
  for (const [question, typed] of answers) {
    // The question that waits is the last line that starts with "?".
    await at.shows(new RegExp(`^\\? [^\\n]*${question.source}`, "m"));
    if (typed) await at.type(typed);
    await at.press("Enter");
  }
}

describe("post new in a terminal", () => {
  it("leads from the kind of post through its questions and photos to a summary, and writes the post", async () => {
    await writeFile(path.join(operator.home, "IMG_1.jpg"), await samplePhoto({ width: 640, height: 480 }));
    const at = await sitDown(["post", "new"]);
    await at.shows("Berita kegiatan");
    await at.shows("Satu kegiatan yang sudah berlangsung");
    await at.press("Enter");
    await answer(at, [
      [/Judul/, sampleTitle],
      [/Nama kegiatan/, "Musrenbang Tingkat Kecamatan"],
      [/Tanggal kegiatan/, "22/11/2026"],
      [/Tempat kegiatan/, "Aula Kantor Kecamatan Cibitung"],
      [/Desa atau kelurahan/, ""],
      [/penyelenggara/, ""],
      [/pesertanya/, "150 perwakilan"],
      [/tujuan/, ""],
      [/diputuskan/, ""],
      [/[Kk]utipan/, ""],
      [/tindak lanjut/, ""],
      [/Kategori/, ""],
      [/Catatan/, ""],
      [/[Ff]oto/, path.join(operator.home, "IMG_1.jpg")],
      [/[Kk]eterangan/, "Camat membuka Musrenbang"],
      [/tunanetra/, "Camat berdiri di podium"],
      [/[Kk]redit/, "Foto: Kecamatan Cibitung"],
    ]);
    await at.shows("Nama kegiatan: Musrenbang Tingkat Kecamatan");
    await at.shows("❯ Simpan");
    await at.press("Enter");
    await answer(at, [[/isi naskah|isinya/, ""]]);
    expect(await at.ended()).toBe(0);

    expect(await readdir(path.join(operator.workspace, "posts"))).toEqual([sampleSlug]);
    const { post, problems } = readPost(
      await readFile(path.join(operator.workspace, "posts", sampleSlug, "index.md")),
    );
    expect(problems).toEqual([]);
    expect(post).toMatchObject({
      title: sampleTitle,
      event_date: "2026-11-22",
      place: "Aula Kantor Kecamatan Cibitung",
      category: "pemerintahan",
      photos: [
        { file: "foto/IMG_1.jpg", caption: "Camat membuka Musrenbang", alt: "Camat berdiri di podium" },
      ],
    });
    expect(await readdir(path.join(operator.workspace, ".kominfo"))).toEqual([]);
  });

  it("says at once what is wrong with an answer, and asks again", async () => {
    const at = await sitDown(["post", "new", "berita-kegiatan"]);
    await answer(at, [[/Judul/, ""]]);
    await at.shows("Wajib diisi");
    await answer(at, [
      [/Judul/, sampleTitle],
      [/Nama kegiatan/, "Musrenbang"],
      [/Tanggal kegiatan/, "31/02/2026"],
    ]);
    await at.shows("tidak ada di kalender");
    expect(await readdir(operator.workspace)).not.toContain("posts");
  });

  it("keeps the answers on Ctrl-C, and goes on after them next time", async () => {
    const first = await sitDown(["post", "new", "berita-kegiatan"]);
    await answer(first, [
      [/Judul/, sampleTitle],
      [/Nama kegiatan/, "Musrenbang"],
    ]);
    await first.shows("? Tanggal kegiatan");
    await first.press("C-c");
    expect(await first.ended()).toBe(130);
    expect(await first.screen()).toMatch(/Dibatalkan\. Jawaban Anda disimpan/);

    const second = await sitDown(["post", "new"]);
    await answer(second, [[/Lanjutkan\?/, ""]]);
    await second.shows("? Tanggal kegiatan");
    expect(await second.screen()).not.toMatch(/\? Judul/);
  });

  it("keeps the answers when the terminal is closed", async () => {
    const first = await sitDown(["post", "new", "berita-kegiatan"]);
    await answer(first, [[/Judul/, sampleTitle]]);
    await first.shows("? Nama kegiatan");
    await first.close();
    terminal = undefined;
    const second = await sitDown(["post", "new"]);
    await second.shows(/Lanjutkan\?/);
  });
});

describe("kominfo alone in a terminal", () => {
  it("offers what one may want to do, and Ctrl-C leaves it with 130", async () => {
    const at = await sitDown([]);
    await at.shows(/❯/);
    await at.press("C-c");
    expect(await at.ended()).toBe(130);
  });
});

describe("colour in a terminal", () => {
  const coloured = async (argv: readonly string[], env: Record<string, string> = {}) => {
    const at = await sitDown(["post", "show", "tidak-ada", ...argv], env);
    expect(await at.ended()).toBe(2);
    const screen = await at.screen({ escapes: true });
    expect(screen).toContain("tidak ditemukan");
    return /\u001b\[(\d+;)*3\d/.test(screen);
  };

  it("is used", async () => expect(await coloured([])).toBe(true));
  it("is not used with --no-color", async () => expect(await coloured(["--no-color"])).toBe(false));
  it("is not used with NO_COLOR", async () => expect(await coloured([], { NO_COLOR: "1" })).toBe(false));
  it("is not used where TERM is dumb", async () => expect(await coloured([], { TERM: "dumb" })).toBe(false));
});
