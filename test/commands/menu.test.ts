import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleLayout } from "../../src/post/bundle.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

/** Its first letters, as a person finds a choice. */
const chosen = (name: string) => `${name}\r`;
const menu = (typed: Typed[], cwd = laptop.workspace) => laptop.run([], { typed, cwd });
const question = "Apa yang ingin Anda lakukan?";

describe("kominfo alone", () => {
  it("prints help where nobody can be asked", async () => {
    const ran = await laptop.run([]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("Cara pakai: kominfo");
  });

  it("offers what can be done in a workspace, and is left without doing anything", async () => {
    const ran = await menu([[question, chosen("Keluar")]]);
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    for (const choice of ["Membuat naskah baru", "Mengirim naskah", "Memperbaiki naskah", "Keluar"])
      expect(ran.stderr).toContain(choice);
    expect(ran.stderr).not.toContain("Menyiapkan ruang kerja");
  });

  it("offers to make a workspace where there is none, and does", async () => {
    const folder = path.join(laptop.home, "baru");
    await mkdir(folder);
    const typed: Typed[] = [
      [question, chosen("Menyiapkan ruang")],
      ["Kecamatan mana?", "\r"],
      ["Alamat ruang redaksi", "\r"],
    ];
    const ran = await menu(typed, folder);
    expect(ran.code).toBe(0);
    expect(ran.stderr).not.toContain("Mengirim naskah");
    expect((await readdir(folder)).sort()).toEqual(["kominfo.yaml", "posts"]);
  });

  it("keeps of the chosen row only its name, and changes nothing when it is stopped", async () => {
    const list = await menu([[question, chosen("Melihat daftar")]]);
    const row = list.stderr.split("✔ Apa yang ingin Anda lakukan?").at(-1);
    expect(row).toMatch(/^ Melihat daftar naskah\P{L}/u);
    const stopped = await menu([[question, "\u0003"]]);
    expect(stopped).toMatchObject({ code: 130, stdout: "" });
    expect(stopped.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
  });

  it("runs what is chosen as if it had been typed", async () => {
    const list = await menu([[question, chosen("Melihat daftar")]]);
    expect(list.code).toBe(0);
    expect(list.stderr).toContain("Belum ada naskah. Buat dengan: kominfo post new");
    const help = await menu([[question, chosen("Melihat semua")]]);
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
      [question, chosen("Mengirim naskah")],
      [/Naskah yang mana\?[\s\S]*Musrenbang Setu/, "\r"],
    ]);
    // It is not complete: `post submit` says so.
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`${path.join(folder, "index.md")} belum siap`);
  });

  it("says so when there is no post to send", async () => {
    const ran = await menu([[question, chosen("Mengirim naskah")]]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("Belum ada naskah.");
  });

  it("says the command of each choice", async () => {
    const { stderr } = await menu([[question, "\u0003"]]);
    for (const command of ["post new", "post submit …", "post status …", "photo upload"]) {
      expect(stderr).toMatch(new RegExp(`kominfo ${command}`));
    }
  });

  it("begins with what an editor has returned", async () => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-22-musrenbang");
    await mkdir(path.join(folder, ".kominfo"), { recursive: true });
    await writeFile(path.join(folder, "index.md"), '---\njudul: "Musrenbang"\njenis: "ucapan"\n---\nIsi.\n');
    const submission = {
      id: "00000000-0000-4000-8000-000000000001",
      revision: 1,
      state: "returned",
      updated_at: "2026-11-22T03:00:00.000Z",
      origin: "https://redaksi.example.go.id",
      url: "https://redaksi.example.go.id/api/v1/submissions/00000000-0000-4000-8000-000000000001",
    };
    const state = JSON.stringify({ submission, photos: {}, uploads: {} });
    await writeFile(bundleLayout(folder).state, state);
    const { stderr } = await menu([[/\? Apa[^\n]*\n.*Perlu perbaikan: Musrenbang/, "\u0003"]]);
    expect(stderr).toContain("kominfo post status 2026-11-22-musrenbang");
  });

  it.each([
    ["Menghapus draf", /\? Pindahkan naskah "Musrenbang Setu"/],
    ["Membuat naskah baru dari", /naskah baru dari salinan[\s\S]*\? Naskah yang mana/],
    ["Menyiapkan ukuran", /\? /],
    ["Menyamarkan", /\? /],
    ["Memeriksa data pribadi", /\? /],
  ])("goes on to ask what %s needs", async (name, asked) => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-22-musrenbang");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "index.md"),
      '---\njudul: "Musrenbang Setu"\njenis: "ucapan"\n---\nIsi.\n',
    );
    const which: Typed[] = name === "Menghapus draf" ? [[/\? Naskah yang mana/, "\r"]] : [];
    const ran = await menu([[question, chosen(name)], ...which, [asked, "\u0003"]]);
    expect(ran).toMatchObject({ code: 130, stdout: "" });
    expect(ran.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
  });

  it("makes a copy of the post that is chosen, and locks the vault", async () => {
    const folder = path.join(laptop.workspace, "posts", "2026-11-22-musrenbang");
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "index.md"),
      '---\njudul: "Musrenbang Setu"\njenis: "ucapan"\nkategori: "sosial"\n---\nIsi.\n',
    );
    const ran = await menu([
      [question, chosen("Membuat naskah baru dari")],
      [/\? Naskah yang mana/, "\r"],
    ]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/disalin dari\s+2026-11-22-musrenbang/);
    expect((await menu([[question, chosen("Menutup brankas")]])).code).toBe(0);
  });

  it("ends with 130 by Ctrl-C", async () => {
    expect((await menu([[question, "\u0003"]])).code).toBe(130);
  });
});
