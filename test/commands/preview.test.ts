import { access, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { editPost } from "../../src/post/front-matter/edit.js";
import { changePost } from "../../src/workspace/change.js";
import { findBundle } from "../../src/workspace/posts.js";
import { openWorkspace } from "../../src/workspace/workspace.js";
import { as, startNewsroom, type TestNewsroom } from "../newsroom/support/newsroom.js";
import { sampleSlug, sampleTitle, writeAnswers } from "../support/answers.js";
import type { HostOptions } from "../support/host.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let laptop: Laptop;
beforeEach(async () => {
  laptop = await openLaptop();
});
afterEach(() => laptop.remove());

const now = () => new Date("2026-11-24T02:00:00Z");
const at = (...parts: string[]) => path.join(laptop.workspace, ...parts);
const post = (argv: string[], options: Partial<HostOptions> = {}) =>
  laptop.run(["post", ...argv], { now, ...options });
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A post of the sample answers, with this many photos. */
async function made(photos = 0): Promise<void> {
  const file = await writeAnswers(at("jawaban"), photos, 1200);
  expect((await post(["new", "berita-kegiatan", "--from", file])).code).toBe(0);
}

async function change(changes: Parameters<typeof editPost>[1]): Promise<void> {
  const bundle = await findBundle(await openWorkspace(laptop.workspace), sampleSlug, laptop.workspace);
  await changePost(bundle, (source) => editPost(source, changes));
}

describe("post preview of a post", () => {
  it("writes one page with every channel into the post's folder, and says what to look at", async () => {
    await made(2);
    await change({ channel_texts: { x: "a".repeat(300) } });
    const ran = await post(["preview", "musrenbang", "--json"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const answer = JSON.parse(ran.stdout);
    const file = at("posts", sampleSlug, "pratinjau.html");
    expect(answer.preview).toEqual({ path: file, bytes: (await stat(file)).size });
    expect(answer.warnings.slice(0, 1)).toEqual([
      { channel: "x", code: "too-long", message: expect.stringContaining("300 karakter, paling banyak 280") },
    ]);
    const page = await readFile(file, "utf8");
    for (const id of ["card-web", "card-facebook", "card-instagram", "card-x"])
      expect(page).toContain(`id="${id}"`);
    expect(page).toContain(sampleTitle);
    expect(page.match(/data:image\/jpeg;base64,/g)).toHaveLength(2);
  });

  it("says so in words", async () => {
    await made();
    const ran = await post(["preview", "musrenbang"]);
    expect(ran.stdout).toContain(`✓ Pratinjau: ${at("posts", sampleSlug, "pratinjau.html")}`);
    expect(ran.stdout).toContain("Instagram: Perlu paling sedikit satu foto.");
  });

  it("names what sets the part of a photo that is never cut off, where a channel cuts it", async () => {
    await made(1);
    const photo = at("posts", sampleSlug, "foto", "IMG_1001.jpg");
    const tall = { width: 1200, height: 2400, channels: 3, background: "#487" } as const;
    await writeFile(photo, await sharp({ create: tall }).jpeg().toBuffer());
    const { stdout } = await post(["preview", "musrenbang"]);
    expect(stdout).toContain("terpotong");
    expect(stdout).toContain(`\n  kominfo post photos ${sampleSlug} --photo IMG_1001.jpg --focus atas\n`);
  });

  it("shows nothing of what is for the newsroom only", async () => {
    await made(1);
    await change({ internal: { catatan: "kenari-internal" } });
    expect((await post(["preview", "musrenbang", "--whatsapp"])).code).toBe(0);
    expect((await laptop.filesWith("kenari-internal")).map((file) => path.basename(file))).toEqual([
      "index.md",
    ]);
  });

  it("shows a draft whose captions are still missing", async () => {
    await made(1);
    const { photos } = (await import("../../src/post/front-matter/read.js")).readPost(
      await readFile(at("posts", sampleSlug, "index.md")),
    ).post!;
    await change({ photos: photos.map(({ alt: _, caption: __, ...rest }) => rest) });
    const ran = await post(["preview", "musrenbang"]);
    expect(ran.code).toBe(0);
    expect(await readFile(at("posts", sampleSlug, "pratinjau.html"), "utf8")).toContain(
      "Belum ada teks alternatif",
    );
  });

  it("refuses a post whose photo is missing, and names it", async () => {
    await made();
    const gone = { file: "foto/hilang.jpg", source: "own", children: "none", lead: false } as const;
    await change({ photos: [gone] });
    const ran = await post(["preview", "musrenbang"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("foto/hilang.jpg");
  });

  it("writes to --out, and to nothing that is no page", async () => {
    await made();
    expect((await post(["preview", "musrenbang", "--out", "lihat/ini.html"])).code).toBe(0);
    expect(await exists(at("lihat/ini.html"))).toBe(true);
    expect(await exists(at("posts", sampleSlug, "pratinjau.html"))).toBe(false);
    const refused = await post(["preview", "musrenbang", "--out", "kominfo.yaml"]);
    expect(refused.code).toBe(2);
    expect(await readFile(at("kominfo.yaml"), "utf8")).toContain("32.16.07");
  });

  it("writes its own preview anew, and leaves another page as it is", async () => {
    await made();
    for (const _ of [1, 2]) expect((await post(["preview", "musrenbang", "--out", "a.html"])).code).toBe(0);
    await writeFile(at("profil.html"), "<!doctype html><title>Profil</title>");
    const refused = await post(["preview", "musrenbang", "--out", "profil.html"]);
    expect([refused.code, refused.stderr.includes("bukan pratinjau kominfo")]).toEqual([2, true]);
    expect(await readFile(at("profil.html"), "utf8")).toContain("Profil");
  });

  it("opens the page when it is asked to, and only says so where nothing opens it", async () => {
    await made();
    const opened: string[] = [];
    const open = async (file: string) => void opened.push(file);
    expect(await post(["preview", "musrenbang", "--open"], { open })).toMatchObject({ code: 0, stderr: "" });
    expect(opened).toEqual([at("posts", sampleSlug, "pratinjau.html")]);
    await post(["preview", "musrenbang"], { open });
    expect(opened).toHaveLength(1);
    const failed = await post(["preview", "musrenbang", "--open"]);
    expect(failed.code).toBe(0);
    expect(failed.stderr).toContain("Buka sendiri:");
  });

  it("needs a post, a revision that is a number, and a submission for it", async () => {
    await made();
    expect((await post(["preview", "tidakada"])).code).toBe(2);
    expect((await post(["preview", "musrenbang", "--revision", "dua"])).code).toBe(2);
    expect((await post(["preview", "musrenbang", "--revision", "0"])).code).toBe(2);
    expect((await post(["preview", "musrenbang", "--revision", "1"])).code).toBe(1);
  });
});

describe("post preview --whatsapp", () => {
  it("writes a message without any placeholder, and a JPEG of 1080 pixels width", async () => {
    await made(2);
    const { whatsapp } = JSON.parse((await post(["preview", "musrenbang", "--whatsapp", "--json"])).stdout);
    const text = await readFile(whatsapp.text, "utf8");
    expect(text).toContain("Mohon persetujuan");
    expect(text).toContain(`*${sampleTitle}*`);
    expect(text).toContain("Kominfo Kecamatan Cibitung");
    expect(text).not.toMatch(/[{}[\]‹›]|https?:/);
    const { readFrame } = await import("../../src/photo/sources/frame.js");
    const frame = readFrame(await readFile(whatsapp.card));
    expect(frame).toMatchObject({ format: "jpeg", width: 1080 });
    expect(frame!.height).toBeGreaterThan(810);
  });

  it("is the message alone where the post has no photo", async () => {
    await made();
    const ran = await post(["preview", "musrenbang", "--whatsapp"]);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("kartu WhatsApp tidak dibuat");
    expect(await exists(at("posts", sampleSlug, `${sampleSlug}-whatsapp.txt`))).toBe(true);
    expect(await exists(at("posts", sampleSlug, `${sampleSlug}-whatsapp.jpg`))).toBe(false);
  });
});

describe("post preview of a submission", () => {
  let newsroom: TestNewsroom;
  let env: Record<string, string>;
  beforeEach(async () => {
    newsroom = await startNewsroom();
    await laptop.remove();
    laptop = await openLaptop(newsroom.url);
    env = { KOMINFO_NEWSROOM_TOKEN: await newsroom.token("operator") };
  });
  afterEach(() => newsroom.remove());

  it("shows the newsroom's revision with its photos, whatever was changed here since", async () => {
    await made(2);
    const sent = JSON.parse((await post(["submit", "musrenbang", "--json"], { env })).stdout);
    await change({ title: "Judul yang belum dikirim" });
    const { id } = sent.submission;
    for (const argv of [[id], ["musrenbang", "--revision", "1"], [`${newsroom.url}/submissions/${id}`]]) {
      const ran = await post(["preview", ...argv, "--out", "a.html", "--whatsapp", "--json"], { env });
      expect(ran).toMatchObject({ code: 0, stderr: "" });
      const page = await readFile(at("a.html"), "utf8");
      expect(page).toContain("Revisi 1 di ruang redaksi");
      expect(page).toContain(sampleTitle);
      expect(page).not.toContain("Judul yang belum dikirim");
      expect(page.match(/data:image\/jpeg;base64,/g)).toHaveLength(2);
      expect(JSON.parse(ran.stdout).whatsapp.card).toBe(at(`${sampleSlug}-whatsapp.jpg`));
    }
    const unknown = await post(["preview", "musrenbang", "--revision", "7"], { env });
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("tidak punya revisi 7; yang terbaru revisi 1");
  });

  it("says what a correction costs on X, with the post that it quotes", async () => {
    const [operator, editor] = [await newsroom.token("operator"), await newsroom.token("editor")];
    const [siti, budi] = [as(newsroom, operator), as(newsroom, editor)];
    const id = await siti.submit();
    await budi.post(`/submissions/${id}/transitions`, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels: ["x"] };
    const read = { "if-match": '"r1"' };
    await budi.post(`/submissions/${id}/transitions`, { step: "approve", approval }, read);
    const priceOf = async () => {
      expect((await post(["preview", id, "--out", "a.html"], { env })).code).toBe(0);
      return /US\$\d\.\d{3}/.exec(await readFile(at("a.html"), "utf8"))?.[0];
    };
    expect(await priceOf()).toBe("US$0.015");
    const link = { channel: "x", state: "published", url: "https://x.com/cibitung/status/77" };
    expect((await budi.post(`/submissions/${id}/publications`, link)).status).toBe(201);
    const { content } = (await siti.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...content, correction_note: "Pukul 08.00." } };
    expect((await siti.put(`/submissions/${id}`, corrected, read)).status).toBe(200);
    expect(await priceOf()).toBe("US$0.016");
  });

  it("writes into the workspace where this computer has no such post", async () => {
    const other = as(newsroom, await newsroom.token("operator"));
    const id = await other.submit();
    const ran = await post(["preview", id, "--json"], { env });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout).preview.path).toMatch(/pratinjau-[a-z0-9-]+\.html$/);
  });

  it("is not possible without a login, or at another newsroom", async () => {
    const id = "019c3f5e-7a10-7cc2-9d0b-5a1f0c2e8b11";
    expect((await post(["preview", id])).code).toBe(4);
    expect((await post(["preview", id], { env })).code).toBe(1);
    expect((await post(["preview", `https://lain.example/submissions/${id}`], { env })).code).toBe(1);
  });
});
