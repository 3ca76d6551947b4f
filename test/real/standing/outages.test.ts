import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Answered, as, content, jpeg, photo, uploadPhoto } from "../../newsroom/support/newsroom.js";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy.js";
import { type Computer, openComputer, type Running } from "../../support/kominfo.js";
import { type PostgresServer, startPostgres } from "../servers/postgres.js";
import { type S3Server, startSwift } from "../servers/swift.js";

// The real program on PostgreSQL 15 and Swift's S3, over lines that fail.

let postgres: PostgresServer;
let swift: S3Server;
let toDatabase: FaultProxy;
let toBlobs: FaultProxy;
let office: Computer;
let folder: string;
let service: Running;
let newsroom: { url: string };
let operator: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
let token: string;

beforeAll(async () => {
  [postgres, swift] = await Promise.all([startPostgres(), startSwift()]);
  toDatabase = await startFaultProxy(portOf(postgres.url));
  toBlobs = await startFaultProxy(portOf(swift.endpoint));
  office = await openComputer({ initialised: false });
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-outages-"));
  service = office.start(
    ["newsroom", "serve", "--port", "0", "--json", "--data", folder, "--blobs", bucket()],
    {
      env: stores(),
    },
  );
  await service.says(/"url":.*\n/);
  newsroom = JSON.parse(service.printed.stdout);
  token = await addPerson("operator", "--kecamatan", "Cibitung");
  operator = as(newsroom, token);
  admin = as(newsroom, await addPerson("admin"));
});
afterAll(async () => {
  service?.kill("SIGTERM");
  await service?.ended;
  await Promise.allSettled([toDatabase?.close(), toBlobs?.close()]);
  await Promise.allSettled([postgres?.stop(), swift?.stop(), office?.remove()]);
  await rm(folder, { recursive: true, force: true });
});

const portOf = (url: string) => Number(new URL(url).port);
const through = (url: string, { port }: FaultProxy) => url.replace(`:${portOf(url)}`, `:${port}`);
const bucket = () =>
  swift.url.replace(encodeURIComponent(`:${portOf(swift.endpoint)}`), `%3A${toBlobs.port}`);
const stores = () => ({ ...swift.env, KOMINFO_NEWSROOM_DATABASE: through(postgres.url, toDatabase) });

async function addPerson(role: string, ...words: string[]): Promise<string> {
  const argv = [
    "newsroom",
    "user",
    "add",
    "--name",
    `${role} ${randomUUID()}`,
    "--role",
    role,
    "--token",
    "--data",
    folder,
    ...words,
  ];
  return (await office.json(argv, { env: { KOMINFO_NEWSROOM_DATABASE: postgres.url } })).token;
}

const submit = (slug: string, key = randomUUID()): Promise<Answered> =>
  operator.post("/submissions", { content: content({ slug }) }, { "idempotency-key": key });

/** Whatever is answered otherwise is asked again with the same key, as the client does. */
async function submitted(slug: string, onRefusal: (status: number) => void): Promise<string> {
  const key = randomUUID();
  for (;;) {
    const { status, body } = await submit(slug, key);
    if (status === 201) return body.id;
    onRefusal(status);
  }
}

const get = async (address: string) => fetch(newsroom.url + address, { signal: AbortSignal.timeout(60_000) });
const checks = async () =>
  ((await (await get("/readyz")).json()) as { checks: Record<string, string> }).checks;
const isBack = () =>
  vi.waitFor(async () => expect((await get("/readyz")).status).toBe(200), { timeout: 60_000 });

describe("a database whose connections", () => {
  afterEach(async () => {
    toDatabase.accept();
    toDatabase.thaw();
    await isBack();
  });

  it("are ended under writes ends no process: what was under way is asked again, and there once", async () => {
    const killer = new pg.Client({ connectionString: postgres.url });
    await killer.connect();
    let kills = 0;
    const killing = setInterval(async () => {
      const { rowCount } = await killer.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kominfo-newsroom'",
      );
      kills += rowCount ?? 0;
    }, 250);
    const refusals: number[] = [];
    const ids: string[] = [];
    while (kills < 20 || ids.length < 20) {
      const five = [0, 1, 2, 3, 4].map((n) => `putus-${ids.length + n}`);
      const answers = five.map((slug) => submitted(slug, (status) => refusals.push(status)));
      ids.push(...(await Promise.all(answers)));
    }
    clearInterval(killing);
    await killer.end();
    expect(new Set(refusals)).toEqual(new Set([503]));
    expect(new Set(ids).size).toBe(ids.length);
    await isBack();
    const { items } = (await operator.get("/submissions?limit=100")).body;
    expect(items.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
  });

  it("are cut, and that lets nobody in, is answered 503 with a time, and told apart from the process", async () => {
    toDatabase.refuse();
    toDatabase.cut();
    const refused = await submit("ditolak");
    expect(refused).toMatchObject({ status: 503, body: { type: "urn:kominfo:problem:unavailable" } });
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await get("/login")).headers.get("content-type")).toContain("text/html");
    expect((await get("/healthz")).status).toBe(200);
    // It is asked once a second at most.
    await vi.waitFor(async () => expect((await get("/readyz")).status).toBe(503), { timeout: 10_000 });
    expect(await checks()).toEqual({ database: "failed", blobs: "ok", disk: "ok", service: "ok" });
    expect(await (await get("/metrics")).text()).toMatch(/^kominfo_http_requests_open\{/m);
    toDatabase.accept();
    await isBack();
    expect((await submit("kembali")).status).toBe(201);
  });

  it("go silent is given up, and replaced when it speaks again", async () => {
    // Each of the pool is in use, or lies ready.
    await Promise.all(Array.from({ length: 20 }, () => operator.get("/submissions")));
    toDatabase.freeze();
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, () => operator.get("/submissions")),
      ...Array.from({ length: 4 }, (_, i) => submit(`diam-${i}`)),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect((await get("/healthz")).status).toBe(200);
    await vi.waitFor(async () => expect((await checks()).database).toBe("failed"), { timeout: 10_000 });
    toDatabase.thaw();
    await isBack();
    expect((await submit("bicara-lagi")).status).toBe(201);
  });

  it("fail leaves the streams of the change feed open", async () => {
    const stream = await fetch(`${newsroom.url}/api/v1/changes`, {
      headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
    });
    toDatabase.refuse();
    toDatabase.cut();
    expect((await submit("selama-putus")).status).toBe(503);
    toDatabase.accept();
    await isBack();
    const id = await submitted("sesudah-putus", () => {});
    const decoder = new TextDecoder();
    let told = "";
    for await (const piece of stream.body!) {
      told += decoder.decode(piece, { stream: true });
      if (told.includes(id)) break;
    }
    expect(told).toContain(id);
  });
});

describe("a bucket that hangs", () => {
  const read = (hash: string) => operator.get(`/photos/${hash}`);
  let cached: string;
  let elsewhere: { bytes: Buffer; hash: string };
  beforeAll(async () => {
    cached = await uploadPhoto(newsroom, token, await jpeg(11));
    elsewhere = await jpeg(12);
    await uploadPhoto(newsroom, token, elsewhere);
    await operator.submit({
      slug: "dua-foto",
      photos: [photo(cached), { ...photo(elsewhere.hash), lead: false }],
    });
    // As in a process that has not read it.
    await rm(path.join(folder, "cache", elsewhere.hash));
    await fetch(`${newsroom.url}/readyz`);
    toBlobs.freeze();
  });

  it("holds up no text, while photos wait for it", async () => {
    const sending = uploadPhoto(newsroom, token, await jpeg(13)).then(
      () => "taken",
      (error: Error) => error.message,
    );
    let isSending = true;
    void sending.finally(() => {
      isSending = false;
    });
    let texts = 0;
    // One after the other, for as long as the upload waits; a person may ask 1,200 times a minute.
    while (isSending) {
      expect((await submit(`sementara-${texts}`)).status).toBe(201);
      texts += 1;
      await pause(200);
    }
    expect(await sending).toContain("urn:kominfo:problem:unavailable");
    expect(texts).toBeGreaterThan(3);
  });

  it("shows the photos that are on the disk; others are 503, and the next one at once", async () => {
    expect((await read(cached)).status).toBe(200);
    expect((await read(elsewhere.hash)).status).toBe(503);
    expect(await checks()).toMatchObject({ database: "ok", blobs: "failed" });
  });

  it("keeps a redaction from nothing but the bytes, which the sweep removes", async () => {
    const why = { reason: "Wajah anak tanpa izin", legal_basis: "UU 27/2022" };
    expect((await admin.post("/redactions", { sha256: cached, ...why })).status).toBeLessThan(300);
    expect((await read(cached)).status).toBe(404);
    expect((await submit("selama-redaksi")).status).toBe(201);
  });

  it("goes on where it was when it is back", async () => {
    toBlobs.thaw();
    await isBack();
    const answer = await read(elsewhere.hash);
    expect(answer.status).toBe(200);
    expect(await uploadPhoto(newsroom, token, await jpeg(13))).toBeTruthy();
  });
});

it("has told of the outages in its log, and of nothing else", () => {
  const lines = service.printed.stderr.split("\n").filter((line) => line.startsWith("{"));
  const told = lines.map((line) => JSON.parse(line)).filter(({ level }) => level !== "info");
  const events = new Set(told.map(({ event }) => event));
  expect(events).toContain("store unavailable");
  events.delete("store unavailable");
  // The S3 client's, about this version of Node.
  events.delete("process warning");
  events.delete("what was redacted is still in the files of a store, until the next sweep");
  expect([...events]).toEqual([]);
});
