import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { samplePhoto } from "../../scripts/sample-photo.mjs";
import { type Service, startService } from "../channels/services.js";
import type { Ran } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

/*
 * A workspace that others may have filled: links in it lead to the person's private files. Whatever a command would read,
 * send or write through them, it names the link and touches nothing. Hard links cannot be told from files.
 */

const id = "00000000-0000-4000-8000-000000000001";
let laptop: Laptop;
let newsroom: Service;
/** The person's own folder, outside the workspace. */
let privateFolder: string;
let bundle: string;

beforeEach(async () => {
  newsroom = await startService(() => ({ status: 500, text: "" }));
  laptop = await openLaptop(newsroom.url);
  privateFolder = path.join(laptop.home, "pribadi");
  await mkdir(privateFolder);
  const photo = await samplePhoto({ width: 640, height: 480, seed: 1 });
  await writeFile(path.join(privateFolder, "a.jpg"), photo);
  await writeFile(
    path.join(privateFolder, "index.md"),
    '---\njudul: "Rahasia"\njenis: berita\n---\nRahasia.\n',
  );
  await writeFile(path.join(laptop.workspace, "IMG_1.jpg"), photo);
  const answers = ["judul=Musrenbang", "kegiatan=M", "lokasi=Aula", "uraian=Ada.", "tanggal=16/11/2026"];
  const set = answers.flatMap((answer) => ["--set", answer]);
  const made = await laptop.json<{ post: { path: string } }>(["post", "new", "berita-kegiatan", ...set]);
  bundle = made.post.path;
  const texts = ["--caption", "Camat", "--alt", "Camat di podium", "--credit", "Foto: Kecamatan"];
  const photos = await laptop.run(["post", "attach", "musrenbang", "IMG_1.jpg", ...texts]);
  expect(photos.code).toBe(0);
  const updated_at = "2026-11-20T03:00:00.000Z";
  const url = `${newsroom.url}/api/v1/submissions/${id}`;
  const submission = { id, revision: 1, state: "submitted", updated_at, origin: newsroom.url, url };
  await mkdir(path.join(bundle, ".kominfo", "renditions"), { recursive: true });
  await writeFile(path.join(bundle, ".kominfo", "state.json"), JSON.stringify({ submission }));
});
afterEach(() => Promise.all([newsroom.close(), laptop.remove()]));

const env = { KOMINFO_STORE: "env", KOMINFO_NEWSROOM_TOKEN: "kominfo_token_operator_1234567890" };
const run = (argv: readonly string[]) => laptop.run(argv, { env });

/** Puts a link in the place of a part of the bundle or workspace; what was there moves to its target. */
async function linkOut(place: string): Promise<void> {
  const target = path.join(privateFolder, `di-luar-${path.basename(place)}`);
  await rename(place, target).catch(() => mkdir(target));
  await symlink(target, place);
}

/** Every file of the private folder with its bytes. */
async function privateFiles(): Promise<[string, string][]> {
  const entries = await readdir(privateFolder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return Promise.all(
    files.sort().map(async (file): Promise<[string, string]> => [file, await readFile(file, "base64")]),
  );
}

const commands: readonly (readonly string[])[] = [
  ["post", "show", "musrenbang"],
  ["post", "check", "musrenbang"],
  ["post", "preview", "musrenbang", "--whatsapp"],
  ["post", "submit", "musrenbang"],
  ["post", "submit", "musrenbang", "--dry-run"],
  ["post", "status", "musrenbang"],
  ["post", "pull", "musrenbang"],
  ["post", "pull", "musrenbang", "--dry-run"],
  ["post", "withdraw", "musrenbang", "--reason", "Ditunda"],
  ["post", "record", "musrenbang", "--url", "https://bekasikab.go.id/x"],
  ["post", "attach", "musrenbang", "IMG_1.jpg"],
  ["post", "edit", "musrenbang"],
  ["photo", "upload", "IMG_1.jpg", "--post", "musrenbang", "--yes"],
];

function expectRefusal(ran: Ran, link: string): void {
  expect(JSON.parse(ran.stderr.trim().split("\n").at(-1)!).error).toMatchObject({
    code: "link-outside",
    exit: 2,
  });
  expect(ran.stderr).toContain(JSON.stringify(link).slice(1, -1));
  expect(ran).toMatchObject({ code: 2, stdout: "" });
}

describe("a link out of a bundle", () => {
  it.each([
    "foto",
    "foto/IMG_1.jpg",
    ".kominfo",
    ".kominfo/state.json",
    ".kominfo/renditions",
    ".kominfo/sebelum",
    "index.md",
  ])(
    "at %s is refused by name by every command, which sends and writes nothing",
    { timeout: 30_000 },
    async (part) => {
      const link = path.join(bundle, part);
      await linkOut(link);
      const before = await privateFiles();
      for (const argv of commands) expectRefusal(await run([...argv, "--json"]), link);
      expect(newsroom.seen).toEqual([]);
      expect(await privateFiles()).toEqual(before);
    },
  );

  it("that leads nowhere yet is refused too: something would be made there", async () => {
    const link = path.join(bundle, "foto", "baru.jpg");
    await symlink(path.join(privateFolder, "baru.jpg"), link);
    expectRefusal(await run(["post", "check", "musrenbang", "--json"]), link);
  });

  it("is named in a sentence, with the command that removes it", async () => {
    const link = path.join(bundle, "foto", "IMG_1.jpg");
    await linkOut(link);
    const { stderr } = await run(["post", "submit", "musrenbang"]);
    expect(stderr).toContain(
      `${link} adalah tautan ke ${path.join(privateFolder, "di-luar-IMG_1.jpg")}, di luar`,
    );
    expect(stderr).toContain(`rm "${link}"`);
  });

  it("leaves its post out of the lists, which name it and list the others", async () => {
    await cp(bundle, `${bundle}-desa`, { recursive: true });
    await linkOut(path.join(bundle, "foto"));
    for (const argv of [["post", "list"], ["sync"]]) {
      const { code, stdout, stderr } = await run(argv);
      expect(stderr).toContain(`${path.join(bundle, "foto")} adalah tautan`);
      if (argv[1] === "list") expect([code, stdout.trim().split("\n").length]).toEqual([0, 1]);
    }
  });

  it("is no matter while it stays inside, for a file and for a folder", async () => {
    await rename(path.join(bundle, "foto"), path.join(bundle, "gambar"));
    await symlink("gambar", path.join(bundle, "foto"));
    await rename(path.join(bundle, "gambar", "IMG_1.jpg"), path.join(bundle, "gambar", "asli.jpg"));
    await symlink("asli.jpg", path.join(bundle, "gambar", "IMG_1.jpg"));
    await rename(path.join(bundle, "index.md"), path.join(bundle, "naskah.md"));
    await symlink("naskah.md", path.join(bundle, "index.md"));
    expect(await run(["post", "check", "musrenbang"])).toMatchObject({ code: 0 });
    await writeFile(
      path.join(laptop.workspace, "IMG_2.jpg"),
      await samplePhoto({ width: 640, height: 480, seed: 2 }),
    );
    expect(await run(["post", "attach", "musrenbang", "IMG_2.jpg"])).toMatchObject({ code: 0 });
    expect((await readdir(path.join(bundle, "gambar"))).sort()).toEqual([
      "IMG_1.jpg",
      "IMG_2.jpg",
      "asli.jpg",
    ]);
    expect(await readFile(path.join(bundle, "naskah.md"), "utf8")).toContain("foto/IMG_2.jpg");
  });
});

describe("a link out of a workspace", () => {
  it.each([
    ["posts", ["post", "new", "berita-kegiatan", "--set", "judul=Baru"]],
    ["posts", ["post", "list"]],
    [".kominfo", ["photo", "upload", "IMG_1.jpg", "--event", "Panen", "--yes"]],
    [".kominfo/uploads", ["photo", "upload", "IMG_1.jpg", "--event", "Panen", "--yes"]],
    [".kominfo/uploads", ["sync"]],
    ["templates", ["post", "new", "rahasia", "--set", "judul=Baru"]],
    ["templates/rahasia.md", ["post", "new", "rahasia", "--set", "judul=Baru"]],
    ["templates/rahasia.md", ["template", "show", "rahasia"]],
  ])("at %s is refused by kominfo %s", async (part, argv) => {
    const link = path.join(laptop.workspace, part);
    const template = path.join(laptop.workspace, "templates", "rahasia.md");
    await mkdir(path.dirname(template), { recursive: true });
    await writeFile(template, "---\n---\nRahasia\n");
    await mkdir(path.join(laptop.workspace, ".kominfo", "uploads"), { recursive: true });
    await linkOut(link);
    const before = await privateFiles();
    expectRefusal(await run([...argv, "--json"]), link);
    expect(newsroom.seen).toEqual([]);
    expect(await privateFiles()).toEqual(before);
  });

  it("is no matter where the workspace itself is reached by one", async () => {
    const link = path.join(laptop.home, "tautan");
    await symlink(laptop.workspace, link);
    expect(await laptop.run(["post", "show", "musrenbang"], { env, cwd: link })).toMatchObject({ code: 0 });
  });
});

describe("an album's folder", () => {
  let album: string;
  beforeEach(async () => {
    album = path.join(laptop.home, "kartu");
    await mkdir(album);
    await cp(path.join(laptop.workspace, "IMG_1.jpg"), path.join(album, "IMG_1.jpg"));
  });
  const upload = (...typed: string[]) =>
    laptop.json<{ failed: { source: string; code: string }[]; photos: { source: string }[] }>(
      ["photo", "upload", ...typed, "--event", "Panen", "--dry-run"],
      { env },
    );

  it.each(["", "/*.jpg"])("takes its photos (%s), and refuses a link out of it by name", async (pattern) => {
    await symlink(path.join(privateFolder, "a.jpg"), path.join(album, "pribadi.jpg"));
    await symlink("IMG_1.jpg", path.join(album, "salinan.jpg"));
    const { photos, failed } = await upload(`${album}${pattern}`);
    expect(photos.map(({ source }) => path.basename(source))).toEqual(["IMG_1.jpg"]);
    expect(failed).toMatchObject([{ source: path.join(album, "pribadi.jpg"), code: "link-outside" }]);
  });

  it("may be named by a link, and so may a photo", async () => {
    const folder = path.join(laptop.home, "tautan");
    await symlink(album, folder);
    expect(await upload(folder)).toMatchObject({ photos: [{}], failed: [] });
    const photo = path.join(laptop.home, "tautan.jpg");
    await symlink(path.join(privateFolder, "a.jpg"), photo);
    expect(await upload(photo)).toMatchObject({ photos: [{}], failed: [] });
  });

  it.each(["takarir.csv", "IMG_1.txt"])(
    "does not read captions through a link out of it: %s",
    async (name) => {
      await writeFile(path.join(privateFolder, name), "berkas,takarir\nIMG_1.jpg,rahasia\n");
      await symlink(path.join(privateFolder, name), path.join(album, name));
      const ran = await run(["photo", "upload", album, "--event", "Panen", "--dry-run", "--json"]);
      expectRefusal(ran, path.join(album, name));
    },
  );

  it("is refused to post attach as a whole where it holds a link out", async () => {
    await symlink(path.join(privateFolder, "a.jpg"), path.join(album, "pribadi.jpg"));
    const ran = await run(["post", "attach", "musrenbang", album, "--json"]);
    expectRefusal(ran, path.join(album, "pribadi.jpg"));
    await rm(path.join(album, "pribadi.jpg"));
    expect(await run(["post", "attach", "musrenbang", album])).toMatchObject({ code: 0 });
  });
});
