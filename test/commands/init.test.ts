import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../../src/workspace/settings.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
let cwd: string;
beforeEach(async () => {
  laptop = await openLaptop();
  cwd = path.join(laptop.home, "dokumen");
  await mkdir(cwd);
});
afterEach(() => laptop.remove());

const init = (argv: string[], options: Parameters<Laptop["run"]>[1] = {}) =>
  laptop.run(["init", ...argv], { cwd, ...options });
const written = async (folder = cwd) =>
  readSettings(await readFile(path.join(folder, "kominfo.yaml"), "utf8"), folder).settings;

describe("kominfo init", () => {
  it("makes a workspace here, says where, and what to do next", async () => {
    const ran = await init(["--kecamatan", "Cibitung"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Ruang kerja Kecamatan Cibitung siap di ${cwd}`);
    expect(ran.stdout).toContain("kominfo post new");
    expect((await readdir(cwd)).sort()).toEqual(["kominfo.yaml", "posts"]);
    expect(await written()).toMatchObject({ kecamatan: { code: "32.16.07" }, language: "id" });
  });

  it("makes it in a folder that is named, with the newsroom's address", async () => {
    const ran = await init([
      "berita baru",
      "--kecamatan",
      "Setu",
      "--newsroom",
      "https://redaksi.example.go.id/",
    ]);
    expect(ran.stdout).toContain("kominfo auth login newsroom");
    expect(await written(path.join(cwd, "berita baru"))).toMatchObject({
      kecamatan: { name: "Setu" },
      newsroom: { origin: "https://redaksi.example.go.id" },
    });
  });

  it.each([
    ["berita kami", '"berita kami"'],
    ["berita $HOME", "'berita $HOME'"],
    ["berita", "berita"],
  ])("leads into the folder %s as a shell takes it", async (folder, typed) => {
    const ran = await init([folder, "--kecamatan", "Setu"]);
    expect(/^ {2}cd (.*)$/m.exec(ran.stdout)?.[1]).toBe(typed);
  });

  it("tells scripts what it made", async () => {
    const json = await laptop.json(["init", "berita", "--kecamatan", "32.16.21"], { cwd });
    expect(json).toEqual({
      workspace: {
        path: path.join(cwd, "berita"),
        kecamatan: { code: "32.16.21", name: "Serang Baru" },
        newsroom: null,
      },
    });
  });

  it.each([
    ["taruma jaya", "32.16.01"],
    ["Kec. Muara Gembong", "32.16.17"],
    ["321602", "32.16.02"],
  ])("takes a kecamatan as people write it: %s", async (typed, code) => {
    await init(["--kecamatan", typed]);
    expect((await written())?.kecamatan.code).toBe(code);
  });

  it("refuses a kecamatan that is none with the nearest (exit 2), and makes nothing", async () => {
    const ran = await init(["baru", "--kecamatan", "Cibitnug"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("Mungkin maksud Anda: Cibitung");
    expect(await readdir(cwd)).toEqual([]);
  });

  it.each([
    ["http://redaksi.example.go.id", "address-not-https"],
    ["https://redaksi.example.go.id/api", "address-with-path"],
    ["https://siti:rahasia@redaksi.example.go.id", "address-with-login"],
    ["redaksi", "address-invalid"],
  ])("refuses the address %s (exit 2), and makes nothing", async (address, code) => {
    const ran = await init(["--kecamatan", "Setu", "--newsroom", address, "--json"]);
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
    expect(ran.stderr).not.toContain("rahasia@");
    expect(await readdir(cwd)).toEqual([]);
  });

  it("never touches a workspace that is there (exit 2)", async () => {
    const file = path.join(cwd, "kominfo.yaml");
    await writeFile(file, "kecamatan: Babelan # kami\n");
    const ran = await init(["--kecamatan", "Setu"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`${file} sudah ada; tidak ada yang diubah.`);
    expect(ran.stderr).toContain("kominfo config show");
    const elsewhere = await laptop.run(["init", cwd, "--kecamatan", "Setu"], { cwd: laptop.home });
    expect(elsewhere.stderr).toContain(`kominfo -C ${cwd} config show`);
    expect(await readFile(file, "utf8")).toBe("kecamatan: Babelan # kami\n");
    expect(await readdir(cwd)).toEqual(["kominfo.yaml"]);
  });

  it("keeps what else lies in the folder", async () => {
    await writeFile(path.join(cwd, "catatan.txt"), "x");
    await init(["--kecamatan", "Setu"]);
    expect((await readdir(cwd)).sort()).toEqual(["catatan.txt", "kominfo.yaml", "posts"]);
  });

  it("names the flag that is missing where nobody can be asked (exit 2)", async () => {
    for (const argv of [[], ["--no-input"], ["--json"]]) {
      const ran = await init(argv);
      expect(ran).toMatchObject({ code: 2, stdout: "" });
      expect(ran.stderr).toContain("--kecamatan");
    }
  });

  it("asks a person for the kecamatan and the address, until that is one", async () => {
    const ran = await init([], {
      typed: [
        ["Kecamatan mana?", "\u001b[B\r"],
        ["Alamat ruang redaksi", "redaksi\r"],
        ["Harus alamat https", "\u0015https://redaksi.example.go.id\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(await written()).toMatchObject({
      kecamatan: { name: "Bojongmangu" },
      newsroom: { origin: "https://redaksi.example.go.id" },
    });
  });

  it("can do without the address, and is left by Ctrl-C without a trace (exit 130)", async () => {
    const left = await init([], { typed: [["Kecamatan mana?", "\u0003"]] });
    expect(left.code).toBe(130);
    expect(await readdir(cwd)).toEqual([]);
    const made = await init([], {
      typed: [
        ["Kecamatan mana?", "\r"],
        ["Alamat ruang redaksi", "\r"],
      ],
    });
    expect(made.code).toBe(0);
    expect(await written()).not.toHaveProperty("newsroom");
  });
});
