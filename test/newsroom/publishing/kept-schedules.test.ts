import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskOf } from "../desk/browser.js";
import { grant, granted, hour, kabupaten, minute, read, type Scene, setScene, why } from "./scene.js";

// A time that a person has given stands until the post is sent, somebody cancels it, or it is three hours late: an attempt that has
// certainly sent nothing, for a reason that may pass, does not end it.

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const later = (ms: number) => new Date(scene.newsroom.clock.now.getTime() + ms).toISOString();
const passing = { code: "server-failing", reason: "server-failing", passing: true };
/** What is due now. */
async function due(id?: string) {
  const scheduled_for = later(minute);
  const address = await scene.planned(id ?? (await scene.approved()), { state: "scheduled", scheduled_for });
  scene.pass(minute);
  return { address, scheduled_for };
}
const listed = async (address: string) =>
  (await scene.publisher.get("/publications?state=scheduled&due=true")).body.items.some(
    ({ id }: { id: string }) => address.endsWith(id),
  );

describe("a schedule", () => {
  it("stands after a passing failure, for the next attempt of whichever machine, until it is three hours late", async () => {
    const { address, scheduled_for } = await due();
    for (const [n, machine] of [scene.publisher, scene.operator, scene.publisher].entries()) {
      const attempt = await granted(machine, address);
      expect([attempt.kind, attempt.number]).toEqual(["send", n + 1]);
      expect((await attempt.tell("failed", passing)).status).toBe(200);
      const row = { state: "scheduled", scheduled_for, reason: "server-failing" };
      expect(await read(scene.editor, address)).toMatchObject(row);
      expect(await listed(address)).toBe(true);
      expect((await attempt.tell("failed", passing)).status, "told twice").toBe(200);
      scene.pass(50 * minute);
    }
    scene.pass(31 * minute);
    expect(why(await grant(scene.publisher, address))).toEqual([409, "late"]);
    expect((await read(scene.editor, address)).state).toBe("scheduled");
  });

  it("stands when a commit has never left", async () => {
    const { address } = await due();
    const attempt = await granted(scene.publisher, address);
    await attempt.intend();
    await attempt.tell("failed", { code: "server-unreachable", reason: "ECONNREFUSED", passing: true });
    expect((await read(scene.editor, address)).state).toBe("scheduled");
    const next = await granted(scene.publisher, address);
    await next.intend();
    await next.tell("published", { remote_id: "7", url: "https://cibitung.example.go.id/7" });
    expect((await read(scene.editor, address)).state).toBe("published");
  });

  it("stands when a machine has died before its intent, or a lookup has proved that nothing is there", async () => {
    const { address } = await due();
    await granted(scene.publisher, address);
    scene.pass(11 * minute);
    const sending = await granted(scene.publisher, address);
    await sending.intend();
    await sending.tell("unclear", { code: "timeout" });
    expect((await read(scene.editor, address)).state).toBe("unclear");
    scene.pass(3 * minute);
    const looking = await granted(scene.publisher, address);
    expect(looking.kind).toBe("look");
    await looking.tell("absent");
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled", reason: "absent" });
    const next = await granted(scene.publisher, address);
    expect([next.kind, next.earlier.outcome]).toEqual(["send", "absent"]);
  });

  it("ends by a failure that does not pass, and there is none of what was planned for now", async () => {
    const first = await due();
    await (await granted(scene.publisher, first.address)).tell("failed", { code: "web-role" });
    expect(await read(scene.editor, first.address)).toMatchObject({ state: "failed", reason: "web-role" });
    const planned = await scene.planned(await scene.approved());
    await (await granted(scene.operator, planned)).tell("failed", passing);
    expect(await read(scene.editor, planned)).toMatchObject({ state: "failed", reason: "server-failing" });
    for (const address of [first.address, planned]) expect(await listed(address)).toBe(false);
  });

  it.each(["a correction", "a take-down"])("ends where %s has come meanwhile", async (which) => {
    const id = await scene.approved();
    const link = { channel: "web", account: kabupaten, state: "published", url: "https://b.example/9" };
    const out = (await scene.editor.post(`/submissions/${id}/publications`, link)).body;
    const { address } = await due(id);
    const attempt = await granted(scene.publisher, address);
    await attempt.intend();
    if (which === "a correction") {
      const { content } = (await scene.operator.get(`/submissions/${id}`)).body;
      const revision = { content: { ...content, body: "Ralat." } };
      const sent = await scene.operator.put(`/submissions/${id}`, revision, { "if-match": '"r1"' });
      expect(sent.status).toBe(200);
    } else {
      const asked = { cause: "mistake" };
      const taken = await scene.editor.post(`/submissions/${id}/publications/${out.id}/take-down`, asked);
      expect(taken.status).toBeLessThan(300);
    }
    await attempt.tell("failed", { ...passing, code: "server-unreachable" });
    expect((await read(scene.editor, address)).state).toBe("failed");
  });

  it("is cancelled between two attempts as before the first", async () => {
    const { address } = await due();
    await (await granted(scene.publisher, address)).tell("failed", passing);
    expect((await scene.editor.put(address, { state: "failed", reason: "cancelled" })).status).toBe(200);
    expect(why(await grant(scene.publisher, address))).toEqual([409, "cancelled"]);
  });

  it("says at the desk why, and until when it is tried again", async () => {
    const desk = deskOf(() => scene.newsroom);
    await desk.join("Edi", "editor");
    const { address, scheduled_for } = await due();
    const [, , id] = address.split("/");
    const shown = async () => (await (await desk.enter("Edi")).get(`/submissions/${id}`)).text;
    await (await granted(scene.publisher, address)).tell("failed", passing);
    const until = new Date(Date.parse(scheduled_for) + 10 * hour).toISOString().slice(11, 16);
    expect(await shown()).toMatch(
      new RegExp(`mencobanya lagi sendiri sampai [^.]*${until.replace(":", ".")}`),
    );
    expect(await shown()).toContain("Percobaan ke-1 oleh");
    expect(await shown()).not.toContain(">server-failing<");
    await granted(scene.publisher, address);
    scene.pass(11 * minute);
    expect(await shown(), "left behind, as the next write makes of it").toContain("mencobanya lagi sendiri");
    scene.pass(3 * hour);
    expect(await shown()).toContain("Jadwalnya sudah lewat lebih dari 3 jam");
    expect(await shown()).not.toContain("mencobanya lagi sendiri");
  });
});
