import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
  await join("Rina", "admin");
  await join("Budi", "editor");
});
afterEach(() => newsroom.remove());
const { join, enter } = deskOf(() => newsroom);

const idOf = async (desk: Awaited<ReturnType<typeof enter>>, name: string) =>
  new RegExp(`/people/([0-9a-f-]{36})">${name}<`).exec((await desk.get("/people")).text)![1]!;

describe("the audit log at the desk", () => {
  it("shows admins who did what to whom and from where, and is linked from the people", async () => {
    const desk = await enter("Rina");
    const budi = await idOf(desk, "Budi");
    await desk.get(`/people/${budi}`);
    await desk.post(`/people/${budi}/code`);
    expect((await desk.get("/people")).text).toContain('href="/audit"');
    const { text } = await desk.get("/audit");
    const [row] = /<tr id="e\d+">.*?<\/tr>/s.exec(text)!;
    for (const part of [">Rina<", "membuat kode aktivasi", ">Budi<", "127.0.0.1"])
      expect(row).toContain(part);
  });

  it("can be narrowed to one person", async () => {
    const desk = await enter("Rina");
    const budi = await idOf(desk, "Budi");
    expect((await desk.get(`/people/${budi}`)).text).toContain(`href="/audit?person=${budi}"`);
    const { text } = await desk.get(`/audit?person=${budi}`);
    expect(text.match(/<tr id="e/g)).toHaveLength(2);
    expect((await desk.get("/audit?person=0190a5f0-0000-7000-8000-000000000000")).status).toBe(404);
    expect((await desk.get("/audit?person=x")).status).toBe(422);
  });

  it("is paged, with links that need no script", async () => {
    const admin = as(newsroom, await newsroom.token("admin"));
    const desk = await enter("Rina");
    for (let n = 0; n < 50; n += 1) await admin.post("/users", { name: `Orang ${n}`, role: "editor" });
    const first = await desk.get("/audit");
    expect(first.text.match(/<tr id="e/g)).toHaveLength(100);
    const next = /href="(\/audit\?cursor=[\w-]+)"/.exec(first.text)![1]!;
    const second = await desk.get(next);
    expect(second.text).toContain('href="/audit"');
    expect(second.text).toContain('<tr id="e1">');
  });

  it("is closed to editors", async () => {
    expect((await (await enter("Budi")).get("/audit")).status).toBe(403);
  });

  it("shows names as text, whatever they contain", async () => {
    const name = `<script>alert(1)</script>"'&`;
    await join(name, "editor");
    const { text } = await (await enter("Rina")).get("/audit");
    expect(text).not.toContain("<script>alert");
    expect(text).toContain("&lt;script&gt;alert(1)");
  });
});

describe("the account page", () => {
  it("tells of logins and secrets since the person last confirmed them, and of no others", async () => {
    const rina = await enter("Rina");
    const budi = await enter("Budi");
    const first = await budi.get("/account");
    expect(first.text).toContain("Sejak terakhir Anda periksa");
    await budi.post("/account/news", { seq: budi.hidden().seq! });
    expect((await budi.get("/account")).text).not.toContain("Sejak terakhir Anda periksa");

    const id = await idOf(rina, "Budi");
    await rina.get(`/people/${id}`);
    await rina.post(`/people/${id}/token`);
    const { text } = await budi.get("/account");
    expect(text.match(/membuat token oleh Rina/g)).toHaveLength(1);
  });

  it("cannot be made to keep silent about what is still to come", async () => {
    const budi = await enter("Budi");
    await budi.get("/account");
    await budi.post("/account/news", { seq: "999999999" });
    await enter("Budi");
    expect((await budi.get("/account")).text).toContain("Sejak terakhir Anda periksa");
    await budi.get("/account");
    expect((await budi.post("/account/news", { seq: "-1" })).status).toBe(422);
  });
});

describe("the page of a person", () => {
  it("names the issuer of each token", async () => {
    const desk = await enter("Rina");
    const budi = await idOf(desk, "Budi");
    await desk.get(`/people/${budi}`);
    await desk.post(`/people/${budi}/token`);
    const { text } = await desk.get(`/people/${budi}`);
    expect(/<th scope="row">token<\/th>.*?<\/tr>/s.exec(text)![0]).toContain("<td>Rina</td>");
  });
});
