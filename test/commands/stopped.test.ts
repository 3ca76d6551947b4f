import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPerson } from "../../src/newsroom/local-people.js";
import { startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { hashQuickly } from "../support/hashing.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let newsroom: TestNewsroom;
let laptop: Laptop;
let env: Record<string, string>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  const admin = { name: "Kepala", role: "admin", token: true } as const;
  env = { KOMINFO_NEWSROOM_TOKEN: (await addPerson(newsroom.folder, admin, newsroom.clock.now)).token ?? "" };
  for (const [slug, title] of [
    ["2026-11-22-musrenbang-setu", "Musrenbang Setu"],
    ["2026-11-23-musrenbang-desa", "Musrenbang Desa"],
  ] as const) {
    const folder = path.join(laptop.workspace, "posts", slug);
    await mkdir(path.join(folder, ".kominfo"), { recursive: true });
    await writeFile(
      path.join(folder, "index.md"),
      `---\njudul: "${title}"\njenis: "ucapan"\nkategori: "sosial"\n---\nIsi.\n`,
    );
    const id = "00000000-0000-4000-8000-000000000001";
    const submission = {
      ...{ id, revision: 1, state: "submitted", updated_at: "2026-11-22T03:00:00.000Z" },
      ...{ origin: newsroom.url, url: `${newsroom.url}/api/v1/submissions/${id}` },
    };
    await writeFile(
      path.join(folder, ".kominfo", "state.json"),
      JSON.stringify({ submission, photos: {}, uploads: {} }),
    );
  }
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});

const stop = "\u0003";
const run = (argv: string[], typed?: Typed[]) =>
  laptop.run(argv, { typed, env, now: () => newsroom.clock.now });

describe("Ctrl-C before anything is done", () => {
  it.each<[string, string[], Typed[]]>([
    [
      "at the second question of newsroom user add",
      ["newsroom", "user", "add"],
      [
        [/\? /, "Siti\r"],
        [/\? [\s\S]*❯/, stop],
      ],
    ],
    ["at the code of auth login", ["auth", "login", "newsroom"], [[/\? Kode aktivasi/, stop]]],
    ["at the reason of post withdraw", ["post", "withdraw", "musrenbang-desa"], [[/\? /, stop]]],
    ["at the link of post record", ["post", "record", "musrenbang-desa"], [[/\? /, stop]]],
    ["at the first question of post new", ["post", "new"], [[/\? [\s\S]*❯/, stop]]],
    ["at the first question of post edit", ["post", "edit", "musrenbang-desa"], [[/\? Jawaban mana/, stop]]],
    ["at what photo upload is for", ["photo", "upload"], [[/\? /, stop]]],
  ])("%s, nothing has changed", async (_where, argv, typed) => {
    const ran = await run(argv, typed);
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("✗ Tidak jadi; tidak ada yang berubah.");
    expect(ran.stderr).not.toContain("ila ada yang sudah selesai");
  });
});

describe("a name that fits several posts", () => {
  const both = /\? Naskah yang mana\?[\s\S]*Musrenbang Desa[\s\S]*Musrenbang Setu/;
  it.each([
    ["check"],
    ["show"],
    ["status"],
    ["edit"],
    ["attach"],
    ["photos"],
    ["preview"],
    ["submit"],
    ["withdraw"],
    ["pull"],
    ["delete"],
    ["publish"],
    ["unpublish"],
    ["record"],
  ])("is asked about in a terminal: post %s", async (verb) => {
    const photo = verb === "attach" ? [path.join(laptop.workspace, "a.jpg")] : [];
    const ran = await run(["post", verb, "musrenbang", ...photo], [[both, stop]]);
    expect(ran.stderr).toContain("✗ Tidak jadi; tidak ada yang berubah.");
    expect(ran.code).toBe(130);
  });

  it.each([
    [["post", "new", "--copy", "musrenbang"]],
    [["photo", "upload", "a.jpg", "--post", "musrenbang"]],
  ])("is asked about in a terminal: %s", async (argv) => {
    expect((await run(argv, [[both, stop]])).code).toBe(130);
  });

  it("is the post that is chosen", async () => {
    const ran = await run(["post", "show", "musrenbang"], [[both, "\r"]]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain("Musrenbang Desa");
  });

  it("stays a mistake where nobody can be asked", async () => {
    const ran = await run(["post", "show", "musrenbang"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("cocok dengan 2 naskah");
  });

  it("is asked about in the bin, too", async () => {
    const bin = path.join(laptop.workspace, ".kominfo", "sampah");
    for (const name of ["2026-11-20-rapat-a", "2026-11-20-rapat-b"]) {
      await mkdir(path.join(bin, name), { recursive: true });
      await writeFile(path.join(bin, name, "index.md"), "x");
    }
    const ran = await run(
      ["post", "delete", "rapat", "--restore"],
      [[/2026-11-20-rapat-b[\s\S]*2026-11-20-rapat-a/, "\r"]],
    );
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("2026-11-20-rapat-b");
  });
});

describe("a path where a name is asked for", () => {
  it.each(["~/Foto\\ Acara", "'/media/kartu/DCIM'", "./posts/2026-11-22-musrenbang-setu"])(
    "is no album's name: %s",
    async (typed) => {
      const ran = await run(
        ["photo", "upload"],
        [
          [/\? [\s\S]*❯/, "\r"],
          [/\? Nama kegiatan/, `${typed}\r`],
          [/Itu letak berkas atau folder/, stop],
        ],
      );
      expect(ran.code).toBe(130);
    },
  );

  it("may hold a stroke", async () => {
    const ran = await run(
      ["photo", "upload"],
      [
        [/\? [\s\S]*❯/, "\r"],
        [/\? Nama kegiatan/, "HUT RI ke-81 / Cibitung\r"],
        [/\? (?!Nama)[\s\S]*foto/i, stop],
      ],
    );
    expect(ran.stderr).not.toContain("Itu letak berkas");
  });
});
