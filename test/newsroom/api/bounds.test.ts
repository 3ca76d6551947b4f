import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { type EndpointName, everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import { bounds } from "../../../src/newsroom/store/migrations/010-bounds.js";
import { useUpTo } from "../support/allowances.js";
import { type ApiRequest, ask } from "../support/api.js";
import {
  as,
  cibitung,
  content,
  jpeg,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { key, type Scene, samplesOf, setScene } from "../support/samples.js";

/*
 * What one person sends is bounded: by the disk, by quotas, and by not being stored again. Every declared endpoint with a
 * body is tried.
 */
const hour = 3_600_000;
let newsroom: TestNewsroom;
let scene: Scene;
let samples: ReturnType<typeof samplesOf>["requests"];
let free = 1;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  const rates = { token_per_minute: 1_000_000, activations_per_minute: 1_000_000 };
  newsroom = await startNewsroom(rates, async () => free);
  scene = await setScene(newsroom);
  samples = samplesOf(scene).requests;
  for (const role of ["operator", "editor", "admin"] as const) tokens[role] = await newsroom.token(role);
  tokens.operator = scene.operatorToken;
});
afterAll(() => newsroom.remove());

const writing = everyEndpoint.filter(([, { method }]) => ["POST", "PUT", "PATCH"].includes(method));
const problemOf = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { type?: string }).type?.replace("urn:kominfo:problem:", ""),
];

/** The role that takes each request of the samples; where everyone may, an operator. */
function senderOf(name: EndpointName): "operator" | "editor" | "admin" {
  const { roles } = everyEndpoint.find(([candidate]) => candidate === name)![1];
  if (roles?.includes("operator"))
    return name === "addPublication" || name === "changePublication" ? "editor" : "operator";
  return "admin";
}

async function request(name: EndpointName): Promise<{ token: string; sent: ApiRequest }> {
  const sender = senderOf(name);
  const method = everyEndpoint.find(([candidate]) => candidate === name)![1].method;
  return { token: tokens[sender]!, sent: { method, ...(await samples[name](sender, tokens[sender])) } };
}

describe("on a disk with less than a tenth free", () => {
  /** Those that take something away, let in somebody who will, or only read. */
  const goOn = [
    "activate",
    "checkActivation",
    "redact",
    "revokeUser",
    "suspendUser",
    "endToken",
    "removeUpload",
    "knownPhotos",
  ];
  const others = everyEndpoint.filter(([name, { body, takes }]) => (body || takes) && !goOn.includes(name));

  test.each(others)("is refused (507), and taken once there is room: %s", async (name) => {
    const { token, sent } = await request(name);
    free = 0.09;
    const refused = await ask(newsroom, token, sent);
    free = 0.1;
    expect(problemOf(refused)).toEqual([507, "storage-full"]);
    expect((await ask(newsroom, token, sent)).status).toBeLessThan(300);
  });

  test.each(goOn as EndpointName[])("works: %s", async (name) => {
    const { sent } = await request(name);
    const spent = await newsroom.token(senderOf(name));
    const token = name === "endToken" ? spent : tokens[senderOf(name)];
    free = 0.01;
    const answer = await ask(newsroom, token, sent);
    free = 1;
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  });
});

describe("what changes nothing", () => {
  /** These bring something new each time; what bounds them is a quota. */
  const makeMore = [
    "createSubmission",
    "addComment",
    "addUser",
    "createUpload",
    "continueUpload",
    "rotateToken",
  ];
  const repeatable = writing.filter(([name]) => !makeMore.includes(name));

  test.each(repeatable)("leaves no row, sent fifty times more under new keys: %s", async (name) => {
    const { token, sent } = await request(name);
    if (name === "addPublication")
      Object.assign(sent.body as object, { url: "https://example.go.id/berita" });
    const again = () => ask(newsroom, token, { ...sent, headers: { ...sent.headers, ...key() } });
    await again();
    const before = await rowCounts();
    for (let n = 0; n < 50; n++) await again();
    expect(await rowCounts()).toEqual(before);
  });

  test("makes no submission newer, and no album and no change of the feed", async () => {
    const { operator, ours } = scene;
    const id = await operator.submit();
    const photos = [{ sha256: ours, filename: "a.jpg", caption: "Panen raya." }];
    const made = (await operator.put(`/albums/${cibitung}/tetap`, { title: "Panen", photos })).body;
    const before = [
      (await operator.get(`/submissions/${id}`)).body,
      (await operator.get("/changes")).body.next,
    ];
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + hour);
    await operator.put(`/submissions/${id}`, { content: content() }, { "if-match": '"r1"', ...key() });
    expect((await operator.put(`/albums/${cibitung}/tetap`, { title: "Panen", photos })).body).toEqual(made);
    expect([
      (await operator.get(`/submissions/${id}`)).body,
      (await operator.get("/changes")).body.next,
    ]).toEqual(before);
    const other = [{ ...photos[0]!, caption: "Panen raya di Setu." }];
    const changed = (await operator.put(`/albums/${cibitung}/tetap`, { photos: other })).body;
    expect(changed.updated_at).toBe(newsroom.clock.now.toISOString());
  });

  /** The number of rows of each table, those of the running hour's quotas aside. */
  function rowCounts(): Promise<Record<string, number>> {
    const tables = [
      "users",
      "memberships",
      "tokens",
      "activation_codes",
      "submissions",
      "revisions",
      "transitions",
      "comments",
      "approvals",
      "publications",
      "photos",
      "photo_owners",
      "photo_references",
      "uploads",
      "albums",
      "album_photos",
      "idempotency_keys",
      "redactions",
      "changes",
      "settings",
      "desk_links",
      "desk_sessions",
    ];
    return newsroom.stores(async ({ store }) => {
      const counts: Record<string, number> = {};
      for (const table of tables) {
        const { rows } = await sql<{
          count: number;
        }>`select count(*) as count from ${sql.table(table)}`.execute(store);
        counts[table] = Number(rows[0]?.count);
      }
      return counts;
    });
  }
});

describe("a retry", () => {
  const bodies = () =>
    newsroom.stores(({ store }) =>
      store.selectFrom("idempotency_keys").select(["body", "made"]).where("made", "is not", null).execute(),
    );

  test("after 48 hours finds what the first request made, as it is then, though no body is stored any more", async () => {
    const { operator, editor } = scene;
    const same = key();
    const sent = { content: content({ title: "Dikirim dari antrean" }) };
    const made = await operator.post("/submissions", sent, same);
    const id = made.body.id;
    const at = `/submissions/${id}`;
    const comment = await operator.post(`${at}/comments`, { body: "Mohon dimuat." }, same);
    const revised = { content: content({ title: "Diperbaiki" }) };
    await operator.put(at, revised, { "if-match": '"r1"', ...same });
    await editor.post(`${at}/transitions`, { step: "claim" }, same);
    const approval = { destinations: ["kabupaten"], channels: ["web"] };
    await editor.post(`${at}/transitions`, { step: "approve", approval }, { "if-match": '"r2"' });
    const planned = { channel: "web", state: "planned" };
    const publication = await editor.post(`${at}/publications`, planned, same);
    await editor.put(`${at}/publications/${publication.body.id}`, { state: "published" }, same);
    expect((await bodies()).some(({ body }) => body !== "")).toBe(true);

    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 49 * hour);
    // Sweeping is the first thing that a service does.
    await newsroom.restart();
    expect((await bodies()).filter(({ body }) => body !== "")).toEqual([]);

    const now = (await operator.get(at)).body;
    const late = await operator.post("/submissions", sent, same);
    expect([late.status, late.headers.get("location"), late.headers.get("etag")]).toEqual([
      201,
      `/api/v1${at}`,
      '"r2"',
    ]);
    expect(late.body).toEqual(now);
    expect((await operator.put(at, revised, { "if-match": '"r1"', ...same })).body).toEqual(now);
    expect(await operator.post(`${at}/comments`, { body: "Mohon dimuat." }, same)).toMatchObject({
      status: 201,
      body: comment.body,
    });
    expect((await editor.post(`${at}/transitions`, { step: "claim" }, same)).body.state).toBe("approved");
    expect(await editor.post(`${at}/publications`, planned, same)).toMatchObject({
      status: 201,
      body: { id: publication.body.id, state: "published" },
    });
    expect(await operator.post("/submissions", { content: content() }, same)).toMatchObject({ status: 422 });
  });

  test("finds it also when its answer was stored before the id was kept beside the body", async () => {
    const { operator } = scene;
    const same = key();
    const sent = { content: content({ title: "Dari versi lama" }) };
    const made = await operator.post("/submissions", sent, same);
    const rows = () =>
      newsroom.stores(({ store }) =>
        store
          .selectFrom("idempotency_keys")
          .select("made")
          .where("key", "=", same["idempotency-key"])
          .execute(),
      );
    await newsroom.stores(async ({ store }) => {
      await store.updateTable("idempotency_keys").set({ made: null }).execute();
      await sql.raw(bounds.find((statement) => statement.startsWith("update"))!).execute(store);
    });
    expect(await rows()).toEqual([{ made: made.body.id }]);
  });

  test("before that gets the first answer, word for word", async () => {
    const { operator } = scene;
    const same = key();
    const sent = { content: content({ title: "Sekali" }) };
    const made = await operator.post("/submissions", sent, same);
    const id = made.body.id;
    await operator.put(`/submissions/${id}`, { content: content({ title: "Lain" }) }, { "if-match": '"r1"' });
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 47 * hour);
    await newsroom.restart();
    const again = await operator.post("/submissions", sent, same);
    expect([again.body, again.headers.get("etag")]).toEqual([made.body, '"r1"']);
  });
});

describe("a long answer", () => {
  test("is not stored: steps of a large post do not store it again, and a retry gets the post as it is", async () => {
    const { operator, editor } = scene;
    const id = await operator.submit({ body: "Panen raya. ".repeat(15_000) });
    const stored = () =>
      newsroom.stores(async ({ store }) => {
        const { bytes } = await store
          .selectFrom("idempotency_keys")
          .select(sql<number>`coalesce(sum(length(body)), 0)`.as("bytes"))
          .executeTakeFirstOrThrow();
        return Number(bytes);
      });
    const before = await stored();
    const same = key();
    const claim = await editor.post(`/submissions/${id}/transitions`, { step: "claim" }, same);
    expect(claim.status).toBe(200);
    expect((await editor.post(`/submissions/${id}/transitions`, { step: "release" }, key())).status).toBe(
      200,
    );
    expect(await stored()).toBe(before);
    const again = await editor.post(`/submissions/${id}/transitions`, { step: "claim" }, same);
    expect([again.status, again.body.id, again.body.state]).toEqual([200, id, "submitted"]);
  });

  test("and a short one that is stored counts in the quota of its person", async () => {
    const { user, token } = await scene.person("editor");
    const id = await scene.operator.submit({ body: "Panen raya. ".repeat(600) });
    await useUpTo(newsroom, 5000, "text_bytes_per_day", user.id);
    const answer = await as(newsroom, token).post(`/submissions/${id}/transitions`, { step: "claim" }, key());
    expect(problemOf(answer)).toEqual([413, "quota"]);
  });
});

describe("what one person writes in a day", () => {
  test("is bounded in bytes, over all logins, and told by the limit's name", async () => {
    const { user, token } = await scene.person("operator");
    const { body: rotated } = await as(newsroom, token).post("/me/tokens/rotate", {});
    const text = { content: content({ body: "a".repeat(5000) }) };
    await useUpTo(newsroom, 16_000, "text_bytes_per_day", user.id);
    expect((await as(newsroom, token).post("/submissions", text, key())).status).toBe(201);
    const refused = await as(newsroom, rotated.token).post("/submissions", text, key());
    expect(problemOf(refused)).toEqual([413, "quota"]);
    expect(refused.body.detail).toBe(`text_bytes_per_day <= ${limits.text_bytes_per_day}`);
    expect((await scene.operator.post("/submissions", text, key())).status).toBe(201);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 25 * hour);
    expect((await as(newsroom, rotated.token).post("/submissions", text, key())).status).toBe(201);
  });

  test("is not used up by what changes nothing, and a retry is answered also when it is used up", async () => {
    const { user, token } = await scene.person("operator");
    const person = as(newsroom, token);
    const same = key();
    const text = { content: content() };
    const made = await person.post("/submissions", text, same);
    await useUpTo(newsroom, 0, "text_bytes_per_day", user.id);
    expect(await person.post("/submissions", text, same)).toMatchObject({ status: 201, body: made.body });
    const at = `/submissions/${made.body.id}`;
    expect((await person.put(at, text, { "if-match": '"r1"', ...key() })).status).toBe(200);
    expect((await person.post(`${at}/comments`, { body: "Halo" })).status).toBe(413);
  });

  test("does not keep an admin from taking away", async () => {
    const { user, token } = await scene.person("admin");
    const admin = as(newsroom, token);
    const victim = await scene.person("editor");
    const submission = await scene.operator.submit();
    await useUpTo(newsroom, 0, "text_bytes_per_day", user.id);
    const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
    expect((await admin.post("/redactions", { submission, revision: 1, ...why })).status).toBe(201);
    expect((await admin.post(`/users/${victim.user.id}/suspend`, {})).status).toBe(200);
    expect((await admin.post("/users", { name: "Baru", role: "editor" })).status).toBe(413);
    expect((await admin.delete("/me/token")).status).toBe(204);
  });
});

describe("what a kecamatan adds to its albums in a month", () => {
  const add = async (seed: number, slug: string) => {
    const sha256 = await uploadPhoto(newsroom, scene.operatorToken, await jpeg(seed));
    return scene.operator.put(`/albums/${cibitung}/${slug}`, { photos: [{ sha256, filename: "a.jpg" }] });
  };

  test.each(["album_photos_per_month", "album_bytes_per_month"] as const)("is bounded: %s", async (name) => {
    await useUpTo(newsroom, 0, name, cibitung);
    const refused = await add(301, "penuh");
    expect([...problemOf(refused), refused.body.detail]).toEqual([
      413,
      "quota",
      `${name} <= ${limits[name]}`,
    ]);
    expect((await scene.operator.get(`/albums/${cibitung}/penuh`)).status, "nothing was begun").toBe(404);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 31 * 24 * hour);
    // Its photo was swept meanwhile, or is sent again.
    expect((await add(302, name.replaceAll("_", "-"))).status).toBe(201);
  });

  test("counts a photo once, however often its caption is corrected", async () => {
    await useUpTo(newsroom, 1, "album_photos_per_month", cibitung);
    expect((await add(303, "sekali")).status).toBe(201);
    const { body } = await scene.operator.get(`/albums/${cibitung}/sekali`);
    const corrected = [{ ...body.photos[0], caption: "Benar." }];
    expect((await scene.operator.put(`/albums/${cibitung}/sekali`, { photos: corrected })).status).toBe(200);
    expect((await add(304, "sekali")).status).toBe(413);
    await useUpTo(newsroom, limits.album_photos_per_month, "album_photos_per_month", cibitung);
  });
});

describe("the change feed's streams", () => {
  test("are four of one person, whatever the login", async () => {
    const { token } = await scene.person("operator");
    const others = await newsroom.token("operator");
    const stop = new AbortController();
    const open = (login: string) =>
      fetch(`${newsroom.url}/api/v1/changes`, {
        headers: { authorization: `Bearer ${login}`, accept: "text/event-stream" },
        signal: stop.signal,
      });
    const first = await Promise.all([open(token), open(token), open(token)]);
    const { body } = await as(newsroom, token).post("/me/tokens/rotate", {});
    const fourth = await open(body.token);
    const fifth = await open(body.token);
    expect([...first, fourth].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect([fifth.status, fifth.headers.get("retry-after")]).toEqual([429, "30"]);
    expect((await open(others)).status).toBe(200);
    stop.abort();
  });

  test("are four also when many are opened at once", async () => {
    const token = await newsroom.token("operator");
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${token}`, accept: "text/event-stream" };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () =>
        fetch(`${newsroom.url}/api/v1/changes`, { headers, signal: stop.signal }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(4);
    stop.abort();
  });
});
