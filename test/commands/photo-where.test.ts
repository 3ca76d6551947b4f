import { copyFile, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/files/hash.js";
import { granted, kabupaten, type Scene, setScene, site } from "../newsroom/publishing/scene.js";
import { content, jpeg, photo, setu, uploadPhoto } from "../newsroom/support/newsroom.js";
import { sampleSlug, writeAnswers } from "../support/answers.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let scene: Scene;
let laptop: Laptop;
let first: string;
let second: string;
let id: string;
beforeAll(async () => {
  scene = await setScene();
  laptop = await openLaptop(scene.newsroom.url);
  [first, second] = (await Promise.all(
    [2500, 2501].map(async (seed) => uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed))),
  )) as [string, string];
  const photos = [
    { ...photo(first), filename: "panen\u001b[31m.jpg" },
    { ...photo(second), filename: "kerja.jpg", lead: false },
  ];
  id = await scene.approved({ title: "Panen", photos });
  const attempt = await granted(scene.editor, await scene.planned(id));
  await attempt.intend();
  await attempt.tell("published", { remote_id: "7", url: `https://${site}/panen` });
  const unclear = await granted(scene.editor, await scene.planned(id, { account: kabupaten }));
  await unclear.intend();
  await unclear.tell("unclear");
});
afterAll(async () => {
  await scene.remove();
  await laptop.remove();
});

const where = (wanted: string, ...flags: string[]) =>
  laptop.run(["photo", "where", wanted, ...flags], {
    env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken },
    now: () => scene.newsroom.clock.now,
  });

describe("photo where", () => {
  it("says of each photo of a submission where it is out, and what to do there", async () => {
    const ran = await where(id);
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("Foto 1: panen.jpg");
    expect(ran.stdout).toContain("Foto 2: kerja.jpg");
    expect(ran.stdout).toContain(`https://${site}/panen`);
    expect(ran.stdout).toContain(`kominfo post unpublish ${id} --from web --reason data-pribadi`);
    expect(ran.stdout).toContain("Belum jelas sudah tayang atau belum.");
    const { photos } = JSON.parse((await where(id, "--json")).stdout);
    expect(photos.map(({ sha256 }: { sha256: string }) => sha256)).toEqual([first, second]);
    expect(photos[1].publications).toMatchObject([
      { account: site, state: "published", next: "sent", url: `https://${site}/panen`, submission: { id } },
      { account: kabupaten, state: "unclear", next: "unclear", url: null },
    ]);
  });

  it("says it of one photo by its hash, and of a photo that is out in an older revision only", async () => {
    const { photos } = JSON.parse((await where(first.toUpperCase(), "--json")).stdout);
    expect(photos).toMatchObject([{ sha256: first, filename: null }]);
    expect(photos[0].publications).toHaveLength(2);
    const changed = { content: content({ photos: [photo(first)], correction_note: "Foto." }) };
    const sent = await scene.operator.put(`/submissions/${id}`, changed, { "if-match": '"r1"' });
    expect(sent.status).toBe(200);
    const found = JSON.parse((await where(id, "--json")).stdout).photos;
    expect(found.map(({ sha256 }: { sha256: string }) => sha256)).toEqual([first, second]);
  });

  describe("of a file", () => {
    const run = (argv: string[]) =>
      laptop.run(argv, {
        env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken },
        now: () => scene.newsroom.clock.now,
      });
    let original: string;
    let sent: string;
    let foundIn: string;
    beforeAll(async () => {
      const answers = await writeAnswers(path.join(laptop.workspace, "jawaban"), 2, 1200);
      expect((await run(["post", "new", "berita-kegiatan", "--from", answers])).code).toBe(0);
      const ran = await run(["post", "submit", "musrenbang", "--json"]);
      expect(ran.code, ran.stderr).toBe(0);
      foundIn = JSON.parse(ran.stdout).submission.id;
      const [file] = (await readdir(path.join(laptop.workspace, "posts", sampleSlug, "foto"))).sort();
      original = path.join(laptop.workspace, "..", "kamera.JPG");
      await copyFile(path.join(laptop.workspace, "posts", sampleSlug, "foto", file!), original);
      const { photos } = (await scene.operator.get(`/submissions/${foundIn}`)).body.content;
      sent = photos.find(({ filename }: { filename: string }) => filename === file).sha256;
      await scene.editor.post(`/submissions/${foundIn}/transitions`, { step: "claim" });
      const approval = { destinations: ["kecamatan"], channels: ["web"] };
      const answersOf = photos.map(({ sha256 }: { sha256: string }) => ({ sha256, children: "none" }));
      const step = { step: "approve", approval: { ...approval, photos: answersOf } };
      const read = { "if-match": '"r1"' };
      const approved = await scene.editor.post(`/submissions/${foundIn}/transitions`, step, read);
      expect(approved.status, JSON.stringify(approved.body)).toBe(200);
      const attempt = await granted(scene.editor, await scene.planned(foundIn));
      await attempt.intend();
      await attempt.tell("published", { remote_id: "9", url: `https://${site}/musrenbang` });
    });
    const told = async (wanted: string, on = laptop) => {
      const ran = await on.run(["photo", "where", wanted, "--json"], {
        env: { KOMINFO_NEWSROOM_TOKEN: scene.operatorToken },
        now: () => scene.newsroom.clock.now,
      });
      expect(ran.code, ran.stderr).toBe(0);
      return JSON.parse(ran.stdout).photos.map(
        ({ sha256, filename, publications }: { sha256: string; filename: string; publications: [] }) => ({
          ...{ sha256, filename, out: publications.length },
        }),
      );
    };

    it("finds what was sent of the original, wherever it lies, and by the name that the post has for it", async () => {
      const here = [{ sha256: sent, filename: "kamera.JPG", out: 1 }];
      expect(await told(original)).toEqual(here);
      const [, name = ""] = /posts\/[^/]+\/(foto\/.+)$/.exec(await firstPhoto()) ?? [];
      const named = [{ sha256: sent, filename: path.basename(name), out: 1 }];
      for (const wanted of [path.basename(name), name, `${sampleSlug}/${path.basename(name)}`]) {
        expect(await told(wanted), wanted).toEqual(named);
      }
      const words = await run(["photo", "where", original]);
      expect(words.stdout).toContain(`kominfo post unpublish ${foundIn} --from web --reason data-pribadi`);
    });

    it("finds it on a computer that has nothing but the original, also outside a workspace", async () => {
      const other = await openLaptop(scene.newsroom.url);
      const hash = sha256(await readFile(original));
      expect(await told(original, other)).toEqual([{ sha256: hash, filename: "kamera.JPG", out: 1 }]);
      const neighbour = await other.run(["photo", "where", original], {
        env: { KOMINFO_NEWSROOM_TOKEN: await scene.newsroom.token("operator", setu) },
        now: () => scene.newsroom.clock.now,
      });
      expect([neighbour.code, neighbour.stderr.includes("kamera.JPG")]).toEqual([1, true]);
      await other.remove();
    });

    it("finds it after the newsroom has lost the original's hash to a redaction", async () => {
      const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
      expect((await scene.admin.post("/redactions", { sha256: sent, ...why })).status).toBe(201);
      expect(await told(original)).toEqual([{ sha256: sent, filename: "kamera.JPG", out: 1 }]);
    });

    it("says which file is not there", async () => {
      const ran = await run(["photo", "where", "tidak-ada.jpg"]);
      expect([ran.code, ran.stderr.includes("tidak-ada.jpg")]).toEqual([2, true]);
    });

    async function firstPhoto(): Promise<string> {
      const folder = path.join(laptop.workspace, "posts", sampleSlug, "foto");
      const [file] = (await readdir(folder)).sort();
      return path.posix.join(folder, file!);
    }
  });

  it("says that nothing is out, and that a photo is not known", async () => {
    const other = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(2502));
    expect((await where(other)).stdout).toContain("Tidak ada yang masih tayang.");
    const unknown = await where("e".repeat(64));
    expect([unknown.code, unknown.stderr.includes("e".repeat(64))]).toEqual([1, true]);
  });
});
