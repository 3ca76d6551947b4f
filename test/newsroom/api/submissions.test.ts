import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { submission } from "../../../src/contract/contract.js";
import { as, cibitung, content, setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
let colleague: ReturnType<typeof as>;
let neighbour: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  operator = as(newsroom, await newsroom.token("operator", cibitung));
  colleague = as(newsroom, await newsroom.token("operator", cibitung));
  neighbour = as(newsroom, await newsroom.token("operator", setu));
  editor = as(newsroom, await newsroom.token("editor"));
});
afterAll(() => newsroom.remove());

const key = () => ({ "idempotency-key": randomUUID() });

describe("submitting", () => {
  test("answers 201 with the submission of the contract, its address and ETag", async () => {
    const { status, headers, body } = await operator.post("/submissions", { content: content() }, key());
    expect(status).toBe(201);
    expect(submission.parse(body)).toMatchObject({ kecamatan: cibitung, state: "submitted", revision: 1 });
    expect(body.content).toEqual(content());
    expect(headers.get("location")).toBe(`/api/v1/submissions/${body.id}`);
    expect(headers.get("etag")).toBe('"r1"');
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("again with the same key and body gives the first answer and no second submission", async () => {
    const [idempotency, body] = [key(), { content: content({ title: "Sekali saja" }) }];
    const first = await operator.post("/submissions", body, idempotency);
    await editor.post(`/submissions/${first.body.id}/transitions`, { to: "in_review" });
    const again = await operator.post("/submissions", body, idempotency);
    expect([again.status, again.body]).toEqual([201, first.body]);
    for (const name of ["location", "etag"]) expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect((await operator.get("/submissions?q=sekali%20saja")).body.items).toHaveLength(1);
  });

  test("many times at once with one key makes one submission", async () => {
    const [idempotency, body] = [key(), { content: content({ title: "Serentak" }) }];
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => operator.post("/submissions", body, idempotency)),
    );
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test("another body with a used key is refused", async () => {
    const idempotency = key();
    await operator.post("/submissions", { content: content() }, idempotency);
    const other = await operator.post("/submissions", { content: content({ title: "Lain" }) }, idempotency);
    expect([other.status, other.body.type]).toEqual([422, "urn:kominfo:problem:idempotency-mismatch"]);
  });

  test("the same key of two people does not collide", async () => {
    const idempotency = key();
    const mine = await operator.post("/submissions", { content: content() }, idempotency);
    const theirs = await neighbour.post("/submissions", { content: content() }, idempotency);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test("without a key, or with one that is no UUID, is refused", async () => {
    expect((await operator.post("/submissions", { content: content() })).status).toBe(400);
    const wrong = { "idempotency-key": "satu" };
    expect((await operator.post("/submissions", { content: content() }, wrong)).status).toBe(400);
  });

  test("is for operators", async () => {
    expect((await editor.post("/submissions", { content: content() }, key())).status).toBe(403);
  });

  test("names every invalid field by its JSON pointer", async () => {
    const wrong = { ...content(), title: "", photos: [{ sha256: "x" }], tambahan: 1 };
    const { status, body } = await operator.post("/submissions", { content: wrong }, key());
    const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
    expect(status).toBe(422);
    expect(pointers).toEqual(
      expect.arrayContaining(["/content/title", "/content/photos/0/sha256", "/content/tambahan"]),
    );
  });

  test.each([
    ["a U+0000 in the text", { body: "a\u0000b" }, "/content/body"],
    ["a lone surrogate in an answer", { answers: { isi: ["\ud800"] } }, "/content/answers/isi"],
    ["a U+0000 in the name of an answer", { answers: { "a\u0000": "b" } }, "/content/answers"],
  ])("with %s is refused and nothing is cut", async (_what, changes, pointer) => {
    const { status, body } = await operator.post("/submissions", { content: content(changes) }, key());
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toMatch(new RegExp(`^${pointer}`));
  });

  test("keeps emoji, Arabic and line breaks as they are", async () => {
    const body = "Haji 🕋 👨‍👩‍👧\r\nالسلام عليكم";
    const id = await operator.submit({ body });
    expect((await editor.get(`/submissions/${id}`)).body.content.body).toBe(body);
  });

  test("answers nested thousands deep do not bring the service down", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = JSON.stringify({ content: content() }).replace('"answers":{', `"answers":{"x":${deep},`);
    expect((await operator.post("/submissions", text, key())).status).toBe(422);
    expect((await operator.get("/me")).status).toBe(200);
  });
});

describe("revising", () => {
  const changed = (body: string) => ({ content: content({ body }) });

  test("needs the revision that was read, and the newest", async () => {
    const id = await operator.submit();
    expect((await operator.put(`/submissions/${id}`, changed("b"))).status).toBe(428);
    const second = await operator.put(`/submissions/${id}`, changed("b"), { "if-match": '"r1"' });
    expect(second.headers.get("etag")).toBe('"r2"');
    const stale = await colleague.put(`/submissions/${id}`, changed("c"), { "if-match": '"r1"' });
    expect([stale.status, stale.body.revision]).toEqual([412, 2]);
  });

  test("keeps every revision as it was", async () => {
    const id = await operator.submit({ body: "satu" });
    const put = { ...changed("dua"), message: "Ejaan." };
    await colleague.put(`/submissions/${id}`, put, { "if-match": '"r1"' });
    const { items } = (await editor.get(`/submissions/${id}/revisions`)).body;
    expect(
      items.map((revision: { number: number; message: string }) => [revision.number, revision.message]),
    ).toEqual([
      [1, null],
      [2, "Ejaan."],
    ]);
    expect(items[0].author.id).not.toBe(items[1].author.id);
    expect((await editor.get(`/submissions/${id}/revisions/1`)).body.content.body).toBe("satu");
    expect((await editor.get(`/submissions/${id}/revisions/3`)).status).toBe(404);
  });

  test("with the newest content makes no revision, even when the answer to the first time was lost", async () => {
    const id = await operator.submit();
    const put = changed("b");
    await operator.put(`/submissions/${id}`, put, { "if-match": '"r1"' });
    const again = await operator.put(`/submissions/${id}`, put, { "if-match": '"r1"' });
    expect([again.status, again.body.revision]).toEqual([200, 2]);
  });

  test("again with the same key gives the first answer, whatever came after", async () => {
    const id = await operator.submit();
    const headers = { ...key(), "if-match": '"r1"' };
    const first = await operator.put(`/submissions/${id}`, changed("b"), headers);
    await colleague.put(`/submissions/${id}`, changed("c"), { "if-match": '"r2"' });
    const again = await operator.put(`/submissions/${id}`, changed("b"), headers);
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  test("of two at once on one revision keeps exactly one", async () => {
    const id = await operator.submit();
    const answers = await Promise.all(
      [operator, colleague].map((client, i) =>
        client.put(`/submissions/${id}`, changed(`versi ${i}`), { "if-match": '"r1"' }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });
});

describe("another kecamatan's submission", () => {
  test("is not there, whatever is asked of it", async () => {
    const id = await operator.submit();
    const at = `/submissions/${id}`;
    const match = { "if-match": '"r1"' };
    const answers = [
      await neighbour.get(at),
      await neighbour.put(at, { content: content({ body: "x" }) }, match),
      await neighbour.get(`${at}/revisions`),
      await neighbour.get(`${at}/revisions/1`),
      await neighbour.get(`${at}/transitions`),
      await neighbour.post(`${at}/transitions`, { to: "withdrawn", reason: "x" }),
      await neighbour.get(`${at}/comments`),
      await neighbour.post(`${at}/comments`, { body: "x" }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 404));
    const none = await neighbour.get(`/submissions/${randomUUID()}`);
    expect(answers[0]?.body).toEqual(none.body);
    expect((await editor.get(at)).body).toMatchObject({ state: "submitted", revision: 1 });
  });

  test("is in no list", async () => {
    const id = await operator.submit({ title: "Khusus Cibitung" });
    const all = (await neighbour.get("/submissions?limit=100")).body.items;
    expect(all.some((submission: { id: string }) => submission.id === id)).toBe(false);
    expect((await neighbour.get(`/submissions?kecamatan=${cibitung}`)).body.items).toEqual([]);
    expect((await editor.get("/submissions?q=khusus")).body.items).toHaveLength(1);
  });
});

describe("listing", () => {
  test("pages through everything once, newest first, while new ones arrive", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.push(await neighbour.submit({ title: `Seri ${i}` }));
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query = `/submissions?q=seri&limit=3${cursor ? `&cursor=${cursor}` : ""}`;
      const { body } = await neighbour.get(query);
      seen.push(...body.items.map((submission: { id: string }) => submission.id));
      cursor = body.next_cursor;
      await neighbour.submit({ title: "Seri baru" });
    }
    expect(seen).toEqual(ids.reverse());
  });

  test("filters by state, kind and time, and takes % and _ literally", async () => {
    const id = await operator.submit({ title: "Naik 50%_an", kind: "pengumuman" });
    const titles = async (query: string) =>
      (await operator.get(`/submissions?${query}`)).body.items.map(
        (submission: { id: string }) => submission.id,
      );
    expect(await titles("q=50%25_AN")).toEqual([id]);
    expect(await titles("q=5_%25")).toEqual([]);
    expect(await titles("kind=pengumuman")).toEqual([id]);
    expect(await titles("state=approved")).toEqual([]);
    expect(await titles("kind=pengumuman&since=2026-11-17T10:00:00%2B07:00")).toEqual([id]);
    expect(await titles("since=2026-11-17T10:00:01%2B07:00")).toEqual([]);
  });

  test.each(["state=draft", "limit=0", "limit=101", "cursor=bukan", "since=kemarin", "lain=1"])(
    "refuses ?%s",
    async (query) => {
      const { status, body } = await operator.get(`/submissions?${query}`);
      expect([status, body.errors[0].pointer]).toEqual([422, `/${query.split("=")[0]}`]);
    },
  );
});
