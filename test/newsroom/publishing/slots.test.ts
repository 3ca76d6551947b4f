import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Scene, setScene, site, why } from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const link = "https://cibitung.example.go.id/posyandu";
const out = { channel: "web", account: site, state: "published", url: link };
const post = (id: string, body: object) => scene.editor.post(`/submissions/${id}/publications`, body);
const put = (id: string, publication: string, body: object) =>
  scene.editor.put(`/submissions/${id}/publications/${publication}`, body);
const states = async (id: string) =>
  (await scene.editor.get(`/submissions/${id}/publications`)).body.items.map(
    ({ state }: { state: string }) => state,
  );
const slots = (id: string) =>
  scene.newsroom.stores(async ({ store }) =>
    (
      await store
        .selectFrom("publications")
        .select("slot")
        .where("submission_id", "=", id)
        .orderBy("id")
        .execute()
    ).map(({ slot }) => slot),
  );
const plan = { channel: "web", account: site, state: "planned" };

describe("a plan", () => {
  it("is made once per account and revision, whoever plans and in whatever form", async () => {
    const id = await scene.approved();
    const made = await post(id, plan);
    expect(made.status).toBe(201);
    const again = await scene.colleague.post(`/submissions/${id}/publications`, {
      ...plan,
      state: "scheduled",
      scheduled_for: "2026-11-18T00:00:00Z",
    });
    expect([again.status, again.body]).toEqual([200, made.body]);
    expect((await post(id, { ...plan, account: "lain.example" })).status).toBe(201);
    expect(await slots(id)).toEqual([`web ${site} 1`, "web lain.example 1"]);
  });

  it("takes the row of one that failed, and its place is free meanwhile", async () => {
    const id = await scene.approved();
    const made = await post(id, plan);
    await put(id, made.body.id, { state: "failed", reason: "Situs mati" });
    expect(await slots(id)).toEqual([null]);
    const scheduled_for = "2026-11-18T00:00:00.000Z";
    const again = await post(id, { ...plan, state: "scheduled", scheduled_for });
    expect([again.status, again.body]).toMatchObject([
      200,
      { id: made.body.id, state: "scheduled", scheduled_for, reason: null },
    ]);
    expect(await slots(id)).toEqual([`web ${site} 1`]);
  });

  it("of what is published there already is that", async () => {
    const id = await scene.approved();
    const recorded = await post(id, out);
    const planned = await post(id, plan);
    expect([planned.status, planned.body]).toEqual([200, recorded.body]);
  });

  it("is made anew after a take-down, and for a correction", async () => {
    const id = await scene.approved();
    const recorded = await post(id, out);
    await put(id, recorded.body.id, { state: "unpublished", reason: "Keliru" });
    expect((await post(id, plan)).status).toBe(201);
    const second = await scene.approved();
    await post(second, out);
    await scene.correct(second, 2);
    const corrected = await post(second, plan);
    expect([corrected.status, corrected.body]).toMatchObject([201, { revision: 2, correction: true }]);
    expect(await slots(second)).toEqual([`web ${site} 1 ${link}`, `web ${site} 2`]);
  });
});

describe("a link that is recorded", () => {
  it.each(["planned", "scheduled", "failed"])(
    "makes a %s publication of its account published",
    async (state) => {
      const id = await scene.approved();
      const scheduled_for = "2026-11-18T00:00:00Z";
      const made = await post(id, { ...plan, state, scheduled_for, reason: "Gagal" });
      const recorded = await post(id, out);
      expect([recorded.status, recorded.body]).toMatchObject([
        200,
        { id: made.body.id, state: "published", url: link },
      ]);
      expect(await states(id)).toEqual(["published"]);
      expect((await post(id, out)).body).toEqual(recorded.body);
    },
  );

  it("is another publication beside one with another link, and beside another account's plan", async () => {
    const id = await scene.approved();
    await post(id, { ...plan, account: "lain.example" });
    for (const url of [link, `${link}/dua`]) expect((await post(id, { ...out, url })).status).toBe(201);
    expect(await states(id)).toEqual(["planned", "published", "published"]);
  });

  it("may be long, and two long ones that begin the same are two", async () => {
    const id = await scene.approved();
    const long = `${link}/${"ж".repeat(1900)}`;
    for (const url of [long, `${long}a`]) expect((await post(id, { ...out, url })).status).toBe(201);
    expect((await post(id, { ...out, url: long })).status).toBe(200);
    expect(await states(id)).toHaveLength(2);
  });

  it("is refused for two rows: neither is lost, and no row is written twice", async () => {
    const id = await scene.approved();
    await post(id, out);
    const failed = await post(id, { ...plan, state: "failed", reason: "Gagal" });
    expect(failed.status).toBe(201);
    const taken = await put(id, failed.body.id, { state: "published", url: link });
    expect(why(taken)).toEqual([409, "duplicate"]);
    expect(await states(id)).toEqual(["published", "failed"]);
  });
});

describe("a failure", () => {
  it("is told once, of the plan that it concerns", async () => {
    const id = await scene.approved();
    await post(id, plan);
    for (let n = 0; n < 3; n++) await post(id, { ...plan, state: "failed", reason: "Situs mati" });
    expect(await states(id)).toEqual(["failed"]);
  });
});

describe("what an older process writes beside a newer one", () => {
  it("is found without its slot, and one that it has ended leaves the place", async () => {
    const id = await scene.approved();
    const made = await post(id, plan);
    const write = (columns: object) =>
      scene.newsroom.stores(({ store }) =>
        store.updateTable("publications").set(columns).where("id", "=", made.body.id).execute(),
      );
    // It knows no slots: what it has inserted has none, and what it ends keeps its own.
    await write({ slot: null });
    expect((await post(id, plan)).body.id).toBe(made.body.id);
    await write({ state: "unpublished", slot: `web ${site} 1` });
    expect((await post(id, plan)).status).toBe(201);
    expect(await slots(id)).toEqual([null, `web ${site} 1`]);
  });
});
