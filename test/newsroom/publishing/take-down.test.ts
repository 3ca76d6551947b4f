import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grant, granted, kabupaten, minute, read, type Scene, setScene, site, why } from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const link = { url: "https://c.example/1", remote_id: "41" };
const child = { cause: "child", reason: "Orang tua meminta." };

/** A publication that a machine has sent. */
async function sent(account = site) {
  const id = await scene.approved();
  const address = await scene.planned(id, { account });
  const attempt = await granted(scene.editor, address);
  await attempt.intend();
  expect((await attempt.tell("published", link)).status).toBe(200);
  return { id, address, steps: `/submissions/${id}/transitions` };
}

/** A link that a person has recorded. */
async function recorded() {
  const id = await scene.approved();
  const wanted = { channel: "web", account: site, state: "published", ...link };
  const { body } = await scene.operator.post(`/submissions/${id}/publications`, wanted);
  return {
    id,
    address: `/submissions/${id}/publications/${body.id}`,
    steps: `/submissions/${id}/transitions`,
  };
}

describe("a request to take something down", () => {
  it("of an operator for their own kecamatan's page leaves it published, and the editors read of it", async () => {
    const { id, address, steps } = await sent();
    const { next } = (await scene.editor.get("/changes?since=0")).body;
    const asked = await scene.colleague.post(`${address}/take-down`, child);
    expect([asked.status, asked.body.state, asked.body.reason]).toEqual([200, "published", child.reason]);
    expect(asked.body.take_down).toMatchObject({ cause: "child", by: { id: expect.any(String) } });
    const { items } = (await scene.editor.get(steps)).body;
    expect(items.at(-1)).toMatchObject({ step: "unpublish", reason: "web: anak. Orang tua meminta." });
    const after = await scene.editor.get(`/changes?since=${next}`);
    expect(JSON.stringify(after.body)).toContain(id);
    const again = await scene.operator.post(`${address}/take-down`, { cause: "mistake" });
    expect(again.body, "the first request stays").toEqual(asked.body);
    expect((await scene.editor.get(steps)).body.items).toHaveLength(items.length);
  });

  it("is not an operator's for others' pages, and not a publisher's", async () => {
    const { address } = await sent(kabupaten);
    expect((await scene.operator.post(`${address}/take-down`, child)).status).toBe(403);
    expect((await scene.publisher.post(`${address}/take-down`, child)).status).toBe(403);
    expect((await scene.neighbour.post(`${address}/take-down`, child)).status).toBe(404);
    expect((await scene.editor.post(`${address}/take-down`, child)).status).toBe(200);
  });

  it("needs something that is out, and a cause", async () => {
    const address = await scene.planned(await scene.approved());
    expect((await scene.operator.post(`${address}/take-down`, child)).status).toBe(409);
    expect((await scene.operator.post(`${address}/take-down`, { cause: "malas" })).status).toBe(422);
    const attempt = await granted(scene.operator, address);
    await attempt.intend();
    await attempt.tell("unclear");
    expect(why(await scene.operator.post(`${address}/take-down`, child))).toEqual([409, "undecided"]);
  });

  it("is listed for the machines that send", async () => {
    const { address } = await sent();
    const listed = async () =>
      (await scene.publisher.get("/publications?take_down=true")).body.items.map(
        ({ id }: { id: string }) => id,
      );
    const { id } = await read(scene.editor, address);
    expect(await listed()).not.toContain(id);
    await scene.operator.post(`${address}/take-down`, child);
    expect(await listed()).toContain(id);
    await scene.editor.put(address, { state: "unpublished", reason: "Sudah dilihat." });
    expect(await listed()).not.toContain(id);
  });

  it("for a link that was recorded by hand waits for an editor, and no machine gets it", async () => {
    const { address } = await recorded();
    await scene.operator.post(`${address}/take-down`, child);
    expect(why(await grant(scene.operator, address))).toEqual([409, "by-hand"]);
    expect(await read(scene.editor, address)).toMatchObject({ state: "published" });
    const confirmed = await scene.editor.put(address, { state: "unpublished", reason: "Sudah hilang." });
    expect(confirmed.body).toMatchObject({
      state: "unpublished",
      reason: "Sudah hilang.",
      take_down: null,
    });
    expect((await scene.operator.put(address, { state: "unpublished", reason: "Saya" })).status).toBe(403);
  });
});

describe("the editors' step", () => {
  it("asks for what kominfo has sent, and marks what was recorded by hand", async () => {
    const down = { step: "unpublish", reason: "Keliru" };
    const ours = await sent();
    const answer = await scene.editor.post(ours.steps, down);
    expect(answer.status).toBe(200);
    expect(answer.body.publications).toMatchObject([
      { state: "published", reason: "Keliru", take_down: { cause: null } },
    ]);
    const theirs = await recorded();
    const marked = await scene.editor.post(theirs.steps, down);
    expect(marked.body.publications).toMatchObject([
      { state: "unpublished", reason: "Keliru", take_down: null },
    ]);
  });
});

describe("a take-down", () => {
  async function asked() {
    const made = await sent();
    await scene.operator.post(`${made.address}/take-down`, child);
    return made;
  }

  it("is granted to one machine, with what it removes and why", async () => {
    const { address } = await asked();
    const attempt = await granted(scene.publisher, address);
    expect(attempt).toMatchObject({ kind: "take_down", rendering: null, intent: null });
    expect(attempt.publication).toMatchObject({
      remote_id: "41",
      take_down: { cause: "child" },
      held: { by: { id: expect.any(String) } },
    });
    expect((await grant(scene.operator, address)).status, "held").toBe(409);
    scene.pass(11 * minute);
    const next = await granted(scene.operator, address);
    expect(next.kind).toBe("take_down");
    expect(why(await attempt.renew())).toEqual([409, "fence"]);
    expect((await attempt.intend()).status, "no intent").toBe(409);
  });

  it("that is proved makes it unpublished, also when it is told late", async () => {
    const { address } = await asked();
    const first = await granted(scene.operator, address);
    scene.pass(11 * minute);
    const second = await granted(scene.publisher, address);
    expect((await first.tell("unpublished")).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "unpublished",
      reason: child.reason,
      take_down: null,
      held: null,
      unpublished_at: scene.newsroom.clock.now.toISOString(),
    });
    expect((await second.tell("unpublished")).status, "and by the other one too").toBe(200);
    expect((await second.tell("unpublished")).status, "twice").toBe(200);
    expect(why(await grant(scene.operator, address))).toEqual([409, "taken-down"]);
  });

  it("that fails leaves it published with the request, for the next machine", async () => {
    const { address } = await asked();
    const first = await granted(scene.operator, address);
    const failed = { code: "instagram-not-removable", reason: "instagram-not-removable" };
    expect((await first.tell("failed", failed)).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "published",
      reason: child.reason,
      take_down: { cause: "child" },
      held: null,
    });
    expect((await first.tell("published", link)).status, "no outcome of a take-down").toBe(422);
    const next = await granted(scene.publisher, address);
    expect((await next.tell("unpublished")).status).toBe(200);
  });

  it("that an editor has confirmed meanwhile takes every outcome, and changes nothing", async () => {
    const { address } = await asked();
    const attempt = await granted(scene.operator, address);
    await scene.editor.put(address, { state: "unpublished", reason: "Saya hapus sendiri." });
    expect((await attempt.tell("failed", { code: "x", reason: "x" })).status).toBe(200);
    expect(await read(scene.editor, address)).toMatchObject({
      state: "unpublished",
      reason: "Saya hapus sendiri.",
    });
  });

  it("of what nobody has asked for is not granted", async () => {
    const { address } = await sent();
    expect(why(await grant(scene.editor, address))).toEqual([409, "already-out"]);
  });
});
