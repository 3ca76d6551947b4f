import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { as, content, photo, uploadPhoto } from "../../newsroom/support/newsroom.js";
import { sampleSlug, sampleTitle, writeAnswers } from "../../support/answers.js";
import type { Computer } from "../../support/kominfo.js";
import { hasShared, sharedFolder } from "../../support/shared.js";
import { tokens } from "../stand-ins/meta/world.mjs";
import { office as xOffice } from "../stand-ins/x/accounts.mjs";
import { type Channel, type Office, openOffice } from "./office.js";

// What kominfo promises of publishing, played with the real program, a real WordPress and the stand-ins of Meta and X.

const all: readonly Channel[] = ["web", "facebook", "instagram", "x"];
const hour = 3_600_000;

describe.skipIf(!hasShared)("what was approved", () => {
  let office: Office;
  let laptop: Computer;
  beforeAll(async () => {
    office = await openOffice();
    laptop = await office.laptop(office.operator);
  }, 120_000);
  afterAll(async () => {
    await office?.close();
  });

  const publish = (post: string, to: readonly Channel[], ...more: string[]) =>
    laptop.run([
      ...["post", "publish", post, "--to", to.join(","), "--yes", "--max-cost", "1", "--json", ...more],
    ]);
  const pictureOf = async (id: string) =>
    Buffer.from(await office.lines.x.control<string>("GET", `/picture?id=${id}`), "base64");

  it("takes twelve photos of an event to every channel, as many as each shows, with their alt texts", {
    timeout: 240_000,
  }, async () => {
    const folder = path.join(sharedFolder, "photos", "event");
    const names = (await readdir(folder)).filter((name) => name.endsWith(".jpg")).sort();
    expect(names).toHaveLength(12);
    const photos = [];
    for (const [n, name] of names.entries()) {
      const bytes = await readFile(path.join(folder, name));
      const hash = await uploadPhoto(office.newsroom, office.operator, { bytes, hash: sha256(bytes) });
      photos.push({
        ...photo(hash),
        ...{ filename: name, lead: n === 0, alt: `Suasana acara, foto ${n + 1}`, children: "none" as const },
      });
    }
    const alts = photos.map(({ alt }) => alt);
    const id = await office.approve(all, { photos, title: "Dua Belas Foto Satu Acara" }, 0);
    const before = await office.lines.x.control<{ total: number }>("GET", "/billing");

    await Promise.all(all.map((channel) => office.lines[channel].forgetLog()));
    const asked = office.newsroom.log.length;
    const planned = await laptop.run([
      ...["post", "publish", id, "--to", all.join(","), "--max-cost", "1", "--dry-run", "--json"],
    ]);
    expect(planned, planned.stdout + planned.stderr).toMatchObject({ code: 0 });
    const { plan, cost_usd } = JSON.parse(planned.stdout);
    const requests = office.newsroom.log.slice(asked).filter((line) => line.includes('"method"'));
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.filter((line) => !line.includes('"method":"GET"'))).toEqual([]);
    for (const channel of all) {
      const methods = (await office.lines[channel].log()).map(({ method }) => method);
      expect(new Set(methods), channel).toEqual(new Set(methods.length > 0 ? ["GET"] : []));
    }
    expect((await office.lines.x.control<{ total: number }>("GET", "/billing")).total).toBe(before.total);
    expect(await office.publications(id)).toEqual([]);

    const ended = await publish(id, all);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    // The price that was shown is the price that X has billed.
    const { total } = await office.lines.x.control<{ total: number }>("GET", "/billing");
    expect((total - before.total) / 1000).toBe(cost_usd);
    expect(JSON.parse(ended.stdout).cost_usd).toBe(cost_usd);

    const instagram = plan.find(({ channel }: { channel: Channel }) => channel === "instagram");
    expect(instagram.photos).toHaveLength(10);
    expect(instagram.photos[0].crop, "the lead is not cropped").toBeNull();
    expect(instagram.left_out).toEqual(
      photos.slice(10).map(({ sha256 }) => ({ sha256, reason: expect.any(String) })),
    );

    const meta = await office.lines.facebook.control<
      Record<"facebook" | "instagram", { photos: { alt: string }[] }[]>
    >("GET", "/visible");
    expect(meta.facebook.at(-1)!.photos.map(({ alt }) => alt)).toEqual(alts.slice(0, 10));
    expect(meta.instagram.at(-1)!.photos.map(({ alt }) => alt)).toEqual(alts.slice(0, 10));
    const posts = await office.lines.x.control<{ media: { id: string; alt: string }[] }[]>("GET", "/posts");
    expect(posts.at(-1)!.media.map(({ alt }) => alt)).toEqual(alts.slice(0, 4));
    const web = (await office.publications(id)).find(({ channel }) => channel === "web")!;
    const page = await fetch(web.url!).then((answer) => answer.text());
    for (const alt of alts) expect(page).toContain(`alt="${alt}"`);

    // Uncropped: the same shape as the photo that was sent in, as people see it.
    const lead = await sharp(await readFile(path.join(folder, names[0]!))).metadata();
    const [width, height] = [lead.autoOrient.width, lead.autoOrient.height];
    const shown = await sharp(await pictureOf(posts.at(-1)!.media[0]!.id)).metadata();
    expect(shown.width / shown.height).toBeCloseTo(width / height, 1);
  });

  it("goes out as it was approved, whatever has become of the post on the laptop", {
    timeout: 60_000,
  }, async () => {
    const answers = await writeAnswers(path.join(laptop.home, "kegiatan"), 1);
    const { post } = await laptop.json(["post", "new", "berita-kegiatan", "--from", answers]);
    const { submission } = await laptop.json(["post", "submit", sampleSlug]);
    await office.approveSubmitted(submission.id, ["facebook"]);
    const frozen = await as(office.newsroom, office.editor).get(`/submissions/${submission.id}/renderings`);
    const file = path.join(post.path, "index.md");
    const text = await readFile(file, "utf8");
    expect(text).toContain(sampleTitle);
    await writeFile(file, text.replaceAll(sampleTitle, "Judul yang Diubah Sesudah Disetujui"));
    const ended = await publish(sampleSlug, ["facebook"]);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    const [rendering] = frozen.body.channels;
    const approved = rendering.text.join("");
    expect(approved).toContain(sampleTitle);
    expect((await office.visible("facebook")).at(-1)).toBe(approved);
  });

  it("carries nothing that the newsroom alone may know, and no secret lies anywhere", {
    timeout: 120_000,
  }, async () => {
    const canary = "0812-7777-KENARI";
    for (const channel of all) await office.lines[channel].control("PUT", "/watch", [canary, "Wanajaya"]);
    const id = await office.approve(all, { internal: { telepon: canary, catatan: `Hubungi ${canary}` } });
    const ended = await publish(id, all);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout + ended.stderr).not.toContain(canary);
    for (const channel of all) {
      // The title is found, so the watch looks where the texts are.
      expect(await office.lines[channel].control("GET", "/watch"), channel).toEqual(["Wanajaya"]);
    }
    expect(await laptop.filesWith(canary)).toEqual([]);
    const secrets = [
      ...tokens,
      ...Object.values(xOffice.keys),
      office.site.users.redaktur!.app_password,
      office.operator,
    ];
    for (const secret of secrets) {
      expect(ended.stdout + ended.stderr).not.toContain(secret);
      expect(await laptop.filesWith(secret)).toEqual([]);
    }
  });

  it("is sent by the office's machine two hours late, and after four hours a person is asked", {
    timeout: 60_000,
  }, async () => {
    const machine = await office.laptop(await office.newsroom.token("publisher"));
    // Times may be set for an account that a publisher has.
    await machine.run(["publisher", "--once", "--json", "--url", office.newsroom.url]);
    for (const [late, expected] of [
      [2, "published"],
      [4, "scheduled"],
    ] as const) {
      const id = await office.approve(["facebook"]);
      const outlets = (await as(office.newsroom, office.operator).get("/outlets")).body.items;
      const { account } = outlets.find(({ channel }: { channel: Channel }) => channel === "facebook");
      const due = new Date(office.newsroom.clock.now.getTime() + hour).toISOString();
      const planned = { channel: "facebook", account, state: "scheduled", scheduled_for: due };
      const answer = await as(office.newsroom, office.operator).post(
        `/submissions/${id}/publications`,
        planned,
      );
      expect(answer.status).toBe(201);
      const before = await office.visible("facebook");
      const early = await machine.run(["publisher", "--once", "--json", "--url", office.newsroom.url]);
      expect(early, early.stdout + early.stderr).toMatchObject({ code: 0 });
      expect(await office.visible("facebook"), "not before its time").toEqual(before);
      await office.advance((1 + late) * hour);
      const ended = await machine.run(["publisher", "--once", "--json", "--url", office.newsroom.url]);
      expect(await office.publications(id), ended.stdout + ended.stderr).toMatchObject([{ state: expected }]);
      const added = (await office.visible("facebook")).length - before.length;
      expect(added, ended.stdout + ended.stderr).toBe(expected === "published" ? 1 : 0);
    }
  });

  it("is corrected where readers have it: the same article and the same post, with its correction", {
    timeout: 60_000,
  }, async () => {
    const id = await office.approve(["web", "facebook"], { title: "Panen Raya Cibitung" });
    const first = await publish(id, ["web", "facebook"]);
    expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
    const before = await office.publications(id);
    const visible = await Promise.all([office.visible("web"), office.visible("facebook")]);
    const note = "Luas panen 12 hektare, bukan 21 hektare.";
    const desk = as(office.newsroom, office.editor);
    const read = (await desk.get(`/submissions/${id}`)).body.content;
    const changed = { ...content(), ...read, body: "Luas panen 12 hektare.", correction_note: note };
    const revised = await desk.put(`/submissions/${id}`, { content: changed }, { "if-match": '"r1"' });
    expect(revised.status, JSON.stringify(revised.body)).toBe(200);
    const approval = { destinations: ["kecamatan"], channels: ["web", "facebook"] };
    const approved = await desk.post(
      `/submissions/${id}/transitions`,
      { step: "approve", approval },
      { "if-match": '"r2"' },
    );
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
    const second = await publish(id, ["web", "facebook"]);
    expect(second, second.stdout + second.stderr).toMatchObject({ code: 0 });
    const after = await office.publications(id);
    for (const { channel, url } of before) {
      expect(after.filter((row) => row.channel === channel).map((row) => row.url)).toEqual([url, url]);
    }
    expect(await office.visible("web"), "no second article").toEqual(visible[0]);
    const messages = await office.visible("facebook");
    expect(messages, "no second post").toHaveLength(visible[1]!.length);
    expect(messages.find((message) => message.includes("Panen Raya Cibitung"))).toMatch(/^RALAT/);
    const page = await fetch(before.find(({ channel }) => channel === "web")!.url!);
    expect(await page.text()).toContain(note);
  });
});
