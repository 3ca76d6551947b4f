import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const down = (times: number) => `${"\u001b[B".repeat(times)}\r`;
const menu = (typed: Typed[], cwd = laptop.workspace) => laptop.run([], { typed, cwd });
const question = "Apa yang ingin Anda lakukan?";

describe("kominfo alone", () => {
  it("prints help where nobody can be asked", async () => {
    const ran = await laptop.run([]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("Cara pakai: kominfo");
  });

  it("offers what can be done in a workspace, and is left without doing anything", async () => {
    const ran = await menu([[question, down(8)]]);
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    for (const choice of ["Membuat naskah baru", "Mengirim naskah", "Memperbaiki naskah", "Keluar"])
      expect(ran.stderr).toContain(choice);
    expect(ran.stderr).not.toContain("Menyiapkan ruang kerja");
  });

  it("offers to make a workspace where there is none, and does", async () => {
    const folder = path.join(laptop.home, "baru");
    await mkdir(folder);
    const typed: Typed[] = [
      [question, down(1)],
      ["Kecamatan mana?", "\r"],
      ["Alamat ruang redaksi", "\r"],
    ];
    const ran = await menu(typed, folder);
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain("Mengirim naskah");
    expect((await readdir(folder)).sort()).toEqual(["kominfo.yaml", "posts"]);
  });

  it("runs what is chosen as if it had been typed", async () => {
    const list = await menu([[question, down(4)]]);
    expect(list.code).toBe(0);
    expect(list.stderr).toContain("Belum ada naskah. Buat dengan: kominfo post new");
    const help = await menu([[question, down(7)]]);
    expect(help).toMatchObject({ code: 0 });
    expect(help.stdout).toContain("Cara pakai: kominfo");
  });

  it("asks which post, by its title", async () => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-22-musrenbang");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "index.md"),
      '---\njudul: "Musrenbang Setu"\njenis: "ucapan"\n---\nIsi.\n',
    );
    const ran = await menu([
      [question, down(1)],
      [/Naskah yang mana\?[\s\S]*Musrenbang Setu/, "\r"],
    ]);
    // It is not complete: `post submit` says so.
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${path.join(folder, "index.md")} belum siap`);
  });

  it("says so when there is no post to send", async () => {
    const ran = await menu([[question, down(1)]]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("Belum ada naskah.");
  });

  it("ends with 130 by Ctrl-C", async () => {
    expect((await menu([[question, "\u0003"]])).code).toBe(130);
  });
});
