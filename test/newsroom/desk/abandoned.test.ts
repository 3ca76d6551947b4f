import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stopSchedules } from "../../../src/newsroom/services/publishing/stop-schedules.js";
import { granted, minute, read, type Scene, setScene, site } from "../publishing/scene.js";
import { deskOf } from "./browser.js";

/*
 * A machine that stopped while it sent, and no other that comes to look: the page does not say "being published" for ever. It shows
 * what the next write makes of it, and its forms work.
 */

let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
beforeAll(async () => {
  scene = await setScene();
  const desk = deskOf(() => scene.newsroom);
  await desk.join("Edi", "editor");
  editor = await desk.enter("Edi");
}, 60_000);
afterAll(() => scene.remove());

async function left({ isAnnounced }: { isAnnounced: boolean }) {
  const id = await scene.approved();
  const address = await scene.planned(id);
  const attempt = await granted(scene.publisher, address);
  if (isAnnounced) await attempt.intend();
  const page = `/submissions/${id}`;
  const held = (await editor.get(page)).text;
  expect(held).toContain(`Sedang dikerjakan ${attempt.by.name}`);
  expect(held).not.toContain("Apa yang Anda lihat");
  scene.pass(11 * minute);
  return { page, address, by: attempt.by.name as string };
}

describe("a machine that stopped", () => {
  it("after it had announced to send: nobody knows, and an editor decides", async () => {
    const { page, address, by } = await left({ isAnnounced: true });
    expect((await read(scene.editor, address)).state, "nothing is written by looking").toBe("publishing");
    const { text } = await editor.get(page);
    expect(text).toContain('<span class="tag tag-unclear">');
    expect(text).toContain(`Komputer ${by} berhenti sesudah mengumumkan akan mengirim`);
    const url = "https://cibitung.bekasikab.go.id/berita/1";
    const ready = (await editor.get(page.replace("submissions", "ready"))).text;
    expect(ready).toContain("kiriman komputer lain mungkin sudah tayang");
    expect((await editor.get("/ready")).text).toContain('<span class="tag tag-unclear">');
    const decided = await editor.post(`${address}/decide`, { decision: "published", url, reason: "Ada." });
    expect(decided.location).toBe(`${page}?done=decide#publications`);
    expect(await read(scene.editor, address)).toMatchObject({ state: "published", url });
  });

  it("before: nothing was sent, and an editor sends it again", async () => {
    const { page, address } = await left({ isAnnounced: false });
    const { text } = await editor.get(page);
    expect(text).toContain('<span class="tag tag-failed">');
    expect(text).toContain("Komputernya berhenti sebelum mengirim; belum ada yang terkirim.");
    expect(text).not.toContain(">abandoned<");
    expect(text).toContain("Coba lagi");
    expect((await editor.get(page.replace("submissions", "ready"))).text).toContain(
      "Komputernya berhenti sebelum mengirim",
    );
    expect((await editor.post(`${page}/plan`, { account: `web ${site}` })).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled" });
    await granted(scene.publisher, address);
  });
});

describe("a schedule that a restored newsroom has stopped", () => {
  it("says why, and that somebody looks at the channel first", async () => {
    const id = await scene.approved();
    const { now } = scene.newsroom.clock;
    const address = await scene.planned(id, { state: "scheduled", scheduled_for: now.toISOString() });
    await scene.newsroom.stores(({ store }) =>
      store.transaction().execute((transaction) => stopSchedules(transaction, now)),
    );
    for (const page of ["submissions", "ready"]) {
      const { text } = await editor.get(`/${page}/${id}`);
      expect(text).toContain("ruang redaksi dipulihkan dari cadangan");
      expect(text).not.toContain(">restored<");
    }
    expect((await editor.post(`/submissions/${id}/plan`, { account: `web ${site}` })).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled", reason: null });
  });
});
