import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePerson } from "../../../src/newsroom/local-people.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
});
afterEach(() => newsroom.remove());
const { join, browse, enter } = deskOf(() => newsroom);

describe("a form", () => {
  let id: string;
  beforeEach(async () => {
    await join("Budi", "editor");
    id = await as(newsroom, await newsroom.token("operator")).submit();
  });
  const comments = async () =>
    (await as(newsroom, await newsroom.token("editor")).get(`/submissions/${id}/comments`)).body.items;

  it("is refused without its token, with the token of another session, and from another site", async () => {
    const desk = await enter("Budi");
    const other = await enter("Budi");
    await desk.get(`/submissions/${id}`);
    const path = `/submissions/${id}/comments`;
    const body = "Catatan";
    expect((await desk.post(path, { body, csrf: "" })).status).toBe(403);
    expect((await desk.post(path, { body, csrf: other.hidden().csrf! })).status).toBe(403);
    await desk.get(`/submissions/${id}`);
    expect((await desk.post(path, { body }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await comments()).toHaveLength(0);
  });

  it("has another token in each answer, and any of this session counts", async () => {
    const desk = await enter("Budi");
    const tokens: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await desk.get(`/submissions/${id}`);
      tokens.push(desk.hidden().csrf!);
    }
    expect(new Set(tokens).size).toBe(3);
    // Compressed together with what a page shows, its length must tell nothing of the next one (BREACH).
    const halves = tokens.flatMap((token) => [token.slice(0, 43), token.slice(43)]);
    expect(new Set(halves).size).toBe(6);
    const path = `/submissions/${id}/comments`;
    const send = (csrf: string) => desk.post(path, { csrf, form: randomUUID(), body: "Catatan" });
    expect((await send(tokens[0]!)).status).toBe(303);
    const bytes = Buffer.from(tokens[1]!, "base64url");
    bytes[40]! ^= 1;
    expect((await send(bytes.toString("base64url"))).status).toBe(403);
    expect((await send("A".repeat(86))).status).toBe(403);
    expect((await send(tokens[1]!.slice(0, 43))).status).toBe(403);
  });

  it("of another site has none of its words shown, whatever makes it fail", async () => {
    const desk = await enter("Budi");
    const other = await enter("Budi");
    await desk.get(`/submissions/${id}`);
    const body = "Sandi Anda kedaluwarsa, hubungi 0812-3456-7890.";
    const path = `/submissions/${id}/comments`;
    const forged = [
      await desk.post(path, { body, csrf: "" }),
      await desk.post(path, { body, csrf: other.hidden().csrf! }),
      await desk.post(path, { body }, { "sec-fetch-site": "cross-site" }),
      await desk.post(path, { body }, { "sec-fetch-site": "same-site" }),
      await desk.post("/tidak-ada", { body, csrf: "" }),
    ];
    for (const { status, text } of forged) {
      expect([403, 404]).toContain(status);
      expect(text).not.toContain("0812-3456-7890");
    }
  });

  it("counts once however often it is sent, and is refused if it was changed since", async () => {
    const desk = await enter("Budi");
    await desk.get(`/submissions/${id}`);
    const path = `/submissions/${id}/comments`;
    const tokens = { ...desk.hidden() };
    const send = (body: string) => desk.post(path, { csrf: tokens.csrf!, form: tokens.form!, body });
    const [first, again] = [await send("Catatan"), await send("Catatan")];
    expect([first.location, again.location]).toEqual(Array(2).fill(`/submissions/${id}?done=comment#thread`));
    expect(await comments()).toHaveLength(1);
    const changed = await send("Catatan lain yang berbeda");
    expect([changed.status, changed.text.includes("sudah pernah dikirim")]).toEqual([409, true]);
    expect(changed.text).toContain("Catatan lain yang berbeda</textarea>");
    // The returned page has a new token.
    expect((await desk.post(path, { body: "Catatan lain yang berbeda" })).status).toBe(303);
    expect(await comments()).toHaveLength(2);
  });

  it("and its page need a session: an API token is not enough", async () => {
    const token = await newsroom.token("editor");
    const answer = await fetch(`${newsroom.url}/submissions/${id}`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "manual",
    });
    expect(answer.headers.get("location")).toContain("/login");
  });
});

describe("the pages", () => {
  it("load nothing from other origins, are not cached, and cannot be framed", async () => {
    const answer = await browse().get("/login");
    const policy = answer.headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.text).not.toMatch(/\sstyle=|<style|<script(?! src="\/assets)|\son\w+=/);
  });

  it("do not answer for the API: its unknown addresses return problems", async () => {
    const answer = await browse().get("/api/v1/nowhere");
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const page = await browse().get("/nowhere");
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  });
});

describe("the redaction of personal data", () => {
  const grounds = { legal_basis: "UU 27/2022 Pasal 8", reason: "Diminta keluarga" };
  let id: string;
  let comment: string;
  beforeEach(async () => {
    await join("Rina", "admin");
    await join("Budi", "editor");
    id = await as(newsroom, await newsroom.token("operator")).submit();
    const editor = as(newsroom, await newsroom.token("editor"));
    comment = (await editor.post(`/submissions/${id}/comments`, { body: "KTP 3216" })).body.id;
  });
  const page = () => `/submissions/${id}/redact`;

  it("is for admins: an editor sees no link to it and cannot do it", async () => {
    const desk = await enter("Budi");
    const { text } = await desk.get(`/submissions/${id}`);
    expect(text).not.toContain(page());
    expect((await desk.get(page())).status).toBe(403);
    await desk.get(`/submissions/${id}`);
    const redaction = { what: `comment-${comment}`, ...grounds, sure: "1" };
    expect((await desk.post(page(), redaction)).status).toBe(403);
    expect((await desk.get(`/submissions/${id}`)).text).toContain("KTP 3216");
  });

  it("needs a target, a reason, a legal basis and a confirmation, and leaves a tombstone that every editor sees", async () => {
    const desk = await enter("Rina");
    expect((await desk.get(`/submissions/${id}`)).text).toContain(page());
    const redaction = { what: `comment-${comment}`, ...grounds, sure: "1" };
    const incomplete = [
      [{ ...redaction, what: "" }, "Pilih yang akan dihapus."],
      [{ ...redaction, legal_basis: " " }, "Tulis dasar hukumnya."],
      [{ ...redaction, reason: "" }, "Tulis alasannya."],
      [{ ...redaction, sure: "" }, "tidak dapat dikembalikan"],
      [{ ...redaction, what: `comment-${randomUUID()}` }, "sudah tidak ada"],
    ] as const;
    for (const [fields, message] of incomplete) {
      await desk.get(page());
      const answer = await desk.post(page(), fields);
      expect([answer.status, answer.text.includes(message)]).toEqual([422, true]);
    }
    expect((await desk.get(`/submissions/${id}`)).text).toContain("KTP 3216");
    await desk.get(page());
    const tokens = { ...desk.hidden() } as { csrf: string; form: string };
    expect((await desk.post(page(), { ...redaction, csrf: "" })).status).toBe(403);
    for (let i = 0; i < 2; i += 1) {
      const { location } = await desk.post(page(), { ...redaction, ...tokens });
      expect(location).toBe(`/submissions/${id}?done=redact#tombstones`);
    }
    const editor = await enter("Budi");
    for (const browser of [desk, editor]) {
      const { text } = await browser.get(`/submissions/${id}`);
      expect(text).not.toContain("KTP 3216");
      expect(text).toContain("[dihapus]");
      expect(text.match(/UU 27\/2022 Pasal 8/g)).toHaveLength(1);
      expect(text).toContain("Diminta keluarga");
    }
    expect((await desk.get(page())).text).not.toContain(`comment-${comment}`);
  });
});

describe("a claim", () => {
  it("can be handed to a colleague, and the history names both", async () => {
    await join("Budi", "editor");
    const { user: sari } = await join("Sari", "editor");
    const { user: joko } = await join("Joko", "editor");
    const id = await as(newsroom, await newsroom.token("operator")).submit();
    const budi = await enter("Budi");
    await budi.get(`/submissions/${id}`);
    await budi.post(`/submissions/${id}/steps/claim`, { revision: "1" });
    const { text } = await budi.get(`/submissions/${id}`);
    expect(text).toContain(`<option value="${sari.id}">Sari</option>`);
    const step = `/submissions/${id}/steps/reassign`;
    const { location } = await budi.post(step, { revision: "1", assignee: sari.id });
    expect(location).toBe(`/submissions/${id}?done=handed`);
    const handed = await budi.get(`/submissions/${id}`);
    expect(handed.text).toMatch(/<strong>Budi<\/strong> menyerahkan naskah kepada Sari/);
    await changePerson(newsroom.place, joko.id, "suspend", newsroom.clock.now);
    const refused = await budi.post(step, { revision: "1", assignee: joko.id });
    expect([refused.status, refused.text.includes("tidak lagi meninjau")]).toEqual([422, true]);
  });
});
