import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskOf } from "../desk/browser.js";
import { cibitung, jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import { announce, granted, minute, read, type Scene, setScene } from "./scene.js";

let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
let viewer: typeof editor;
beforeAll(async () => {
  scene = await setScene();
  const desk = deskOf(() => scene.newsroom);
  for (const [name, role] of [
    ["Edi", "editor"],
    ["Vina", "viewer"],
  ] as const)
    await desk.join(name, role);
  [editor, viewer] = [await desk.enter("Edi"), await desk.enter("Vina")];
}, 60_000);
afterAll(() => scene.remove());

async function sent(state: string) {
  const id = await scene.approved();
  const address = await scene.planned(id);
  const attempt = await granted(scene.operator, address);
  await attempt.intend();
  if (state !== "publishing") await attempt.tell(state, { remote_id: "7" });
  return { page: `/submissions/${id}`, address, decide: `${address}/decide`, attempt };
}

describe("the desk", () => {
  it("says on the card of a correction which photos the old post goes on showing", async () => {
    const { newsroom, operator, operatorToken } = scene;
    const photos = await Promise.all(
      [61, 62].map(async (shade) => ({
        ...photo(await uploadPhoto(newsroom, operatorToken, await jpeg(shade, 640, 480))),
        ...{ children: "none" as const, lead: shade === 61, filename: `IMG_${shade}.jpg` },
      })),
    );
    const id = await scene.approved({ photos });
    const account = "1583012345678901234";
    await announce(scene.editor, account, { kecamatan: cibitung }, "x");
    const attempt = await granted(operator, await scene.planned(id, { channel: "x", account }));
    await attempt.intend();
    await attempt.tell("published", { remote_id: "8", url: "https://x.com/i/status/8" });
    const page = `/submissions/${id}`;
    expect((await editor.get(page)).text).not.toContain("kiriman lama");
    const { content } = (await operator.get(page)).body;
    const corrected = { ...content, correction_note: "Foto diganti.", photos: content.photos.slice(0, 1) };
    await operator.put(page, { content: corrected }, { "if-match": '"r1"' });
    expect((await editor.get(page)).text).toContain("tetap tampil di kiriman lama: IMG_62.jpg");
  });

  it("says what is being published, by whom, and until when at the latest", async () => {
    const { page, attempt } = await sent("publishing");
    const { text } = await editor.get(page);
    expect(text).toContain("tag-publishing");
    expect(text).toContain(`Sedang dikerjakan ${attempt.by.name}`);
    expect(text).not.toContain("/decide");
    scene.pass(10 * minute);
    expect((await editor.get(page)).text).not.toContain("Sedang dikerjakan");
  });

  it("has an editor decide what is unclear: out, with its link, and why they say so", async () => {
    const { page, address, decide } = await sent("unclear");
    const shown = (await editor.get(page)).text;
    expect(shown).toContain("belum jelas");
    expect(shown).toContain(`action="${decide}"`);
    expect(shown).toContain("Lihat dulu di akunnya");
    const others = (await viewer.get(page)).text;
    expect(others).not.toContain(decide);
    expect(others).toContain("Editor yang memutuskannya.");
    await editor.get(page);
    const reason = "Saya lihat di situsnya <pukul 9>.";
    const bare = await editor.post(decide, { decision: "published", reason });
    expect(bare.status).toBe(422);
    expect(bare.text).toContain("https://");
    expect(bare.text, "what was typed stays").toContain("&lt;pukul 9&gt;");
    const url = "https://cibitung.example.go.id/7";
    const done = await editor.post(decide, { decision: "published", url, reason });
    expect([done.status, done.location]).toEqual([303, `${page}?done=decide#publications`]);
    expect((await editor.get(done.location!)).text).toContain("Keputusan Anda dicatat.");
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", url, reason });
  });

  it("or not out, so that it may be sent again; and once only", async () => {
    const { page, address, decide } = await sent("unclear");
    await editor.get(page);
    expect((await editor.post(decide, { decision: "failed", reason: " " })).status).toBe(422);
    expect((await editor.post(decide, { reason: "Tanpa putusan" })).status).toBe(422);
    expect((await editor.post(decide, { decision: "unpublished", reason: "Salah form" })).status).toBe(422);
    expect((await read(scene.editor, address)).state).toBe("unclear");
    const told = { decision: "failed", reason: "Tidak ada di sana." };
    expect((await editor.post(decide, told)).status).toBe(303);
    expect((await read(scene.editor, address)).state).toBe("failed");
    const again = await granted(scene.operator, address);
    await editor.get(page);
    const late = await editor.post(decide, told);
    expect(late.status).toBe(422);
    expect(late.text).toContain("Keadaan publikasi ini sudah berubah.");
    expect((await again.renew()).status).toBe(200);
  });

  it("or what a website's editors have made of what was handed over", async () => {
    const { page, address, decide } = await sent("handed_over");
    const shown = (await editor.get(page)).text;
    expect(shown).toContain("diserahkan ke redaksi web");
    expect(shown).toContain("Putuskan di sini bila Anda sudah tahu hasilnya dari mereka.");
    const told = { decision: "failed", reason: "Dikembalikan redaksi web." };
    expect((await editor.post(decide, told)).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: told.reason });
  });

  it("says that something shall go and is still out, and an editor may confirm it", async () => {
    const { page, address } = await sent("published");
    await scene.operator.post(`${address}/take-down`, { cause: "child", reason: "Orang tua meminta." });
    const { text } = await editor.get(page);
    expect(text).toContain("menunggu komputer yang punya akunnya");
    expect(text).toContain("tag-published");
    expect((await editor.post(`${address}/unpublish`, { reason: "Sudah hilang." })).status).toBe(303);
    expect((await editor.get(page)).text).not.toContain("Diminta turun");
    expect(await read(scene.editor, address)).toMatchObject({ state: "unpublished" });
  });

  it("says why what shall go is still out, with the addresses of photos that open", async () => {
    const { page, address, attempt } = await sent("publishing");
    await attempt.tell("published", { remote_id: "7" });
    await scene.operator.post(`${address}/take-down`, { cause: "child" });
    const removal = await granted(scene.operator, address);
    const photo = "https://cibitung.example.go.id/wp-content/uploads/a.jpg";
    await removal.tell("failed", { code: "web-photos-visible", reason: `${photo} javascript:alert(1)` });
    const { text } = await editor.get(page);
    expect(text).toContain("fotonya masih dapat dibuka siapa pun");
    expect(text).toContain(`<a href="${photo}"`);
    expect(text).not.toContain("javascript:alert");
    await removal.tell("failed", { code: "sesuatu-yang-baru" });
  });

  it("names what a person has to correct on Instagram, and records that somebody has", async () => {
    const instagram = { channel: "instagram", state: "published", url: "https://www.instagram.com/p/A1/" };
    const approval = { channels: ["web", "instagram"] };
    const id = await scene.approved({}, approval);
    const page = `/submissions/${id}`;
    await scene.operator.post(`/submissions/${id}/publications`, instagram);
    expect((await editor.get(page)).text).not.toContain("belum diralat");
    await scene.correct(id, 2, approval);
    const shown = (await editor.get(page)).text;
    expect(shown).toContain("belum diralat");
    expect(shown).toContain('href="#copy-instagram"');
    expect(shown).toContain('id="copy-instagram"');
    expect((await viewer.get(page)).text).not.toContain("Sudah diralat");
    await editor.get(page);
    const done = await editor.post(`${page}/publications`, { channel: "instagram", url: instagram.url });
    expect(done.status).toBe(303);
    expect((await editor.get(page)).text).not.toContain("belum diralat");
    const { publications } = (await scene.editor.get(`/submissions/${id}`)).body;
    expect(publications).toMatchObject([{ revision: 1 }, { revision: 2, correction: true }]);
  });
});
