import { randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits, page, user } from "../../../src/contract/contract.js";
import { buildApp } from "../../../src/newsroom/app.js";
import { defaultRates } from "../../../src/newsroom/options.js";
import { openStore } from "../../../src/newsroom/store/database/open.js";
import { secretsKeyOf } from "../../../src/newsroom/store/secrets-key.js";
import { openStorage } from "../../../src/newsroom/uploads/storage.js";
import { startKominfo } from "../../support/kominfo.js";
import {
  as,
  cibitung,
  content,
  images,
  jpeg,
  startNewsroom,
  type TestNewsroom,
} from "../support/newsroom.js";

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  operator = as(newsroom, await newsroom.token("operator", cibitung));
  admin = as(newsroom, await newsroom.token("admin"));
});
afterAll(() => newsroom.remove());

const key = () => ({ "idempotency-key": randomUUID() });

describe("the same content with its keys in another order", () => {
  const original = content({ answers: { a: "1", b: [{ c: "2", d: "3" }] } });
  const other = content({ answers: { b: [{ d: "3", c: "2" }], a: "1" } });

  test("is the same request under the same key", async () => {
    const same = key();
    const first = await operator.post("/submissions", { content: original }, same);
    const again = await operator.post("/submissions", { content: other }, same);
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });

  test("makes no revision", async () => {
    const id = await operator.submit(original);
    const answer = await operator.put(`/submissions/${id}`, { content: other }, { "if-match": '"r1"' });
    expect([answer.status, answer.body.revision]).toEqual([200, 1]);
  });
});

test("a key counts for an address, however its query and the letters of its id are written", async () => {
  const same = key();
  const first = await operator.post("/submissions", { content: content() }, same);
  const again = await operator.post("/submissions?lagi=1", { content: content() }, same);
  expect(again.body.id).toBe(first.body.id);
  const at = `/submissions/${first.body.id}/comments`;
  const comment = await operator.post(at, { body: "Mohon dimuat." }, same);
  const upper = `/submissions/${first.body.id.toUpperCase()}/comments`;
  expect((await operator.post(upper, { body: "Mohon dimuat." }, same)).body.id).toBe(comment.body.id);
});

test("a photo whose last bytes come after its sender was revoked does not count", async () => {
  const token = await newsroom.token("operator", cibitung);
  const { id } = (await as(newsroom, token).get("/me")).body.user;
  const { bytes, hash } = await jpeg(200, 1000);
  const login = { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" };
  const fields = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
  const created = await fetch(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      ...login,
      "upload-length": String(bytes.length),
      "upload-metadata": Object.entries(fields)
        .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
        .join(","),
    },
  });
  const half = Math.floor(bytes.length / 2);
  async function* pieces() {
    yield bytes.subarray(0, half);
    // Until the first half has been let in.
    while ((await largestIn(path.join(newsroom.folder, "uploads"))) < half) await pause(5);
    await admin.post(`/users/${id}/revoke`, {});
    yield bytes.subarray(half);
  }
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = http.request(new URL(created.headers.get("location")!, newsroom.url), {
      method: "PATCH",
      headers: {
        ...login,
        "content-type": "application/offset+octet-stream",
        "upload-offset": "0",
        "content-length": bytes.length,
      },
    });
    request.on("response", (response) => resolve(response.resume().statusCode));
    request.on("error", reject);
    Readable.from(pieces()).pipe(request);
  });
  expect(status).toBe(401);
  expect((await operator.post("/photos/known", { sha256: [hash] })).body).toEqual({ sha256: [] });
});

/** The size of the largest file, in bytes; 0 for none. */
async function largestIn(folder: string): Promise<number> {
  const files = await readdir(folder);
  return Math.max(
    0,
    ...(await Promise.all(files.map(async (name) => (await stat(path.join(folder, name))).size))),
  );
}

describe("a body within the limit of bytes", () => {
  const many = (count: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i.toString(36)}`, value]));

  test("of 100,000 wrong values is refused without a complaint of each", async () => {
    const wrong = { ...content(), answers: many(100_000, 1) };
    const { status, body } = await operator.post("/submissions", { content: wrong }, key());
    expect(status).toBe(422);
    expect(JSON.stringify(body).length).toBeLessThan(1000);
  });

  test("of a thousand wrong or unknown keys is told the first hundred", async () => {
    for (const wrong of [
      { ...content(), answers: many(1000, 1) },
      { ...content(), ...many(1000, "x") },
    ]) {
      const { status, body } = await operator.post("/submissions", { content: wrong }, key());
      expect([status, body.errors.length]).toEqual([422, 100]);
    }
  });

  test("nested deeper than any post is refused, at every depth that JSON allows", async () => {
    for (const depth of [40, 400, 900, 1100, 5000, 100_000]) {
      const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      const text = JSON.stringify({ content: content() }).replace('"answers":{', `"answers":{"x":${deep},`);
      expect((await operator.post("/submissions", text, key())).status).toBe(422);
    }
  });

  test("of more values than the contract says is refused, also if each is right", async () => {
    expect(limits.values_per_body).toBe(2000);
    const sent = (count: number) =>
      operator.post("/submissions", { content: content({ answers: many(count, "x") as never }) }, key());
    // The content's own fields count too.
    expect((await sent(1950)).status).toBe(201);
    expect((await sent(2000)).status).toBe(422);
  });

  test("may have 4,000 lines of text, and for more is told which field is too long", async () => {
    expect(limits.lines_per_body).toBe(4000);
    const sent = (lines: number) =>
      operator.post("/submissions", { content: content({ body: "# a\n\n \n".repeat(lines) }) }, key());
    expect((await sent(4000)).status).toBe(201);
    const { status, body } = await sent(4001);
    const detail = "Isi naskah paling banyak 4000 baris.";
    expect([status, body.errors]).toEqual([422, [{ pointer: "/content/body", detail }]]);
  });

  test("may still ask for 5,000 photos, and for no more", async () => {
    const hashes = Array.from({ length: 5001 }, (_, i) => i.toString(16).padStart(64, "0"));
    expect((await operator.post("/photos/known", { sha256: hashes.slice(1) })).status).toBe(200);
    expect((await operator.post("/photos/known", { sha256: hashes })).status).toBe(422);
  });
});

test("an expiry that is the year 10000 in UTC is refused, and the list of people stays readable", async () => {
  const wanted = { name: "Sari", role: "editor", expires_at: "9999-12-31T23:59:59-12:00" };
  const { status, body } = await admin.post("/users", wanted);
  expect([status, body.errors[0].pointer]).toEqual([422, "/expires_at"]);
  page(user).parse((await admin.get("/users")).body);
});

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-data-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test.skipIf(process.platform === "win32")(
  "the database is its owner's only, also in a folder that others may read",
  async () => {
    await withFolder(async (folder) => {
      const store = await openStore(folder, newsroom.clock.now);
      await chmod(folder, 0o755);
      const files = (await readdir(folder)).sort();
      expect(files).toContain("newsroom.db-wal");
      for (const file of files) expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600);
      await store.destroy();
    });
  },
);

test("what another process writes is seen, however often this one has opened the database", async () => {
  await withFolder(async (folder) => {
    const store = await openStore(folder, newsroom.clock.now);
    await (await openStore(folder, newsroom.clock.now)).destroy();
    const names = ["Sari", "Budi", "Wati"];
    for (const [i, name] of names.entries()) {
      const added = ["newsroom", "user", "add", "--name", name, "--role", "editor", "--data", folder];
      expect(await startKominfo(added, { cwd: folder, env: { HOME: folder } }).ended).toMatchObject({
        code: 0,
      });
      const people = await store.selectFrom("users").select("name").orderBy("id").execute();
      expect(people.map((person) => person.name)).toEqual(names.slice(0, i + 1));
    }
    await store.destroy();
  });
});

test("a connection that says nothing, or a request that never ends, is closed", async () => {
  await withFolder(async (folder) => {
    const store = await openStore(folder, newsroom.clock.now);
    const { app } = await buildApp({
      freeSpace: async () => 1,
      store,
      upkeep: store,
      ...(await openStorage({ data: folder }, store)),
      images,
      version: "0.1.0",
      now: () => newsroom.clock.now,
      rates: defaultRates,
      data: folder,
      transport: "local",
      secretsKey: secretsKeyOf(randomBytes(32)),
      stopping: new AbortController().signal,
    });
    for (const limit of [app.server.timeout, app.server.requestTimeout]) expect(limit).toBeGreaterThan(0);
    expect(app.server.headersTimeout).toBeLessThanOrEqual(15_000);
    await app.close();
    await store.destroy();
  });
});
