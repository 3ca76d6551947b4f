import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channelNames } from "../../../src/channels/registry.js";
import {
  as,
  cibitung,
  content,
  jpeg,
  photo,
  setu,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
let operator: ReturnType<typeof as>;
let neighbour: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator", cibitung);
  operator = as(newsroom, token);
  neighbour = as(newsroom, await newsroom.token("operator", setu));
  editor = as(newsroom, await newsroom.token("editor"));
  admin = as(newsroom, await newsroom.token("admin"));
});
afterAll(() => newsroom.remove());

const first = { "if-match": '"r1"' };

describe("lists", () => {
  test("of everything about a submission are read page by page, each item once", async () => {
    const id = await operator.submit();
    for (const body of ["satu", "dua", "tiga"]) await editor.post(`/submissions/${id}/comments`, { body });
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    await editor.put(`/submissions/${id}`, { content: content({ body: "Dua." }) }, first);
    for (const list of ["comments", "transitions", "revisions"]) {
      const address = `/submissions/${id}/${list}`;
      const whole = (await operator.get(address)).body.items;
      const pages: unknown[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page: { items: unknown[]; next_cursor: string | null } = (
          await operator.get(`${address}?limit=1${cursor && `&cursor=${cursor}`}`)
        ).body;
        pages.push(...page.items);
        cursor = page.next_cursor;
      }
      expect(pages).toEqual(whole);
      expect(pages.length).toBeGreaterThan(1);
    }
  });
});

describe("a token", () => {
  test("is rotated: the old one works until the new one is used", async () => {
    const old = await newsroom.token("operator");
    const { status, body } = await as(newsroom, old).post("/me/tokens/rotate", {});
    expect(status).toBe(201);
    expect((await as(newsroom, old).get("/me")).status).toBe(200);
    expect((await as(newsroom, body.token).get("/me")).status).toBe(200);
    expect((await as(newsroom, old).get("/me")).status).toBe(401);
  });
});

describe("the change feed", () => {
  test("tells what has changed since, of what the asking person may see", async () => {
    const { next } = (await operator.get("/changes")).body;
    const id = await operator.submit();
    const foreign = await neighbour.submit();
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const { items, next: after } = (await operator.get(`/changes?since=${next}`)).body;
    expect(
      items.map((change: { what: string; submission: string }) => [change.submission, change.what]),
    ).toEqual([
      [id, "submitted"],
      [id, "transition"],
    ]);
    expect((await operator.get(`/changes?since=${after}`)).body.items).toEqual([]);
    const all = (await editor.get(`/changes?since=${next}`)).body.items;
    expect(all.map((change: { submission: string }) => change.submission)).toContain(foreign);
  });

  test("is told as events, from where a reader left off", async () => {
    const { next } = (await operator.get("/changes")).body;
    const id = await operator.submit();
    await neighbour.submit();
    const own = await newsroom.token("operator", cibitung);
    const headers = { authorization: `Bearer ${own}`, accept: "text/event-stream", "last-event-id": next };
    const stop = new AbortController();
    const open = () => fetch(`${newsroom.url}/api/v1/changes`, { headers, signal: stop.signal });
    const stream = await open();
    let text = "";
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (!text.includes("data:")) text += (await reader.read()).value ?? "";
    stop.abort();
    expect(text).toContain(`"submission":"${id}"`);
    expect(text).not.toContain(setu);
  });
});

describe("settings", () => {
  test("are an admin's to change, and everyone's to read", async () => {
    const set = { dateline: "CIKARANG", press_date_format: "long" };
    expect((await admin.put("/settings", set)).body).toMatchObject(set);
    expect((await as(newsroom).get("/settings")).body).toMatchObject({ ...set, house_style: "" });
  });
});

describe("a redaction", () => {
  const why = { reason: "Diminta keluarga", legal_basis: "UU 27/2022 Pasal 8" };

  test("takes a revision's text away, and leaves who did it when and why", async () => {
    const secret = "Nomor KTP 3216";
    const key = { "idempotency-key": randomUUID() };
    const sent = { content: content({ title: secret, body: secret }) };
    const { id } = (await operator.post("/submissions", sent, key)).body;
    const { status, body } = await admin.post("/redactions", { submission: id, revision: 1, ...why });
    expect([status, body]).toMatchObject([201, { submission: id, revision: 1, ...why }]);
    for (const address of ["", "/revisions/1"]) {
      expect(JSON.stringify((await operator.get(`/submissions/${id}${address}`)).body)).not.toContain(secret);
    }
    expect(JSON.stringify((await operator.get("/submissions")).body)).not.toContain(secret);
    // Nor does a retry of the first request get it, or bring it back.
    const retry = await operator.post("/submissions", sent, key);
    expect([retry.status, retry.body.id]).toEqual([201, id]);
    expect(JSON.stringify(retry.body)).not.toContain(secret);
  });

  test("takes a comment away, also the answer that is kept for the same request", async () => {
    const id = await operator.submit();
    const comments = `/submissions/${id}/comments`;
    const key = { "idempotency-key": randomUUID() };
    const comment = (await editor.post(comments, { body: "Telepon 0812" }, key)).body;
    const asked = { submission: id, comment: comment.id, ...why };
    const { status, body } = await admin.post("/redactions", asked);
    expect([status, body]).toMatchObject([
      201,
      { submission: id, comment: comment.id, revision: null, ...why },
    ]);
    expect((await operator.get(comments)).body.items).toEqual([{ ...comment, body: "[dihapus]" }]);
    const retry = (await editor.post(comments, { body: "Telepon 0812" }, key)).body;
    expect(retry).toEqual({ ...comment, body: "[dihapus]" });
    const { publications, ...tombstone } = body;
    expect(publications).toEqual([]);
    expect((await operator.get(`/submissions/${id}/redactions`)).body.items).toEqual([tombstone]);
  });

  test("takes a step's reason away wherever it is repeated", async () => {
    const secret = "Narasumber Siti, KTP 3216";
    const id = await operator.submit();
    const steps = `/submissions/${id}/transitions`;
    await editor.post(steps, { step: "claim" });
    await editor.post(steps, { step: "return", reason: "Lengkapi" }, { "if-match": '"r1"' });
    const revision = { content: content({ body: "Lengkap." }), message: secret, submit: true };
    await operator.put(`/submissions/${id}`, revision, { "if-match": '"r1"' });
    const resubmit = (await admin.get(steps)).body.items.at(-1);
    expect(resubmit).toMatchObject({ step: "resubmit", reason: secret });
    const asked = { submission: id, transition: resubmit.id, ...why };
    const first = await admin.post("/redactions", asked);
    const again = await admin.post("/redactions", { ...asked, reason: "Sekali lagi" });
    expect([first.status, again.status, again.body]).toEqual([201, 200, first.body]);
    for (const address of ["", "/transitions", "/revisions", "/revisions/2"]) {
      const { body } = await admin.get(`/submissions/${id}${address}`);
      expect(JSON.stringify(body)).not.toContain(secret);
    }
    expect((await operator.get(steps)).body.items.map((step: { reason: string }) => step.reason)).toEqual([
      null,
      null,
      "Lengkapi",
      "[dihapus]",
    ]);
  });

  test.each([
    ["as it was sent", (secret: string) => secret],
    ["with blanks around it", (secret: string) => ` ${secret}\n`],
  ])("takes a revision's message away wherever it is repeated, %s", async (_how, typed) => {
    const secret = "Narasumber Siti, KTP 3216";
    const { id, steps } = await publishedWith(secret, typed(secret));
    const asked = { submission: id, revision: 2, ...why };
    expect((await admin.post("/redactions", asked)).status).toBe(201);
    expect(await rowsWith(secret)).toEqual([]);
    const { items } = (await editor.get(steps)).body;
    expect(items.map((step: { reason: string }) => step.reason)).toEqual([
      ...[null, null, "Lengkapi", "[dihapus]", null, null, "[dihapus]"],
    ]);
  });

  test("takes a step's reason away from the message, the approval and the publication that repeat it", async () => {
    const secret = "Narasumber Siti, KTP 3217";
    const { id, steps } = await publishedWith(secret, `${secret} `);
    const unpublish = (await admin.get(steps)).body.items.at(-1);
    const asked = { submission: id, transition: unpublish.id, ...why };
    expect((await admin.post("/redactions", asked)).status).toBe(201);
    expect(await rowsWith(secret)).toEqual([]);
  });

  /** A submission that says this in its message, its way back, its approval's note, and why it was taken down. */
  async function publishedWith(secret: string, typed: string) {
    // Of a kecamatan of its own: the weekly report below counts what Cibitung and Setu do.
    const author = as(newsroom, await newsroom.token("operator", "32.16.06"));
    const id = await author.submit();
    const steps = `/submissions/${id}/transitions`;
    const second = { "if-match": '"r2"' };
    await editor.post(steps, { step: "claim" });
    await editor.post(steps, { step: "return", reason: "Lengkapi" }, first);
    const revision = { content: content({ body: "Lengkap." }), message: typed, submit: true };
    const key = { "idempotency-key": randomUUID() };
    await author.put(`/submissions/${id}`, revision, { ...first, ...key });
    await editor.post(steps, { step: "claim" });
    const approval = { destinations: ["kabupaten"], channels: ["web"], note: typed };
    await editor.post(steps, { step: "approve", approval }, second);
    await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" });
    const taken = await editor.post(steps, { step: "unpublish", reason: typed });
    expect(taken.body.publications[0].reason).toBe(secret);
    expect((await rowsWith(secret)).length).toBeGreaterThan(3);
    return { id, steps };
  }

  /** The tables that say this, whatever the contract shows of them. */
  async function rowsWith(text: string): Promise<string[]> {
    const tables = [
      ...(["submissions", "revisions", "transitions", "comments"] as const),
      ...(["approvals", "publications", "redactions", "idempotency_keys"] as const),
    ];
    return newsroom.stores(async ({ store }) => {
      const found: string[] = [];
      for (const table of tables) {
        const rows = await store.selectFrom(table).selectAll().execute();
        if (JSON.stringify(rows).includes(text)) found.push(table);
      }
      return found;
    });
  }

  test("of what is not there, or of another submission, is not found", async () => {
    const [id, other] = [await operator.submit(), await operator.submit()];
    const { body } = await editor.post(`/submissions/${other}/comments`, { body: "Siapa?" });
    const [submit] = (await admin.get(`/submissions/${id}/transitions`)).body.items;
    for (const what of [{ comment: body.id }, { transition: submit.id }, { revision: 2 }]) {
      const asked = { submission: id, ...what, ...why };
      expect((await admin.post("/redactions", asked)).status).toBe(404);
    }
  });

  test("takes a photo away everywhere, and does not let it back in", async () => {
    const sent = await jpeg(41);
    const hash = await uploadPhoto(newsroom, token, sent);
    const id = await operator.submit({ photos: [photo(hash)] });
    await operator.put(`/albums/${cibitung}/panen`, {
      photos: [{ sha256: hash, filename: "a.jpg", caption: "Siti" }],
    });
    expect((await admin.post("/redactions", { sha256: hash, ...why })).status).toBe(201);
    expect((await editor.get(`/photos/${hash}`)).status).toBe(404);
    const [reference] = (await operator.get(`/submissions/${id}`)).body.content.photos;
    expect(reference).toMatchObject({ sha256: hash, caption: "[dihapus]", alt: "[dihapus]" });
    expect((await operator.get(`/albums/${cibitung}/panen`)).body.photos).toEqual([
      { sha256: hash, filename: "" },
    ]);
    await expect(uploadPhoto(newsroom, token, sent)).rejects.toThrow("redacted");
    const [tombstone] = (await operator.get(`/submissions/${id}/redactions`)).body.items;
    expect(tombstone).toMatchObject({ sha256: hash, submission: null, ...why });
  });
});

describe("a photo", () => {
  test("is given in ranges, and not again to who has it", async () => {
    const sent = await jpeg(42);
    const hash = await uploadPhoto(newsroom, token, sent);
    const part = await fetch(`${newsroom.url}/api/v1/photos/${hash}`, {
      headers: { authorization: `Bearer ${token}`, range: "bytes=2-5" },
    });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 2-5/${sent.bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(sent.bytes.subarray(2, 6));
    expect((await operator.get(`/photos/${hash}`, { "if-none-match": `"${hash}"` })).status).toBe(304);
    expect((await operator.get(`/photos/${hash}`, { range: "bytes=9999999-" })).status).toBe(416);
  });
});

describe("the weekly report", () => {
  test("counts a week from Monday to Sunday in WIB, with a row for every kecamatan and channel", async () => {
    const { body } = await editor.get("/reports/weekly?week=2026-W47");
    expect([body.from, body.until]).toEqual(["2026-11-15T17:00:00.000Z", "2026-11-22T17:00:00.000Z"]);
    expect(body.kecamatan).toHaveLength(23);
    expect(body.channels.map((row: { channel: string }) => row.channel)).toEqual(channelNames);
    const before = body.total;
    const id = await operator.submit();
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 30 * 60_000);
    const approval = { destinations: ["kabupaten"], channels: ["web"] };
    await editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, first);
    await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" });
    const after = (await editor.get("/reports/weekly?week=2026-W47")).body;
    const row = after.kecamatan.find((row: { kecamatan: string }) => row.kecamatan === cibitung);
    expect(row).toMatchObject({ name: "Cibitung", approved: 1, published: 1, median_wait_minutes: 30 });
    expect(after.total).toMatchObject({
      received: before.received + 1,
      approved: before.approved + 1,
      published: before.published + 1,
    });
    expect((await operator.get("/reports/weekly?week=2026-W47")).body.kecamatan).toHaveLength(1);
    expect((await editor.get("/reports/weekly?week=2026-W46")).body.total.received).toBe(0);
    expect((await editor.get("/reports/weekly?week=2025-W53")).status).toBe(422);
  });

  const approval = { destinations: ["kabupaten"], channels: ["web", "facebook"] };
  const thisWeek = async () => (await editor.get("/reports/weekly?week=2026-W47")).body;

  test("counts a story once, however many channels it went out on", async () => {
    const published = async () => {
      const { total, kecamatan, kinds, channels } = await thisWeek();
      const rows = [
        total,
        kecamatan.find((row: { kecamatan: string }) => row.kecamatan === cibitung),
        kinds.find((row: { kind: string }) => row.kind === "berita-kegiatan"),
        ...channels.filter((row: { channel: string }) => approval.channels.includes(row.channel)),
      ];
      // A kind has no row before its first story.
      return rows.map((row) => row?.published ?? 0);
    };
    const before = await published();
    const id = await operator.submit();
    await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    await editor.post(`/submissions/${id}/transitions`, { step: "approve", approval }, first);
    for (const channel of approval.channels) {
      await editor.post(`/submissions/${id}/publications`, { channel, state: "published" });
    }
    const after = await published();
    expect(after.map((count, row) => count - before[row])).toEqual([1, 1, 1, 1, 1]);
  });

  test.each([
    ["approval", { step: "approve", approval }, "revoke"],
    ["rejection", { step: "reject", reason: "Sudah dimuat" }, "reopen"],
  ])("measures no wait for a decision that was taken back: %s", async (_decision, decide, takeBack) => {
    const wait = async () => {
      const { kecamatan } = await thisWeek();
      return kecamatan.find((row: { kecamatan: string }) => row.kecamatan === setu).median_wait_minutes;
    };
    const id = await neighbour.submit();
    const steps = `/submissions/${id}/transitions`;
    await editor.post(steps, { step: "claim" });
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 45 * 60_000);
    expect((await editor.post(steps, decide, first)).status).toBe(200);
    expect(await wait()).toBe(45);
    const reopened = await editor.post(steps, { step: takeBack, reason: "Keliru" });
    expect(reopened.body.state).toBe("in_review");
    expect(await wait()).toBeNull();
  });
});

describe("/openapi.json", () => {
  test("keeps the names of the schemas that other programs may be generated from", async () => {
    const answer = await fetch(`${newsroom.url}/openapi.json`);
    const { components } = (await answer.json()) as { components: { schemas: object } };
    const names =
      `ActivationRequest Album AlbumAddress AlbumPhoto AlbumQuery AlbumSummary AlbumsQuery Answer ApprovalRequest Change
      ChangePage ChangesQuery Comment Content CreateComment CreatePublication CreateSubmission CreateUser CreatedUser
      Instant IssueLogin IssuedToken KecamatanCode Kind KnownAnswer KnownRequest LoginLink Me PageQuery Person
      PhotoReference ProblemDocument Publication PutAlbum Redaction RedactionRequest ReportQuery ReviseSubmission Revision
      RevisionSummary RotatedToken Service Settings Sha256 Slug Submission SubmissionQuery SubmissionSummary Transition
      TransitionRequest UpdatePublication UpdateSettings UploadMetadata User Week WeeklyReport`.split(/\s+/);
    // Each is there as it is answered, and as it is given.
    const both = names.flatMap((name) => [name, `${name}Given`]);
    expect(both.filter((name) => !(name in components.schemas))).toEqual([]);
  });
});
