import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { width } from "../../src/terminal/table.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let newsroom: TestNewsroom;
let laptop: Laptop;
let id: string;
let tokens: Record<"operator" | "editor", string>;

beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  tokens = { operator: await newsroom.token("operator"), editor: await newsroom.token("editor") };
  id = await as(newsroom, tokens.operator).submit();
  const body = "Kegiatan itu diikuti para pelaku usaha mikro dari tujuh desa dan kelurahan. ".repeat(5);
  const answers = {
    kegiatan: "Musrenbang",
    lokasi: "Aula",
    uraian: body,
    tanggal: "16/11/2026",
    kategori: "ekonomi",
  };
  const set = Object.entries(answers).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const title = "Camat Cibitung Buka Musyawarah Perencanaan Pembangunan Tingkat Kecamatan Tahun 2027";
  await run("operator", ["post", "new", "berita-kegiatan", "--title", title, ...set]);
  await run("editor", ["review", "claim", id]);
  const remark =
    "Mohon keterangan foto kedua dilengkapi dengan nama dan jabatan semua yang tampak di dalamnya.";
  await run("editor", ["review", "return", id, "--reason", remark]);
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});

const run = (who: "operator" | "editor", argv: string[], options: Partial<HostOptions> = {}) =>
  laptop.run(argv, {
    env: { KOMINFO_NEWSROOM_TOKEN: tokens[who] },
    now: () => newsroom.clock.now,
    ...options,
  });

describe.each([60, 80])("in a terminal of %i columns", (columns) => {
  it.each([
    ["operator", "post list"],
    ["operator", "post status"],
    ["operator", "post status ID"],
    ["operator", "post show camat-cibitung"],
    ["operator", "post check camat-cibitung"],
    ["operator", "template list"],
    ["operator", "template show berita-kegiatan"],
    ["operator", "doctor"],
    ["operator", "doctor --lang en"],
    ["operator", "auth status --check"],
    ["operator", "config show"],
    ["editor", "review list"],
    ["editor", "review show ID"],
  ] as const)("the %s's %s has no line that is broken within a word", async (who, line) => {
    const argv = line.split(" ").map((word) => (word === "ID" ? id : word));
    const { stdout } = await run(who, argv, { typed: [], columns });
    const elsewhere = await run(who, argv);
    const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");
    // A list has no head, as a table has, and leaves out what is not known.
    expect(words(stdout).length).toBeGreaterThan(0.7 * words(elsewhere.stdout).length);
    // A command is one line, and what has no blank cannot be broken otherwise.
    const isWhole = (text: string) => /^\s*(?:→ )?kominfo /.test(text) || !/\S \S/.test(text);
    const broken = stdout.split("\n").filter((text) => width(text) > columns && !isWhole(text));
    expect(broken).toEqual([]);
  });
});

describe("the accounts of a computer in a narrow terminal", () => {
  it("are listed and exported without a line that is broken, or that says nothing", async () => {
    const now = () => newsroom.clock.now;
    await laptop.run(["auth", "login", "--with-token"], { stdin: tokens.operator, now });
    const narrow = { now, typed: [], columns: 60 };
    const status = await laptop.run(["auth", "status"], narrow);
    expect(status.stdout).toContain("  Berlaku sampai: tidak ada batas waktu\n");
    expect(status.stdout).not.toContain(": –");
    const env = { KOMINFO_BUNDLE_PASSPHRASE_FILE: laptop.passphraseFile };
    const file = path.join(laptop.home, "akun.age");
    const exported = await laptop.run(["auth", "export", file], { ...narrow, env });
    expect(exported).toMatchObject({ code: 0 });
    const isWhole = (text: string) => /^\s*kominfo /.test(text) || !/\S \S/.test(text);
    const lines = `${status.stdout}${exported.stdout}`.split("\n");
    expect(lines.filter((text) => width(text) > 60 && !isWhole(text))).toEqual([]);
  });
});

describe("a post in a narrow list", () => {
  it("has its title, its state and its name on lines of their own", async () => {
    const { stdout } = await run("operator", ["post", "list"], { typed: [], columns: 60 });
    const lines = stdout.split("\n");
    expect(lines.slice(0, 2).join(" ")).toMatch(/^Camat Cibitung Buka .* Tahun 2027$/);
    expect(lines.slice(2, 4)).toEqual(["  draf", expect.stringMatching(/^ {2}2026-11-16-camat-cibitung/)]);
  });

  it("is named by its folder alone where it cannot be read", async () => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-01-rusak");
    await mkdir(folder);
    await writeFile(path.join(folder, "index.md"), "---\njudul: [\n---\n");
    const { stdout } = await run("operator", ["post", "list"], { typed: [], columns: 60 });
    await rm(folder, { recursive: true });
    expect(stdout).toMatch(/^2026-11-01-rusak\n {2}\S.*\n/m);
    expect(stdout.match(/2026-11-01-rusak/g)).toHaveLength(1);
  });
});
