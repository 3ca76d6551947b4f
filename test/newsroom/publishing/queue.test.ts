import { afterAll, beforeAll, expect, it } from "vitest";
import { granted, hour, kabupaten, type Scene, setScene, siteOfSetu } from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const ids = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id);
const idOf = (address: string) => address.split("/").at(-1)!;

it("the publications of all submissions are listed oldest first, by state and by what is due", async () => {
  const at = (ms: number) => new Date(scene.newsroom.clock.now.getTime() + ms).toISOString();
  const scheduled = async (ms: number) => {
    const id = await scene.approved();
    return { id, address: await scene.planned(id, { state: "scheduled", scheduled_for: at(ms) }) };
  };
  const [late, soon] = [await scheduled(2 * hour), await scheduled(hour)];
  const revoked = await scheduled(hour);
  await scene.editor.post(`/submissions/${revoked.id}/transitions`, { step: "revoke", reason: "Keliru" });
  const planned = await scene.planned(await scene.approved());
  const running = await granted(scene.editor, planned);
  const due = async (client = scene.publisher) =>
    ids(await client.get("/publications?state=scheduled&due=true"));
  expect(await due()).toEqual([]);
  scene.pass(hour);
  expect(await due()).toEqual([idOf(soon.address)]);
  scene.pass(hour);
  expect(await due()).toEqual([late, soon].map(({ address }) => idOf(address)));
  expect(await due(scene.neighbour)).toEqual([]);
  expect(await due(scene.editor), "not what is approved no more").toEqual(await due());
  expect(ids(await scene.publisher.get("/publications?due=true&state=planned"))).toEqual([]);
  const [listed] = (await scene.publisher.get("/publications?due=true&limit=1")).body.items;
  expect(listed).toMatchObject({
    state: "scheduled",
    held: null,
    submission: { id: late.id, kecamatan: "32.16.07", title: "Posyandu Balita Digelar di Desa Wanajaya" },
  });
  // Nobody waits for what may not go out any more.
  expect(ids(await scene.editor.get("/publications?state=scheduled"))).not.toContain(idOf(revoked.address));
  const [publishing] = (await scene.editor.get("/publications?state=publishing")).body.items;
  expect(publishing).toMatchObject({ id: idOf(planned), held: null });
  await running.renew();
  expect((await scene.editor.get("/publications?state=publishing")).body.items[0].held.by.id).toBe(
    running.by.id,
  );
  expect((await scene.editor.get("/publications?state=oops")).status).toBe(422);
});

it("operators see their kecamatan's", async () => {
  const id = await scene.neighbour.submit();
  await scene.editor.post(`/submissions/${id}/transitions`, { step: "claim" });
  const approval = { destinations: ["kecamatan"], channels: ["web"] };
  await scene.editor.post(
    `/submissions/${id}/transitions`,
    { step: "approve", approval },
    { "if-match": '"r1"' },
  );
  const address = await scene.planned(id, { account: siteOfSetu });
  expect(ids(await scene.neighbour.get("/publications"))).toEqual([idOf(address)]);
  expect(ids(await scene.operator.get("/publications"))).not.toContain(idOf(address));
});

it("they come page by page, each once", async () => {
  for (let n = 0; n < 3; n++) await scene.planned(await scene.approved(), { account: kabupaten });
  const whole = ids(await scene.editor.get("/publications?limit=100"));
  const paged: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page = await scene.editor.get(
      `/publications?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    paged.push(...ids(page));
    cursor = page.body.next_cursor;
  }
  expect(paged).toEqual(whole);
  expect(new Set(paged).size).toBe(whole.length);
  expect(whole.length).toBeGreaterThan(6);
});
