import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Laptop, openLaptop } from "./support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const { version } = JSON.parse(await readFile(path.resolve(import.meta.dirname, "../package.json"), "utf8"));

describe("help and version", () => {
  it.each([["--version"], ["-V"], ["post", "--version"]])(
    "%s %s prints the version, and ends with 0",
    async (...argv) => {
      expect(await laptop.run(argv)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    },
  );

  it.each([["--help"], ["-h"], ["help"], []])("%s goes to stdout, and ends with 0", async (...argv) => {
    const { code, stdout, stderr } = await laptop.run(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Cara pakai: kominfo");
  });

  it.each([["post"], ["newsroom", "user"], ["help", "post"]])(
    "%s %s, a group without its verb, prints what it holds",
    async (...argv) => {
      const { code, stdout, stderr } = await laptop.run(argv);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/Perintah:\n {2}\w+/);
    },
  );

  it("name what is to be filled in, in that language", async () => {
    expect((await laptop.run(["post", "--help"])).stdout).toMatch(/attach <naskah> <foto…>/);
    expect((await laptop.run(["post", "--help", "--lang", "en"])).stdout).toMatch(/attach <post> <photo…>/);
    expect((await laptop.run(["post", "submit"])).stderr).toContain("<naskah> belum diberikan.");
  });

  it("speak the language that is asked for", async () => {
    expect((await laptop.run(["--lang", "en", "--help"])).stdout).toContain("Usage: kominfo");
    expect((await laptop.run(["--help"], { env: { KOMINFO_LANG: "en" } })).stdout).toContain(
      "Usage: kominfo",
    );
  });
});

describe("an error", () => {
  it("is on stderr in words, with what to type next, and stdout is empty", async () => {
    expect(await laptop.run(["post", "lits"])).toEqual({
      code: 2,
      stdout: "",
      stderr: '✗ Perintah "lits" tidak dikenal.\n  → Mungkin maksud Anda: kominfo post list\n',
    });
  });

  it("of a flag with choices is in no other language, and names the choices", async () => {
    const { code, stderr } = await laptop.run(["post", "list", "--lang", "idn"]);
    expect(code).toBe(2);
    expect(stderr).toContain('"idn" bukan pilihan untuk --lang');
    expect(stderr).toContain("Pilihannya: id, en");
  });

  it("is in English where that is asked for", async () => {
    expect((await laptop.run(["post", "lits", "--lang", "en"])).stderr).toContain(
      "Did you mean: kominfo post list",
    );
  });

  it.each([
    [["post", "lits"], "unknown-command"],
    [["post", "list", "--stat", "x"], "unknown-flag"],
    [["post", "show"], "missing-argument"],
    [["post", "show", "a", "b"], "too-many-arguments"],
    [["post", "list", "--state"], "missing-flag-value"],
    [["post", "list", "--state", "drft"], "bad-choice"],
    [["post", "show", "apa"], "post-missing"],
    [["post", "new"], "missing-input"],
    [["photo", "resize", "x.jpg", "--jobs", "0"], "bad-number"],
  ])("of %j is one JSON document on stderr with --json, before or after the verb", async (argv, code) => {
    for (const line of [
      [...argv, "--json"],
      ["--json", ...argv],
    ]) {
      // A flag without its value would take --json for it.
      if (code === "missing-flag-value" && line.at(-1) === "--json") continue;
      const ran = await laptop.run(line);
      expect(ran).toMatchObject({ code: 2, stdout: "" });
      expect(ran.stderr.trimEnd().split("\n")).toHaveLength(1);
      const { error } = JSON.parse(ran.stderr);
      expect(Object.keys(error)).toEqual(["code", "message", "hints", "exit"]);
      expect(error).toMatchObject({ code, exit: 2 });
    }
  });

  it("of a kind of post that is not named lists the kinds", async () => {
    const { stderr } = await laptop.run(["post", "new", "--no-input"]);
    expect(stderr).toMatch(/<templat> belum diberikan[\s\S]*Pilihannya: agenda, .*berita-kegiatan/);
  });

  it.each([
    [["post", "submit", "a", "--message", "Caf\ufffd"], "--message"],
    [["post", "withdraw", "a", "--reason", "salah\u0000"], "--reason"],
    [["review", "return", "1", "--reason", "\ud83d"], "--reason"],
    [["review", "approve", "1", "--override", "a=b\ufffd"], "--override"],
    [["review", "approve", "1", "--photo", "2=ada-berizin:Caf\ufffd,2026-11-22,a"], "--photo"],
    [["newsroom", "user", "add", "--name", "Caf\ufffd", "--role", "editor"], "--name"],
    [["post", "attach", "a", "b.jpg", "--caption", "\ufffd"], "--caption"],
    [["config", "set", "credit", "Foto: Caf\ufffd"], "<nilai>"],
  ])("of a text that has lost letters names its flag, before anything is done: %j", async (argv, flag) => {
    const ran = await laptop.run([...argv, "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("flag-letters");
    expect(error.message).toContain(`Di ${flag} ada huruf`);
  });

  it("is said even with --quiet", async () => {
    expect((await laptop.run(["-q", "post", "show", "apa"])).stderr).toContain(
      'Naskah "apa" tidak ditemukan',
    );
  });

  it("outside a workspace names the command that makes one (exit 2)", async () => {
    const ran = await laptop.run(["post", "list"], { cwd: laptop.home });
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain("kominfo init");
    expect((await laptop.run(["-C", "berita", "post", "list"], { cwd: laptop.home })).code).toBe(0);
  });

  it("and what comes next keep the workspace that was typed", async () => {
    const cwd = laptop.home;
    const at = ["-C", "baru"];
    const made = await laptop.run([...at, "init", "--kecamatan", "Setu"], { cwd });
    expect(made.stdout).toContain("kominfo -C baru post new");
    const missing = await laptop.run([...at, "post", "show", "apa"], { cwd });
    expect(missing.stderr).toContain("→ kominfo -C baru post list");
  });

  it("for a newsroom that nobody knows name the command that changes its address", async () => {
    const env = { KOMINFO_NEWSROOM_TOKEN: `kominfo_${"a".repeat(43)}` };
    // A port that nobody listens on.
    const ran = await laptop.run(["review", "list", "--url", "http://127.0.0.1:9"], { env });
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain("kominfo config set newsroom <alamat>");
    const stranger = await laptop.run(["review", "list", "--url", "https://lain.example.go.id"]);
    expect(stranger.stderr).toContain("Anda belum masuk ke ruang redaksi di https://lain.example.go.id");
    expect(stranger.stderr).toContain("→ kominfo auth login newsroom --url https://lain.example.go.id");
  });

  it("of the file system is no bug: it names the reason (exit 1)", async () => {
    const folder = path.join(laptop.home, "lain");
    await mkdir(path.join(folder, "kominfo.yaml"), { recursive: true });
    const ran = await laptop.run(["post", "list", "--json"], { cwd: folder });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "file-system", exit: 1 });
  });
});

describe("what should not happen", () => {
  const broken = () => {
    throw new Error("clock is gone");
  };

  it("is owned up to, with exit 1 and how to report it", async () => {
    const ran = await laptop.run(["post", "new", "ucapan"], { now: broken });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toContain("Ini kesalahan kominfo");
    expect(ran.stderr).toContain("clock is gone");
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect((await laptop.run(["post", "new", "ucapan", "-v"], { now: broken })).stderr).toMatch(/^\s+at /m);
  });

  it("is one JSON line with --json", async () => {
    const ran = await laptop.run(["post", "new", "ucapan", "--json"], { now: broken });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(JSON.parse(ran.stderr).error).toMatchObject({ code: "bug", exit: 1 });
  });
});

describe("an interruption", () => {
  it("ends with 130, whatever it broke", async () => {
    const signal = AbortSignal.abort();
    await writeFile(path.join(laptop.workspace, "a.jpg"), "x");
    const ran = await laptop.run(["photo", "resize", "a.jpg"], { signal });
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("Dibatalkan");
  });
});

describe("a warning about kominfo.yaml", () => {
  beforeEach(() => writeFile(path.join(laptop.workspace, "kominfo.yaml"), "kecamatan: Setu\nhastags: [a]\n"));

  it("is said on stderr with file and line, and the command goes on", async () => {
    const ran = await laptop.run(["post", "list"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain(
      'kominfo.yaml: baris 2, hastags: kunci ini tidak dikenal; maksud Anda "hashtags"?',
    );
  });

  it("does not disturb --json", async () => {
    expect(await laptop.run(["post", "list", "--json"])).toEqual({
      code: 0,
      stdout: '{"items":[],"next_cursor":null}\n',
      stderr: "",
    });
  });
});
