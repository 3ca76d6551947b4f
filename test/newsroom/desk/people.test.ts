import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
});
afterEach(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

describe("people", () => {
  beforeEach(async () => {
    await join("Rina", "admin");
    await join("Budi", "editor");
  });

  it("are listed a hundred on each page", async () => {
    const rina = await enter("Rina");
    const admin = as(newsroom, await newsroom.token("admin"));
    for (let n = 3; n <= 101; n++) await admin.post("/users", { name: `Orang ${n}`, role: "editor" });
    const first = await rina.get("/people");
    expect(first.text.match(/<th scope="row">/g)).toHaveLength(100);
    const next = /href="(\/people\?cursor=[\w-]+)"/.exec(first.text)![1]!;
    const second = await rina.get(next);
    expect(second.text).toContain("Orang 101<");
    expect(second.text).toContain('<a href="/people">');
    expect((await rina.get("/people?cursor=tidakada")).status).toBe(422);
  });

  it("can be seen and added by admins only", async () => {
    const desk = await enter("Budi");
    for (const path of ["/people", "/people/new"]) expect((await desk.get(path)).status).toBe(403);
    expect((await desk.post("/people/new", { name: "X", role: "admin" })).status).toBe(403);
  });

  it("are added once, with a code that is shown once", async () => {
    const desk = await enter("Rina");
    await desk.get("/people/new");
    const tokens = { ...desk.hidden() };
    const send = () =>
      desk.post("/people/new", { csrf: tokens.csrf!, form: tokens.form!, name: "Joko", role: "editor" });
    const [first, again] = [await send(), await send()];
    expect(first.location).toBe(again.location);
    const person = new URL(first.location!, "http://a").pathname;
    await desk.get(person);
    const made = await desk.post(`${person}/code`);
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made.text)![0];
    const newer = await desk.post(`${person}/code`);
    expect(newer.text).not.toContain(code);
    // The second code replaced the first.
    expect((await as(newsroom).post("/activations", { code, device: "x" })).status).toBe(422);
    expect((await desk.get(person)).text).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}</);
  });

  it("get one valid script token from one form, however often it is sent", async () => {
    const desk = await enter("Rina");
    const { user } = await join("Skrip", "editor");
    await desk.get(`/people/${user.id}`);
    const tokens = { ...desk.hidden() };
    const send = async () => {
      const { text } = await desk.post(`/people/${user.id}/token`, {
        csrf: tokens.csrf!,
        form: tokens.form!,
      });
      return /kominfo_[\w-]{43}/.exec(text)![0];
    };
    const [first, second] = [await send(), await send()];
    expect((await as(newsroom, first).get("/me")).status).toBe(401);
    expect((await as(newsroom, second).get("/me")).status).toBe(200);
  });

  it("lose their sessions when suspended, and the last admin cannot be revoked", async () => {
    const [rina, budi] = [await enter("Rina"), await enter("Budi")];
    const list = (await rina.get("/people")).text;
    const idOf = (name: string) => new RegExp(`/people/([0-9a-f-]{36})">${name}<`).exec(list)![1];
    await rina.get(`/people/${idOf("Budi")}`);
    expect((await rina.post(`/people/${idOf("Budi")}/suspend`)).location).toContain("done=suspendPerson");
    expect((await budi.get("/")).location).toBe("/login");
    await rina.get(`/people/${idOf("Rina")}`);
    const refused = await rina.post(`/people/${idOf("Rina")}/revoke`);
    expect([refused.status, refused.text.includes("admin terakhir")]).toEqual([409, true]);
  });
});
