import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { granted, type Scene, setScene, site } from "../publishing/scene.js";
import { jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import { deskOf } from "./browser.js";

let scene: Scene;
let hash: string;
let first: string;
let second: string;
let desk: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
let seed = 2100;
beforeAll(async () => {
  scene = await setScene();
  const { join, enter } = deskOf(() => scene.newsroom);
  await join("Rina", "admin");
  desk = await enter("Rina");
});
afterAll(() => scene.remove());
beforeEach(async () => {
  hash = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed++));
  const photos = [{ ...photo(hash), filename: "panen.jpg" }];
  first = await scene.approved({ title: "Panen <b>Raya</b>", photos });
  second = await scene.approved({ title: "Panen Kedua", photos });
  await out(first, "satu");
  await out(second, "dua");
});

/** Publishes it at the website. */
async function out(id: string, name: string): Promise<void> {
  const attempt = await granted(scene.editor, await scene.planned(id));
  await attempt.intend();
  const told = await attempt.tell("published", { remote_id: "7", url: `https://${site}/${name}` });
  expect(told.status).toBe(200);
}
const wayOut = (id: string) => `kominfo post unpublish ${id} --from web --reason data-pribadi`;
const why = { legal_basis: "UU 27/2022", reason: "Diminta", sure: "1" };

describe("the page of a photo", () => {
  it("lists where it is out in every submission, with links and what to do; the submission leads there", async () => {
    expect((await desk.get(`/submissions/${first}`)).text).toContain(`href="/photos/${hash}/publications"`);
    const { status, text } = await desk.get(`/photos/${hash}/publications`);
    expect(status).toBe(200);
    for (const part of [
      `href="https://${site}/satu"`,
      `href="https://${site}/dua"`,
      `href="/submissions/${first}#publications">Panen &lt;b&gt;Raya&lt;/b&gt;</a>`,
      wayOut(first),
      wayOut(second),
    ]) {
      expect(text).toContain(part);
    }
  });

  it("is there for a photo that was redacted, without its picture, and for no other hash", async () => {
    await scene.admin.post("/redactions", { sha256: hash, reason: "Diminta", legal_basis: "UU 27/2022" });
    const { text } = await desk.get(`/photos/${hash}/publications`);
    expect(text).toContain("Foto ini sudah dihapus dari ruang redaksi.");
    expect(text).not.toContain(`<img src="/photos/${hash}"`);
    expect(text).toContain(wayOut(second));
    for (const other of ["e".repeat(64), "x", "E".repeat(64)]) {
      expect((await desk.get(`/photos/${other}/publications`)).status).toBe(404);
    }
  });
});

describe("the form that redacts", () => {
  it("says before what is still out, of the submission and of its photos, and after it the submission does", async () => {
    const form = (await desk.get(`/submissions/${first}/redact`)).text;
    expect(form).toContain(`href="https://${site}/satu"`);
    expect(form).not.toContain(`href="https://${site}/dua"`);
    expect(form).toContain(
      `<a href="/photos/${hash}/publications">Foto panen.jpg: 2 tayangan, di semua naskah</a>`,
    );
    expect((await desk.get(`/submissions/${first}`)).text).not.toContain("Masih tayang di kanal");

    await desk.get(`/submissions/${first}/redact`);
    const sent = await desk.post(`/submissions/${first}/redact`, { what: `photo-${hash}`, ...why });
    expect(sent.location).toBe(`/submissions/${first}?done=redact#tombstones`);
    const after = (await desk.get(sent.location!)).text;
    const section = after.slice(after.indexOf('id="tombstones"'));
    for (const part of [
      "Masih tayang di kanal",
      `href="https://${site}/dua"`,
      wayOut(first),
      wayOut(second),
    ]) {
      expect(section).toContain(part);
    }
  });

  it("says so of a revision until it is taken down", async () => {
    await desk.get(`/submissions/${second}/redact`);
    await desk.post(`/submissions/${second}/redact`, { what: "revision-1", ...why });
    const section = async () => {
      const { text } = await desk.get(`/submissions/${second}`);
      return text.slice(text.indexOf('id="tombstones"'));
    };
    expect(await section()).toContain(`href="https://${site}/dua"`);
    const { items } = (await scene.editor.get(`/submissions/${second}/publications`)).body;
    const address = `/submissions/${second}/publications/${items[0].id}`;
    await scene.editor.post(`${address}/take-down`, { cause: "personal_data" });
    expect(await section()).toContain("Sudah diminta turun, tetapi belum terbukti turun.");
    const removal = await granted(scene.editor, address);
    expect((await removal.tell("unpublished")).status).toBe(200);
    expect(await section()).not.toContain("Masih tayang di kanal");
  });
});
