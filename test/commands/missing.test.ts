import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { help } from "../../src/language/id/help.js";
import { addPerson } from "../../src/newsroom/local-people.js";
import { createProgram } from "../../src/program.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { hashQuickly } from "../support/hashing.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

hashQuickly();

let newsroom: TestNewsroom;
let laptop: Laptop;
let env: Record<string, string>;
const now = () => newsroom.clock.now;
const slug = "2026-11-22-musrenbang-setu";
let folder: string;

beforeAll(async () => {
  newsroom = await startNewsroom();
  laptop = await openLaptop(newsroom.url);
  folder = path.join(laptop.workspace, "posts", slug);
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, "index.md"),
    '---\njudul: "Musrenbang Setu"\njenis: "ucapan"\n---\nIsi.\n',
  );
  const admin = { name: "Kepala", role: "admin", token: true } as const;
  env = { KOMINFO_NEWSROOM_TOKEN: (await addPerson(newsroom.folder, admin, now())).token ?? "" };
});
afterAll(async () => {
  await newsroom.remove();
  await laptop.remove();
});

/** Every command of the tree that has a required argument, with its words. */
function commandsWithArguments(): string[] {
  const program = createProgram(
    "1.2.3",
    help,
    () => {},
    async () => {},
  );
  const below = (command: Command): Command[] =>
    command.commands.length === 0 ? [command] : command.commands.flatMap(below);
  const words = (command: Command): string =>
    command.parent?.parent ? `${words(command.parent)} ${command.name()}` : command.name();
  return below(program)
    .filter(({ registeredArguments }) => registeredArguments.some(({ required }) => required))
    .map(words);
}

const interrupted = "\u0003";

describe("a missing argument", () => {
  it.each([...commandsWithArguments(), "photo upload"])("is asked for in a terminal: %s", async (command) => {
    const typed = [[/\? /, interrupted]] as const;
    const ran = await laptop.run(command.split(" "), { typed, env, now });
    // A question was asked, and Ctrl-C answered it.
    expect(ran.stderr).toContain("? ");
    expect(ran.stderr).not.toContain("belum diberikan");
    expect(ran.code).toBe(130);
  });

  it.each([...commandsWithArguments(), "photo upload"])(
    "is a usage error without one: %s",
    async (command) => {
      for (const flags of [[], ["--json"]]) {
        const argv = [
          ...command.split(" "),
          ...flags,
          ...(command === "photo upload" ? ["--event", "x"] : []),
        ];
        const ran = await laptop.run(argv, { env, now });
        expect(ran).toMatchObject({ code: 2, stdout: "" });
        expect(ran.stderr).toContain(flags.length > 0 ? '"missing-argument"' : "belum diberikan");
      }
    },
  );

  it("is a post by its title", async () => {
    const typed = [[/Naskah yang mana\?[\s\S]*Musrenbang Setu \(draf\)/, "\r"]] as const;
    const ran = await laptop.run(["post", "show"], { typed });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain("Musrenbang Setu");
  });

  it("is asked again after another: a post, then its photo, wrong at first", async () => {
    const typed = [
      ["Naskah yang mana?", "\r"],
      ["Foto: berkas atau folder", "/tidak/ada.jpg\r"],
      [/tidak ditemukan[\s\S]*Foto: berkas/, interrupted],
    ] as const;
    expect(await laptop.run(["post", "attach"], { typed })).toMatchObject({ code: 130 });
  });

  it("is a photo that is dragged onto the terminal, with quotation marks", async () => {
    const photo = path.join(laptop.home, "foto acara.jpg");
    await writeFile(photo, "bukan foto");
    const typed = [["Foto: berkas atau folder", `'${photo}' \r`]] as const;
    const ran = await laptop.run(["photo", "inspect"], { typed });
    expect(ran.stderr).toContain(photo);
  });

  it("is a submission of the newsroom, which can be named by its title", async () => {
    const operator = { name: "Siti", role: "operator", kecamatan: "32.16.07", token: true } as const;
    const { token = "" } = await addPerson(newsroom.folder, operator, now());
    expect((await as(newsroom, token).get("/me")).status).toBe(200);
    // There is none yet: its number is asked for.
    const typed = [["? Nomor naskah", interrupted]] as const;
    expect(await laptop.run(["review", "show"], { typed, env, now })).toMatchObject({ code: 130 });
  });

  it("is somebody who works here", async () => {
    const typed = [[/\? Siapa\?[\s\S]*Kepala \(admin\)/, interrupted]] as const;
    expect(await laptop.run(["newsroom", "user", "suspend"], { typed, env, now })).toMatchObject({
      code: 130,
    });
  });
});
