import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
let file: string;
beforeEach(async () => {
  laptop = await openLaptop();
  file = path.join(laptop.workspace, "kominfo.yaml");
});
afterEach(() => laptop.remove());
const written = () => readFile(file, "utf8");

describe("config set", () => {
  it.each([
    ["newsroom redaksi.example.go.id", "newsroom", "https://redaksi.example.go.id"],
    ["newsroom 127.0.0.1:4600", "newsroom", "http://127.0.0.1:4600"],
    ["kecamatan muara gembong", "kecamatan", { code: "32.16.17", name: "Muaragembong" }],
    ["credit Foto: Humas", "credit", "Foto: Humas"],
    ["lang EN", "lang", "en"],
    // As kominfo.yaml calls them.
    ["language en", "lang", "en"],
    ["photos.credit Foto: Humas", "credit", "Foto: Humas"],
  ])("%s is what config get and show tell", async (line, name, value) => {
    const set = await laptop.json(["config", "set", ...line.split(" ")]);
    expect(set).toEqual({ name, value, changed: true });
    expect(await laptop.json(["config", "get", name])).toEqual({ name, value });
    expect(await laptop.json(["config", "show"])).toMatchObject({ path: file, config: { [name]: value } });
  });

  it("changes nothing else in kominfo.yaml: comments, order, spacing, line ends", async () => {
    const before = [
      "\ufeff# Kami",
      'kecamatan: "32.16.07"   # Kecamatan Cibitung',
      "",
      "photos:   { credit: 'Foto: Kecamatan',  jobs: 2 } # cepat",
      "newsroom:",
      "    # yang lama",
      "    url: https://lama.example.go.id   # sejak 2024",
      "",
    ].join("\r\n");
    await writeFile(file, before);
    await laptop.run(["config", "set", "newsroom", "baru.example.go.id"]);
    await laptop.run(["config", "set", "credit", 'Foto: "Humas"']);
    await laptop.run(["config", "set", "kecamatan", "Setu"]);
    expect(await written()).toBe(
      before
        .replace("https://lama.example.go.id", '"https://baru.example.go.id"')
        .replace("'Foto: Kecamatan'", '"Foto: \\"Humas\\""')
        .replace('"32.16.07"   # Kecamatan Cibitung', '"32.16.18"   # Kecamatan Setu'),
    );
  });

  it("changes the names that init wrote beside the kecamatan", async () => {
    const cwd = path.join(laptop.home, "baru");
    await laptop.run(["init", cwd, "--kecamatan", "Setu"]);
    const text = await readFile(path.join(cwd, "kominfo.yaml"), "utf8");
    expect(text).toContain('menambahkan "SETU –" sendiri');
    await laptop.run(["config", "set", "kecamatan", "Cibitung"], { cwd });
    expect(await readFile(path.join(cwd, "kominfo.yaml"), "utf8")).toBe(
      text
        .replace('"32.16.18" # Kecamatan Setu', '"32.16.07" # Kecamatan Cibitung')
        .replace('"SETU –"', '"CIBITUNG –"'),
    );
  });

  it("shows the name that kominfo.yaml has for a setting", async () => {
    expect((await laptop.run(["config", "show"])).stdout).toMatch(/^lang \(language\) +id$/m);
  });

  it("fills in the address that init left as a comment", async () => {
    const cwd = path.join(laptop.home, "baru");
    await laptop.run(["init", cwd, "--kecamatan", "Setu"]);
    const text = await readFile(path.join(cwd, "kominfo.yaml"), "utf8");
    await laptop.run(["config", "set", "newsroom", "redaksi.example.go.id"], { cwd });
    expect(await readFile(path.join(cwd, "kominfo.yaml"), "utf8")).toBe(
      text.replace(/^# (newsroom: .*")https:[^"]*(".*)$/m, "$1https://redaksi.example.go.id$2"),
    );
  });

  it.each([
    [["newsroom", "redaksi"], "address-invalid"],
    [["newsroom", "http://redaksi.example.go.id"], "address-not-https"],
    [["kecamatan", "Cibitnug"], "kecamatan-unknown"],
    [["lang", "fr"], "bad-choice"],
    [["bahasa", "id"], "bad-choice"],
    [["credit"], "missing-argument"],
    [["credit", " "], "missing-argument"],
  ])("refuses %j (exit 2), and changes nothing", async (words, code) => {
    const before = await written();
    const ran = await laptop.run(["config", "set", ...words, "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(JSON.parse(ran.stderr).error.code).toBe(code);
    expect(await written()).toBe(before);
  });

  it("takes the credit away for an empty value", async () => {
    await laptop.run(["config", "set", "credit", "Foto: Humas"]);
    expect(await laptop.run(["config", "set", "credit", ""])).toMatchObject({
      code: 0,
      stdout: "✓ Kredit foto: dikosongkan\n",
    });
    expect(await written()).not.toContain("Humas");
    const { value } = JSON.parse((await laptop.run(["config", "set", "credit", "", "--json"])).stdout);
    expect(value).toBeNull();
  });

  it("names a folder of -C that is not there", async () => {
    const ran = await laptop.run(["-C", path.join(laptop.home, "tidak ada"), "post", "list"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr.replace(/\s+/g, " ")).toContain("tidak ada tidak ada.");
  });

  it("asks a person for the value", async () => {
    const typed = [["Kredit foto", "Foto: Humas\r"]] as const;
    const ran = await laptop.run(["config", "set", "credit"], { typed });
    expect(ran).toMatchObject({ code: 0, stdout: "✓ Kredit foto: Foto: Humas\n" });
  });

  it("tells of the hashtags of another kecamatan, with their line and what it should be", async () => {
    const cwd = path.join(laptop.home, "baru");
    await laptop.run(["init", cwd, "--kecamatan", "Tambun Utara"]);
    const setu = await laptop.run(["config", "set", "kecamatan", "Setu"], { cwd });
    expect(setu.stderr).toContain("#TambunUtara. Ganti di");
    const lines = (await readFile(path.join(cwd, "kominfo.yaml"), "utf8")).split("\n");
    const line = lines.findIndex((text) => text.startsWith("hashtags:"));
    expect(setu.stderr).toContain(`kominfo.yaml, baris ${line + 1}, menjadi:`);
    expect(setu.stderr).toContain('hashtags: ["KabupatenBekasi", "Setu"]');
    lines[line] = 'hashtags: ["KabupatenBekasi", "KecamatanSetu", "Humas"]';
    await writeFile(path.join(cwd, "kominfo.yaml"), lines.join("\n"));
    await laptop.run(["config", "set", "kecamatan", "Babelan"], { cwd });
    expect((await laptop.run(["config", "set", "kecamatan", "Setu"], { cwd })).stderr).not.toContain(
      "hashtags",
    );
  });

  it.each([
    [["config", "set"], "Pengaturan yang mana?"],
    [["config", "set", "credit"], "Kredit foto"],
  ])("%j that is stopped says that nothing has changed", async (words, question) => {
    const before = await written();
    const ran = await laptop.run(words, { typed: [[question, "\u0003"]] });
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
    expect(await written()).toBe(before);
  });

  it("does not touch a kominfo.yaml that cannot be read", async () => {
    await writeFile(file, "kecamatan: [\n");
    expect((await laptop.run(["config", "set", "lang", "en"])).code).toBe(2);
    expect(await written()).toBe("kecamatan: [\n");
  });
});

describe("config get", () => {
  it("prints the value alone; what is not set is exit 1, with the command that sets it", async () => {
    expect(await laptop.run(["config", "get", "kecamatan"])).toMatchObject({ code: 0, stdout: "Cibitung\n" });
    const ran = await laptop.run(["config", "get", "newsroom"]);
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain("kominfo config set newsroom <nilai>");
  });
});
