import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { Typed } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

let laptop: Laptop;
beforeEach(async () => {
  // Nobody is asked there: what these tests look at comes before.
  laptop = await openLaptop("http://127.0.0.1:9");
  const file = await writeAnswers(path.join(laptop.workspace, "jawaban"), 0, 320);
  await laptop.run(["post", "new", "berita-kegiatan", "--from", file]);
});
afterEach(() => laptop.remove());

const now = () => new Date("2026-11-24T02:00:00Z");
const post = (argv: string[], typed?: Typed[]) =>
  laptop.run(["post", ...argv], { now, ...(typed && { typed }) });
const index = () => readFile(path.join(laptop.workspace, "posts", sampleSlug, "index.md"), "utf8");
const asks = (question: string) => new RegExp(`\\? ${question}`);
const down = "\u001b[B";
const stop = "\u0003";

const menu = asks("Jawaban mana yang ingin diubah");
const retitle: Typed[] = [
  [menu, `${down}\r`],
  [asks("Judul \\(kalimat aktif lengkap\\) Camat"), "\u0015Camat Buka Musrenbang 2027\r"],
];

describe("post edit that was stopped", () => {
  it("keeps the answers, leaves index.md as it is, and goes on with them", async () => {
    const before = await index();
    const stopped = await post(["edit", "musrenbang"], [...retitle, [menu, stop]]);
    expect(stopped).toMatchObject({ code: 130, stdout: "" });
    // A terminal wraps it.
    expect(stopped.stderr.replace(/\s+/g, " ")).toContain(
      `Lanjutkan dengan: kominfo post edit ${sampleSlug}`,
    );
    expect(await index()).toBe(before);
    const resumed = await post(
      ["edit", "musrenbang"],
      [
        [asks("Ada 1 jawaban yang diubah"), "\r"],
        [menu, "\r"],
        [asks("Buka isi naskah"), "t\r"],
      ],
    );
    expect(resumed.code).toBe(0);
    expect(await index()).toContain('judul: "Camat Buka Musrenbang 2027"');
    // Nothing is left to go on with.
    const again = await post(["edit", "musrenbang"], [[menu, stop]]);
    expect(again.stderr).not.toMatch(/Ada \d jawaban|Jawaban Anda disimpan/);
  });

  it("is told by post check and post submit, and a person is asked before it is left out", async () => {
    expect((await post(["check", "musrenbang"])).stderr).not.toContain("belum masuk ke naskah");
    await post(["edit", "musrenbang"], [...retitle, [menu, stop]]);
    const told = `1 jawaban dari penyuntingan yang terhenti belum masuk ke naskah. Lanjutkan dengan: kominfo post edit ${sampleSlug}`;
    expect((await post(["check", "musrenbang"])).stderr).toContain(told);
    expect((await post(["submit", "musrenbang", "--dry-run"])).stderr).toContain(told);
    const declined = await post(["submit", "musrenbang"], [[asks("Kirim tanpa jawaban itu"), "\r"]]);
    expect(declined).toMatchObject({ code: 130, stdout: "" });
    expect(declined.stderr).toContain("Tidak jadi; tidak ada yang berubah.");
  });

  it("forgets them where the person does not want them back", async () => {
    await post(["edit", "musrenbang"], [...retitle, [menu, stop]]);
    const before = await index();
    const typed: Typed[] = [
      [asks("Ada 1 jawaban yang diubah"), "t\r"],
      [menu, "\r"],
      [asks("Buka isi naskah"), "t\r"],
    ];
    const ran = await post(["edit", "musrenbang"], typed);
    expect(ran.stdout).toContain(`Tidak ada yang diubah di ${sampleSlug}.`);
    expect(ran.stdout).not.toContain("✓");
    expect(await index()).toBe(before);
  });
});

describe("post attach that was stopped", () => {
  const attach = (typed: Typed[], name = "IMG_9.jpg") => post(["attach", "musrenbang", name], typed);
  const caption: Typed = [asks("Keterangan foto"), "Camat membuka\r"];
  const stopAtAlt: Typed[] = [caption, [asks("Gambaran isi foto"), stop]];

  it("keeps what was said of a photo up to the last text, and goes on with it", async () => {
    await writePhoto(laptop.workspace, "IMG_9.jpg", { seed: 9 });
    const before = await index();
    const stopped = await attach(stopAtAlt);
    expect(stopped.code).toBe(130);
    const told = "Keterangan yang sudah diisi disimpan; fotonya belum masuk ke naskah. → Lanjutkan dengan:";
    expect(stopped.stderr.replace(/\s+/g, " ")).toContain(
      `${told} kominfo post attach ${sampleSlug} IMG_9.jpg`,
    );
    expect(await index()).toBe(before);
    const resumed = await attach([
      [asks("Keterangan foto: siapa, melakukan apa, di mana Camat membuka"), "\r"],
      [asks("Gambaran isi foto"), "Camat di podium\r"],
      [asks("Kredit foto"), "Foto: Siti\r"],
    ]);
    expect(resumed).toMatchObject({ code: 0 });
    expect(await index()).toContain('takarir: "Camat membuka"');
  });

  it("names photos that were asked for, so that they are not asked for again", async () => {
    await mkdir(path.join(laptop.workspace, "Foto Acara"));
    const file = await writePhoto(path.join(laptop.workspace, "Foto Acara"), "IMG_9.jpg", { seed: 9 });
    const asked = await post(["attach", "musrenbang"], [[asks("Foto"), `'${file}'\r`], ...stopAtAlt]);
    expect(asked.stderr.replace(/\s+/g, " ")).toContain(`kominfo post attach ${sampleSlug} "${file}"`);
  });

  it("gives nothing to another picture of the same name", async () => {
    await writePhoto(laptop.workspace, "IMG_9.jpg", { seed: 9 });
    await attach(stopAtAlt);
    await writePhoto(laptop.workspace, "IMG_9.jpg", { seed: 10 });
    const other = await attach([[asks("Keterangan foto"), stop]]);
    expect(other.stderr).not.toContain("Camat membuka");
    expect(other.stderr).not.toContain("disimpan; fotonya");
  });

  it("names what completes photos that came in without a text", async () => {
    await writePhoto(laptop.workspace, "IMG_9.jpg", { seed: 9 });
    const ran = await attach([
      caption,
      [asks("Gambaran isi foto"), "\r"],
      [asks("Kredit foto"), "Foto: Siti\r"],
    ]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(
      new RegExp(`^✓ 1 foto ditambahkan .*\n1 foto belum lengkap.*\n  kominfo post photos ${sampleSlug}\n$`),
    );
  });

  it("says ! where one of several photos is none", async () => {
    await writePhoto(laptop.workspace, "a.jpg");
    await writeFile(path.join(laptop.workspace, "b.jpg"), "bukan foto");
    const words = ["--caption", "a", "--alt", "b", "--credit", "c"];
    const ran = await post(["attach", "musrenbang", "a.jpg", "b.jpg", ...words]);
    expect(ran).toMatchObject({ code: 3 });
    expect(ran.stdout).toMatch(/^! 1 foto ditambahkan/);
  });
});

describe("post submit that was stopped", () => {
  it("says that photos are not complete, what of their texts is kept, and how to go on", async () => {
    for (const name of ["a.jpg", "b.jpg"])
      await writePhoto(laptop.workspace, name, { seed: name.charCodeAt(0) });
    await post(["attach", "musrenbang", "a.jpg", "b.jpg"]);
    const early = await post(["submit", "musrenbang"], [[asks("Keterangan foto"), stop]]);
    expect(early.stderr).toMatch(/^2 foto belum lengkap; isi dulu/);
    expect(early.stderr).toContain("✗ Tidak jadi; tidak ada yang berubah.");
    const later = await post(
      ["submit", "musrenbang"],
      [
        [asks("Keterangan foto"), "Camat membuka\r"],
        [asks("Gambaran isi foto"), stop],
      ],
    );
    expect(later).toMatchObject({ code: 130, stdout: "" });
    const said = later.stderr.replace(/\s+/g, " ");
    expect(said).toContain("Yang sudah diisi tersimpan di naskah; naskahnya belum dikirim.");
    expect(said).toContain(`Lanjutkan dengan: kominfo post submit ${sampleSlug}`);
    expect(said).not.toContain("Bila ada yang sudah selesai");
    expect(await index()).toContain('takarir: "Camat membuka"');
  });
});
