import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPerson, changePerson, linkPerson } from "../../../src/newsroom/local-people.js";
import { deskOf, rates } from "../desk/browser.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
});
afterEach(() => newsroom.remove());
const { join, enter, browse } = deskOf(() => newsroom);
const change = (name: string, to: "suspend" | "resume") =>
  changePerson(newsroom.place, name, to, newsroom.clock.now);
const statusOf = async (token: string) => (await as(newsroom, token).get("/me")).status;
const rotate = async (token: string): Promise<string> =>
  (await as(newsroom, token).post("/me/tokens/rotate", {})).body.token;

describe("a person who was suspended and came back", () => {
  it("has no desk session any more", async () => {
    await join("Rina", "admin");
    await join("Budi", "editor");
    const desk = await enter("Budi");
    await change("Budi", "suspend");
    await change("Budi", "resume");
    expect(await desk.get("/")).toMatchObject({ status: 303, location: "/login" });
  });

  it("cannot log in by a link from before", async () => {
    await join("Budi", "editor");
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    await change("Budi", "suspend");
    await change("Budi", "resume");
    const desk = browse();
    await desk.get(path);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    expect((await desk.post("/login/link", { key })).status).toBe(422);
  });

  it("cannot activate with a code from before", async () => {
    const { activation_code: code } = await join("Budi", "editor");
    await change("Budi", "suspend");
    await change("Budi", "resume");
    const answer = await as(newsroom).post("/activations", { code, device: "laptop" });
    expect(answer.status).toBe(422);
  });

  it("goes on with the token of their laptop", async () => {
    const { token } = await addPerson(
      newsroom.place,
      { name: "Tono", role: "operator", kecamatan: "32.16.07", token: true },
      newsroom.clock.now,
    );
    await change("Tono", "suspend");
    expect(await statusOf(token!)).toBe(401);
    await change("Tono", "resume");
    expect(await statusOf(token!)).toBe(200);
  });
});

describe("a second activation code", () => {
  it("replaces the first", async () => {
    await join("Rina", "admin");
    const admin = as(newsroom, await newsroom.token("admin"));
    const { user, activation_code: first } = await join("Budi", "editor");
    const { body } = await admin.post(`/users/${user.id}/logins`, {});
    const activate = (code: string) => as(newsroom).post("/activations", { code, device: "laptop" });
    expect((await activate(first!)).status).toBe(422);
    expect((await activate(body.activation_code)).status).toBe(201);
  });
});

describe("a rotated token", () => {
  it("has one successor: rotated again after a lost answer, it ends the one that nobody has used", async () => {
    const token = await newsroom.token("operator");
    const [lost, kept] = [await rotate(token), await rotate(token)];
    expect(await statusOf(lost)).toBe(401);
    expect(await statusOf(kept)).toBe(200);
    expect(await statusOf(token)).toBe(401);
  });

  it("gives ten rotations no more than one way in", async () => {
    const token = await newsroom.token("operator");
    const all: string[] = [];
    for (let n = 0; n < 10; n++) all.push(await rotate(token));
    const statuses = await Promise.all(all.map(statusOf));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it("ends with all of its line when one of them is revoked", async () => {
    const first = await newsroom.token("operator");
    const second = await rotate(first);
    const third = await rotate(second);
    expect(await statusOf(second)).toBe(200);
    expect((await as(newsroom, second).delete("/me/token")).status).toBe(204);
    expect(await Promise.all([first, second, third].map(statusOf))).toEqual([401, 401, 401]);
  });

  it("leaves the person's other devices in", async () => {
    const { user, token } = await addPerson(
      newsroom.place,
      { name: "Budi", role: "editor", token: true },
      newsroom.clock.now,
    );
    const other = await newsroom.anotherToken(user.id);
    await as(newsroom, token!).delete("/me/token");
    expect(await Promise.all([token!, other].map(statusOf))).toEqual([401, 200]);
  });
});
