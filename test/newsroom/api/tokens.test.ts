import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { changePerson, tokensOfPerson } from "../../../src/newsroom/local-people.js";
import { ask } from "../support/api.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { type Scene, setScene } from "../support/samples.js";

let newsroom: TestNewsroom;
let scene: Scene;
beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000 });
  scene = await setScene(newsroom);
});
afterAll(() => newsroom.remove());

describe("somebody's logins", () => {
  let id: string;
  let token: string;
  beforeEach(async () => {
    const made = await scene.person("operator");
    ({ id } = made.user);
    token = made.token;
  });
  const live = async () => (await scene.admin.get(`/users/${id}/tokens`)).body.items;
  const statusOf = async (of: string) => (await as(newsroom, of).get("/me")).status;
  const another = async (): Promise<string> =>
    (await scene.admin.post(`/users/${id}/logins`, { token: true })).body.token;
  const end = async (tokenId: string, by = scene.adminToken, of = id) =>
    (await ask(newsroom, by, { method: "DELETE", url: `/users/${of}/tokens/${tokenId}` })).status;
  const here = (wanted?: string) => tokensOfPerson(newsroom.place, id, wanted, newsroom.clock.now);

  test("are listed with age and last use, and without the token or its hash", async () => {
    const at = newsroom.clock.now.toISOString();
    const item = { id: expect.any(String), label: "token", created_at: at, expires_at: null };
    expect(await live()).toEqual([{ ...item, last_used_at: null }]);
    expect(await statusOf(token)).toBe(200);
    const answer = await scene.admin.get(`/users/${id}/tokens`);
    expect(answer.body).toMatchObject({ user: { id }, items: [{ ...item, last_used_at: at }] });
    expect(JSON.stringify(answer.body)).not.toContain(token);
    expect(JSON.stringify(answer.body)).not.toMatch(/[0-9a-f]{64}/);
    expect(await here()).toEqual({ ...answer.body, ended: [] });
  });

  test("end one by one: the other devices stay, and so does the access", async () => {
    const second = await another();
    const [newer, older] = await live();
    expect(await end(newer.id)).toBe(204);
    expect(await end(newer.id)).toBe(204);
    expect(await live()).toEqual([expect.objectContaining({ id: older.id })]);
    expect([await statusOf(token), await statusOf(second)]).toEqual([200, 401]);
    expect((await scene.admin.get(`/users/${id}/tokens`)).body.user.active).toBe(true);
    const entries = (await scene.admin.get("/audit")).body.items;
    expect(entries.filter((entry: { object: string }) => entry.object === newer.id)).toEqual([
      expect.objectContaining({ event: "token-ended" }),
      expect.objectContaining({ event: "token-issued" }),
    ]);
  });

  test("end by their id, by the name of the device, or all at once, in the newsroom's own database", async () => {
    const [first] = await live();
    await another();
    await expect(here("token")).rejects.toMatchObject({ code: "newsroom-token-ambiguous", exit: 2 });
    await expect(here("laptop")).rejects.toMatchObject({ code: "newsroom-token-unknown", exit: 2 });
    expect((await here(first.id)).ended).toEqual([expect.objectContaining({ id: first.id })]);
    expect(await statusOf(token)).toBe(401);
    expect((await here(" TOKEN ")).items).toEqual([]);
    const fresh = [await another(), await another()];
    expect((await here("semua")).ended).toHaveLength(2);
    expect(await Promise.all(fresh.map(statusOf))).toEqual([401, 401]);
    expect(await here("all")).toMatchObject({ items: [], ended: [] });
  });

  test("of a line of rotations end together, and what has expired is not listed", async () => {
    const renewed = (await as(newsroom, token).post("/me/tokens/rotate", {})).body.token;
    const [successor] = await live();
    expect(await end(successor.id)).toBe(204);
    expect([await statusOf(token), await statusOf(renewed)]).toEqual([401, 401]);
    const until = new Date(newsroom.clock.now.getTime() - 1000).toISOString();
    const expired = await scene.person("operator", undefined, until);
    expect((await scene.admin.get(`/users/${expired.user.id}/tokens`)).body.items).toEqual([]);
  });

  test("are an admin's to see and to end; another person's token is not theirs", async () => {
    const [own] = await live();
    expect((await as(newsroom, token).get(`/users/${id}/tokens`)).status).toBe(403);
    expect(await end(own.id, token)).toBe(403);
    const other = await scene.person("operator");
    expect(await end(own.id, scene.adminToken, other.user.id)).toBe(404);
    expect(await end(randomUUID())).toBe(404);
    expect((await scene.admin.get(`/users/${randomUUID()}/tokens`)).status).toBe(404);
    expect(await statusOf(token)).toBe(200);
  });

  test("of somebody whose access has ended say so", async () => {
    await changePerson(newsroom.place, id, "suspend", newsroom.clock.now);
    const found = await here();
    expect([found.user.active, found.items.length]).toEqual([false, 1]);
  });
});
