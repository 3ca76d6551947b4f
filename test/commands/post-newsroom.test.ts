import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPlace, type Place } from "../submission/place.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import type { HostOptions, Ran } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";
import { writePhoto } from "../support/photos.js";

/** What the newsroom has said or changed, in a person's terminal. */

let place: Place;
let laptop: Laptop;
let id: string;
beforeAll(async () => {
  place = await openPlace();
  laptop = await openLaptop(place.line.url);
  const file = await writeAnswers(path.join(laptop.workspace, "jawaban"), 1, 320);
  await run(["post", "new", "berita-kegiatan", "--from", file]);
  const ran = await run(["post", "submit", "musrenbang", "--json"]);
  id = JSON.parse(ran.stdout).submission.id;
});
afterAll(async () => {
  await laptop?.remove();
  await place?.close();
});

const run = (argv: string[], options: Partial<HostOptions> = {}): Promise<Ran> =>
  laptop.run(argv, {
    now: () => new Date("2026-11-24T02:00:00Z"),
    ...options,
    env: { KOMINFO_NEWSROOM_TOKEN: place.operator },
  });
const index = () => path.join(laptop.workspace, "posts", sampleSlug, "index.md");
const text = () => readFile(index(), "utf8");
const asks = (question: string) => new RegExp(`\\? ${question}`);
const leave = [
  [asks("Jawaban "), "\r"],
  [asks("Buka isi naskah"), "t\r"],
] as const;

/** An editor's revision of a submission in review. */
async function revise(edit: object): Promise<void> {
  const { body } = await place.editor.get(`/submissions/${id}`);
  const next = { content: { ...body.content, ...edit } };
  const answer = await place.editor.put(`/submissions/${id}`, next, { "if-match": `"r${body.revision}"` });
  expect(answer.status).toBe(200);
}

describe("a post that an editor works on", () => {
  it("is edited below the editor's remarks", async () => {
    await place.editor.post(`/submissions/${id}/transitions`, { to: "in_review" });
    await place.editor.post(`/submissions/${id}/comments`, { body: "Siapa yang hadir?" });
    const ran = await run(["post", "edit", "musrenbang"], { typed: leave });
    expect(ran.code).toBe(0);
    const remarks = ran.stderr.indexOf("Siapa yang hadir?");
    expect(remarks).toBeGreaterThan(-1);
    expect(remarks).toBeLessThan(ran.stderr.search(asks("Jawaban ")));
  });

  it("is edited below the last known ones where there is no login, and says so", async () => {
    const ran = await laptop.run(["post", "edit", "musrenbang"], { typed: leave });
    expect(ran.code).toBe(0);
    const said = ran.stderr.replace(/\s+/g, " ");
    expect(said).toContain("penyuntingan dapat diteruskan");
    expect(said).toMatch(/Siapa yang hadir\? .*Catatan itu dibaca pada/);
  });

  it("is marked in the list once it is changed here", async () => {
    expect((await run(["post", "list"])).stdout).not.toContain("diubah sejak");
    await writeFile(index(), (await text()).replace(/^judul: .*$/m, 'judul: "Judul Saya"'));
    const { stdout } = await run(["post", "list"]);
    expect(stdout).toContain("diubah sejak revisi 1");
    expect((await run(["post", "status", "musrenbang"])).stdout).toContain(
      "Naskah di sini diubah sejak revisi 1",
    );
    expect(JSON.parse((await run(["post", "status", "--json"])).stdout).items).toMatchObject([
      { changed_since: 1 },
    ]);
  });

  it("is chosen on screen, field by field, where both have changed it", async () => {
    await revise({ title: "Judul Redaksi", place: "Balai Desa" });
    await writeFile(index(), (await text()).replace(/^lokasi: .*$/m, 'lokasi: "Aula Baru"'));
    const ran = await run(["post", "pull", "musrenbang"], {
      typed: [
        ["Judul Redaksi", ""],
        [asks("Mana yang dipakai"), "\u001b[B\r"],
        ["Balai Desa", ""],
        [asks("Mana yang dipakai"), "\r"],
      ],
    });
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("2 bagian dipilih.");
    const after = await text();
    expect(after).toContain('judul: "Judul Redaksi"');
    expect(after).toContain('lokasi: "Aula Baru"');
    expect(after).not.toContain("_dari_redaksi");
  });

  it("keeps both forms without a terminal (exit 1), and what is left for later", async () => {
    await writeFile(index(), (await text()).replace(/^judul: .*$/m, 'judul: "Judul Ketiga"'));
    await revise({ title: "Judul Keempat" });
    expect((await run(["post", "pull", "musrenbang"])).code).toBe(1);
    expect(await text()).toContain('judul_dari_redaksi: "Judul Keempat"');
    const refused = await run(["post", "check", "musrenbang"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(`Pilih di layar dengan: kominfo post pull ${sampleSlug}`);
    // The same command asks, where somebody is there to answer.
    const later = await run(["post", "pull", "musrenbang"], {
      typed: [[asks("Mana yang dipakai"), "\u001b[B\u001b[B\r"]],
    });
    expect(later.code).toBe(1);
    const now = await run(["post", "pull", "musrenbang"], { typed: [[asks("Mana yang dipakai"), "\r"]] });
    expect(now.code).toBe(0);
    expect(now.stdout).toMatch(
      /^✓ Semua sudah dipilih; .*\nSelanjutnya:\n {2}kominfo post check .*\n {2}kominfo post submit /,
    );
    expect(await text()).toContain('judul: "Judul Ketiga"');
  });

  it("is told of what a pull would ask with both forms, and keeps what was chosen before Ctrl-C", async () => {
    await revise({ title: "Judul Kelima", place: "Balai Desa Lagi" });
    await writeFile(
      index(),
      (await text())
        .replace(/^judul: .*$/m, 'judul: "Judul Keenam"')
        .replace(/^lokasi: .*$/m, 'lokasi: "Aula Lain"'),
    );
    const before = await text();
    const dry = await run(["post", "pull", "musrenbang", "--dry-run"]);
    expect(dry.stdout).toContain("2 bagian diubah di kedua sisi, dan akan ditanyakan");
    expect(dry.stdout).toMatch(/judul\n *Naskah Anda: Judul Keenam\n *Dari redaksi: Judul Kelima/);
    expect(dry.stdout).not.toContain("ada di index.md");
    expect(await text()).toBe(before);
    const ran = await run(["post", "pull", "musrenbang"], {
      typed: [
        ["Pilihan 1", ""],
        [asks("Mana yang dipakai"), "\u001b[B\r"],
        ["Pilihan 2", ""],
        [asks("Mana yang dipakai"), "\u0003"],
      ],
    });
    expect(ran.code).toBe(130);
    const said = ran.stderr.replace(/\s+/g, " ");
    expect(said).toContain("1 pilihan tersimpan, 1 bagian belum dipilih.");
    expect(said).toContain(`kominfo post pull ${sampleSlug}`);
    expect(said).toContain("index-sebelum-revisi-");
    expect(await text()).toContain('judul: "Judul Kelima"');
    // A newer revision is in the way no more: what is open is asked first.
    await revise({ summary: "Ringkasan baru dari redaksi." });
    const rest = await run(["post", "pull", "musrenbang"], { typed: [[asks("Mana yang dipakai"), "\r"]] });
    expect(rest.code).toBe(0);
    expect(await text()).toContain('lokasi: "Aula Lain"');
    expect(await text()).toContain("Ringkasan baru dari redaksi.");
  });

  it("that was returned is listed with the command that shows the remarks", async () => {
    const step = { to: "returned", reason: "Siapa yang hadir?" };
    const answer = await place.editor.post(`/submissions/${id}/transitions`, step, {
      "if-match": `"r${(await place.editor.get(`/submissions/${id}`)).body.revision}"`,
    });
    expect(answer.status).toBeLessThan(300);
    const hint = "Baca catatan editor dengan: kominfo post status <naskah>";
    expect((await run(["post", "list"])).stdout).not.toContain(hint);
    expect((await run(["post", "status"])).stdout).toContain(hint);
    expect((await run(["post", "list"])).stdout).toContain(hint);
  });

  it("is begun anew after it was withdrawn", async () => {
    const ran = await run(["post", "withdraw", "musrenbang", "--reason", "Ditunda"]);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain(`kominfo post new --copy ${sampleSlug}`);
    const { stdout } = await run(["post", "status", "musrenbang", "--json"]);
    expect(JSON.parse(stdout).next).toContain(`kominfo post new --copy ${sampleSlug}`);
    // A change has nowhere to go any more.
    await writeFile(index(), (await text()).replace(/^judul: .*$/m, 'judul: "Judul Saya"'));
    const listed = (await run(["post", "list"])).stdout;
    expect(listed).toContain("dibatalkan pengirim");
    expect(listed).not.toMatch(/diubah sejak|post submit/);
    expect((await run(["post", "delete", "musrenbang"])).code).toBe(0);
    await run(["post", "delete", "musrenbang", "--restore"]);
  });

  it("is offered on a new computer, by the beginning of its number, too", async () => {
    const other = await openLaptop(place.line.url);
    const there = (argv: string[], typed?: HostOptions["typed"]) =>
      other.run(argv, { env: { KOMINFO_NEWSROOM_TOKEN: place.operator }, ...(typed && { typed }) });
    expect((await there(["post", "list"])).stderr).toContain("kominfo post pull");
    const short = await there(["post", "pull", id.slice(0, 8)]);
    expect(short).toMatchObject({ code: 1 });
    expect(short.stderr).toContain("bukan nomor naskah yang lengkap");
    const named = await there(
      ["post", "pull", id.slice(0, 8)],
      [[/Naskah yang mana\?[\s\S]*dibatalkan/, "\r"]],
    );
    expect(named).toMatchObject({ code: 0 });
    await there(["post", "delete", sampleSlug, "--yes"]);
    const chosen = await there(["post", "pull"], [[/Naskah yang mana\?[\s\S]*dibatalkan/, "\r"]]);
    expect(chosen).toMatchObject({ code: 0 });
    expect(chosen.stdout).toContain(sampleSlug);
    await other.remove();
  });

  it("takes no photos once it was withdrawn, and is not offered where photos are uploaded", async () => {
    const photo = await writePhoto(laptop.workspace, "susulan.jpg", { seed: 77 });
    const before = await text();
    for (const argv of [
      ["photo", "upload", photo, "--post", "musrenbang"],
      ["post", "attach", "musrenbang", photo],
    ]) {
      const ran = await run(argv);
      expect(ran).toMatchObject({ code: 1, stdout: "" });
      expect(ran.stderr).toContain(`kominfo post new --copy ${sampleSlug}`);
    }
    expect(await text()).toBe(before);
    const greeting = [
      "judul=Ucapan Hari Guru",
      "hari_besar=Hari Guru",
      "tanggal=25/11/2026",
      "teks=Selamat.",
    ];
    await run(["post", "new", "ucapan", ...greeting.flatMap((answer) => ["--set", answer])]);
    // Without a photo nothing is said of photos.
    const sent = await run(["post", "submit", "ucapan"]);
    expect(sent.code).toBe(0);
    expect(sent.stdout).not.toContain("Foto:");
    const asked = await run(["photo", "upload", photo], { typed: [[asks("Untuk apa foto ini"), "\u0003"]] });
    expect(asked.stderr).toMatch(/Ucapan Hari Guru \(menunggu ditinjau\)/);
    expect(asked.stderr).not.toContain("Judul Saya");
    expect((await run(["post", "delete", "musrenbang"])).code).toBe(0);
  });
});

describe("a post that the newsroom has decided on", () => {
  const slug = "2026-11-22-camat-cibitung-buka-musrenbang-tingkat-2";
  let decided: string;
  const step = async (body: object) => {
    const { body: latest } = await place.editor.get(`/submissions/${decided}`);
    const answer = await place.editor.post(`/submissions/${decided}/transitions`, body, {
      "if-match": `"r${latest.revision}"`,
    });
    expect(answer.status).toBeLessThan(300);
  };
  const status = async () => (await run(["post", "status", slug])).stdout;
  const change = async () => {
    const file = path.join(laptop.workspace, "posts", slug, "index.md");
    await writeFile(file, `${await readFile(file, "utf8")}\nTambahan.\n`);
  };
  beforeAll(async () => {
    const file = path.join(laptop.workspace, "jawaban", "answers.json");
    for (const again of [[], ["--again"]]) {
      await run(["post", "new", "berita-kegiatan", "--from", file, ...again]);
    }
    decided = JSON.parse((await run(["post", "submit", slug, "--json"])).stdout).submission.id;
  });

  it("names what sends a change while it waits for an editor, and what a change waits for later", async () => {
    await change();
    expect(JSON.parse((await run(["post", "status", slug, "--json"])).stdout).next).toContain(
      `kominfo post submit ${slug}`,
    );
    expect((await run(["post", "submit", slug])).code).toBe(0);
    await step({ step: "claim" });
    await change();
    const reading =
      "Perubahan pada naskah yang sedang ditinjau dapat dikirim setelah editor mengembalikannya.";
    for (const told of [await status(), (await run(["post", "list"])).stdout]) {
      expect(told.replace(/\s+/g, " ")).toContain(reading);
      expect(told).not.toContain("post submit");
    }
  });

  it("cannot be deleted before the newsroom is done with it, and then can: no step leads in a circle", async () => {
    await step({ step: "reject", reason: "Sudah dimuat." });
    // This computer has not heard of it yet.
    const early = await run(["post", "delete", slug]);
    expect(early).toMatchObject({ code: 1 });
    expect(early.stderr).toContain(`kominfo post withdraw ${slug}`);
    const refused = await run(["post", "withdraw", slug, "--reason", "Ditunda"]);
    expect(refused).toMatchObject({ code: 1 });
    for (const told of [refused.stderr, await status()]) {
      expect(told).toContain(`kominfo post new --copy ${slug}`);
      expect(told).toContain(`kominfo post delete ${slug}`);
    }
    expect(await run(["post", "delete", slug])).toMatchObject({ code: 0 });
    await run(["post", "delete", slug, "--restore"]);
  });

  it("is not to be published once it was asked back; a declined request is told with its reason", async () => {
    await step({ step: "reopen", reason: "Ternyata belum." });
    const { body } = await place.editor.get(`/submissions/${decided}`);
    const answer = await place.editor.put(
      `/submissions/${decided}`,
      { content: { ...body.content, photos: [] } },
      { "if-match": `"r${body.revision}"` },
    );
    expect(answer.status).toBe(200);
    await step({ step: "approve", approval: { destinations: ["kecamatan"], channels: ["web"] } });
    expect(await status()).toContain(`kominfo post publish ${slug}`);
    expect((await run(["post", "withdraw", slug, "--reason", "Keliru tanggal"])).code).toBe(0);
    expect((await run(["post", "list"])).stdout).toContain("disetujui, diminta dibatalkan");
    const asked = await status();
    expect(asked).toContain("Editor sudah diminta membatalkannya; belum ada jawaban.");
    expect(asked).not.toMatch(/post publish|Keliru tanggal/);
    const twice = await run(["post", "withdraw", slug, "--reason", "x"]);
    expect(twice.stderr).toContain(
      `Pembatalannya sudah diminta; lihat jawabannya dengan: kominfo post status ${slug}`,
    );
    expect((await run(["post", "delete", slug])).stderr).not.toContain("post withdraw");
    await step({ step: "decline", reason: "Sudah dijadwalkan" });
    const declined = await status();
    expect(declined).toContain("Permintaan membatalkannya tidak dipenuhi editor.");
    expect(declined).toMatch(/ · menolak permintaan\n +Sudah dijadwalkan/);
    expect(declined).toContain(`kominfo post publish ${slug}`);
    expect((await run(["post", "list"])).stdout).not.toContain("diminta dibatalkan");
  });
});
