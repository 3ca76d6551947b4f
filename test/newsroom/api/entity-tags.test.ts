import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as, content, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  operator = as(newsroom, await newsroom.token("operator"));
  editor = as(newsroom, await newsroom.token("editor"));
});
afterAll(() => newsroom.remove());

describe("the tag of a submission", () => {
  const tagFor = async (reader: typeof editor, id: string) =>
    (await reader.get(`/submissions/${id}`, { "accept-encoding": "identity" })).headers.get("etag")!;

  test("is strong, begins with the revision, and is the same until something changes", async () => {
    const id = await operator.submit();
    const tag = await tagFor(operator, id);
    expect(tag).toMatch(/^"r1\.[\da-f]+"$/);
    expect(await tagFor(operator, id)).toBe(tag);
    expect(
      (await operator.get(`/submissions/${id}`, { "if-none-match": tag, "accept-encoding": "identity" }))
        .status,
    ).toBe(304);
  });

  test("changes with everything that its reader sees, and the revision stays", async () => {
    const id = await operator.submit();
    const at = `/submissions/${id}`;
    const tags = [await tagFor(operator, id)];
    const then = async (change: () => Promise<unknown>) => {
      newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 1000);
      await change();
      tags.push(await tagFor(operator, id));
    };
    const approval = { destinations: ["kabupaten"], channels: ["web"] };
    await then(() => editor.post(`${at}/comments`, { body: "Siapa?" }));
    await then(() => editor.post(`${at}/transitions`, { step: "claim" }));
    await then(() =>
      editor.post(`${at}/transitions`, { step: "approve", approval }, { "if-match": tags.at(-1)! }),
    );
    await then(() => operator.post(`${at}/transitions`, { step: "ask_withdrawal", reason: "Salah" }));
    await then(() => editor.post(`${at}/publications`, { channel: "web", state: "planned" }));
    expect(new Set(tags).size).toBe(6);
    expect(tags.every((tag) => tag.startsWith('"r1.'))).toBe(true);
  });

  test("is another one for a reader who sees something else", async () => {
    const id = await operator.submit();
    expect(await tagFor(editor, id)).not.toBe(await tagFor(operator, id));
  });
});

describe("If-Match", () => {
  const ask = (id: string, match: string) =>
    editor.post(
      `/submissions/${id}/transitions`,
      { step: "return", reason: "Lengkapi" },
      { "if-match": match },
    );
  test.each(['"r1"', '"r1.0123456789ab"', '"r1.0123456789ab-br"', '"x", "r1"'])(
    "takes %s for revision 1",
    async (match) => {
      const id = await operator.submit();
      await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
      expect((await ask(id, match)).status).toBe(200);
    },
  );

  test.each([
    ['"r1"', "stale", "Sudah ada revisi yang lebih baru."],
    ['W/"r2"', "precondition-failed", "Yang ada sekarang tidak memenuhi If-Match atau If-None-Match."],
    ['"r3"', "precondition-failed", "Yang ada sekarang tidak memenuhi If-Match atau If-None-Match."],
    ["r2", "precondition-failed", "Yang ada sekarang tidak memenuhi If-Match atau If-None-Match."],
  ])("%s of revision 2 is refused as what it is: %s", async (match, name, title) => {
    const id = await operator.submit();
    await operator.put(`/submissions/${id}`, { content: content({ body: "b" }) }, { "if-match": '"r1"' });
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const { status, body } = await ask(id, match);
    expect([status, body.type, body.title, body.revision]).toEqual([
      412,
      `urn:kominfo:problem:${name}`,
      title,
      2,
    ]);
  });

  test("`*` is true of whatever is there, and names no revision that was read", async () => {
    const id = await operator.submit();
    const claim = await editor.post(`/submissions/${id}/transitions`, { step: "claim" }, { "if-match": "*" });
    expect(claim.status).toBe(200);
    expect((await ask(id, "*")).status).toBe(428);
    expect(
      (await operator.put(`/submissions/${id}`, { content: content({ body: "b" }) }, { "if-match": "*" }))
        .status,
    ).toBe(428);
  });
});

describe("If-None-Match of a new revision", () => {
  const revise = (id: string, match: string) =>
    operator.put(
      `/submissions/${id}`,
      { content: content({ body: "b" }) },
      { "if-match": '"r1"', "if-none-match": match },
    );

  test.each(["*", '"r1"', 'W/"r1"', '"x", "r1"'])(
    "%s names what is there: nothing is written",
    async (match) => {
      const id = await operator.submit();
      const { status, body } = await revise(id, match);
      expect([status, body.type]).toEqual([412, "urn:kominfo:problem:precondition-failed"]);
      expect((await operator.get(`/submissions/${id}`)).body.revision).toBe(1);
    },
  );

  test.each(["identity", "gzip", "br"])("the tag of its representation in %s, too", async (coding) => {
    const long = { content: content({ body: "kata ".repeat(500) }) };
    const { id } = (await operator.post("/submissions", long, { "idempotency-key": randomUUID() })).body;
    const { headers } = await operator.get(`/submissions/${id}`, { "accept-encoding": coding });
    expect(headers.get("content-encoding")).toBe(coding === "identity" ? null : coding);
    expect((await revise(id, headers.get("etag")!)).status).toBe(412);
  });

  test("is not looked at where the request would fail without it (RFC 9110, 13.2.1)", async () => {
    const id = await operator.submit();
    const anyway = { content: content({ body: "b" }) };
    const unnamed = await operator.put(`/submissions/${id}`, anyway, { "if-none-match": "*" });
    await operator.post(`/submissions/${id}/transitions`, { step: "withdraw", reason: "Salah" });
    expect([unnamed.status, (await revise(id, "*")).status]).toEqual([428, 409]);
  });

  test("another tag is written over, and what is not there or not the reader's is not found", async () => {
    const id = await operator.submit();
    expect((await revise(id, '"r7"')).body.revision).toBe(2);
    expect((await revise("019a0000-0000-7000-8000-000000000000", "*")).status).toBe(404);
  });
});
