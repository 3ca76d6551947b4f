import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answering } from "../../src/commands/answering.js";
import { help } from "../../src/language/id/help.js";
import { createProgram } from "../../src/program.js";
import { pathOf } from "../../src/terminal/usage.js";
import { writeAnswers } from "../support/answers.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

describe("--quiet", () => {
  it("is silent where a command did what it was told", async () => {
    const answers = await writeAnswers(path.join(laptop.home, "kegiatan"), 1);
    const photo = path.join(laptop.home, "kegiatan", "IMG_1001.jpg");
    for (const argv of [
      ["init", "baru", "--kecamatan", "Setu"],
      ["config", "set", "credit", "Foto: Humas"],
      ["post", "new", "berita-kegiatan", "--from", answers],
      ["post", "check", "musrenbang"],
      ["post", "attach", "musrenbang", photo, "--caption", "Camat", "--alt", "Camat", "--credit", "Foto"],
      ["photo", "resize", photo, "--preset", "web"],
      ["auth", "store", "passphrase"],
    ]) {
      expect({ argv, ...(await laptop.run([...argv, "-q"])) }).toEqual({
        argv,
        code: 0,
        stdout: "",
        stderr: "",
      });
    }
  });

  it("prints what a command exists to print, and a dry run", async () => {
    await writeAnswers(path.join(laptop.home, "kegiatan"), 1);
    const photo = path.join(laptop.home, "kegiatan", "IMG_1001.jpg");
    for (const argv of [
      ["config", "get", "kecamatan"],
      ["template", "list"],
      ["photo", "inspect", photo],
      ["photo", "resize", photo, "--dry-run"],
      ["auth", "status"],
    ]) {
      expect((await laptop.run([...argv, "--quiet"])).stdout, argv.join(" ")).not.toBe("");
    }
  });

  it("keeps a warning whole", async () => {
    const folder = path.join(laptop.home, "kegiatan");
    await writeAnswers(folder, 1);
    await writeFile(path.join(folder, "rapat.pdf"), "x");
    const ran = await laptop.run(["photo", "resize", folder, "-q"]);
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 0, stdout: "" });
    expect(ran.stderr).toMatch(/^! Dilewati: \d+ berkas\.\n {4}Bukan foto: .*rapat\.pdf/);
  });

  it("keeps the result of what did not succeed", async () => {
    const photo = path.join(laptop.home, "rusak.jpg");
    await writeFile(photo, "bukan foto");
    const ran = await laptop.run(["photo", "resize", photo, "-q"]);
    expect(ran.code).not.toBe(0);
    expect(ran.stdout + ran.stderr).not.toBe("");
  });

  it("knows the commands that answer by their names in the tree", () => {
    const program = createProgram(
      "1.2.3",
      help,
      () => {},
      async () => {},
    );
    const below = (command: typeof program): string[] =>
      command.commands.length === 0
        ? [pathOf(command).replace("kominfo ", "")]
        : command.commands.flatMap((child) => below(child as typeof program));
    expect(below(program)).toEqual(expect.arrayContaining([...answering]));
  });
});

describe("post check --json", () => {
  it("names each problem with its code, line, field and sentence", async () => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-22-a");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "index.md"),
      '---\njudul: "A"\njenis: "ucapan"\ntanggal: kapan\n---\nIsi.\n',
    );
    const ran = await laptop.run(["post", "check", "2026-11-22-a", "--json"]);
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    const { error } = JSON.parse(ran.stderr);
    expect(error.code).toBe("post-invalid");
    expect(error.problems).toContainEqual({
      code: "date-expected",
      severity: "error",
      line: 4,
      field: "tanggal",
      message: expect.not.stringContaining("baris 4"),
    });
  });
});
