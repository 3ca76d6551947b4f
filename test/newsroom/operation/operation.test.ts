import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemDocument } from "../../../src/contract/contract.js";
import { buildApp } from "../../../src/newsroom/app.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { errorFacts } from "../../../src/newsroom/operation/log.js";
import { family, Histogram } from "../../../src/newsroom/operation/prometheus-text.js";
import { defaultRates } from "../../../src/newsroom/options.js";
import { type RunningNewsroom, type ServeOptions, serve } from "../../../src/newsroom/serve.js";
import { openStore } from "../../../src/newsroom/store/database/open.js";
import { secretsKeyOf } from "../../../src/newsroom/store/secrets-key.js";
import { openStorage } from "../../../src/newsroom/uploads/storage.js";
import { createHunter } from "../../e2e/canary.js";
import { dial } from "../support/dial.js";
import { as, checkpointThread, cibitung, images, jpeg } from "../support/newsroom.js";
import { expectQuietLog } from "../support/quiet.js";

const now = new Date("2026-11-17T03:00:00.000Z");

let folder: string;
let running: RunningNewsroom | undefined;
let lines: string[];
/** Warnings and errors that a test brings about. */
let expected: RegExp[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-operation-"));
  lines = [];
  expected = [];
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  expectQuietLog({ log: lines, expected });
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<ServeOptions> = {}): Promise<RunningNewsroom> {
  running = await serve({
    host: "127.0.0.1",
    port: 0,
    data: path.join(folder, "data"),
    images,
    checkpointThread,
    version: "0.1.0",
    now: () => now,
    log: { level: "debug", stream: { write: (line: string) => void lines.push(line) } },
    ...options,
  });
  return running;
}

async function token(role: "operator" | "editor" = "operator", name: string = randomUUID()) {
  const place = role === "operator" ? { kecamatan: cibitung } : {};
  return (await addPerson(path.join(folder, "data"), { name, role, token: true, ...place }, now)).token!;
}

/** Images that are verified only once they are let through. */
function heldImages() {
  let letThrough = () => {};
  let came = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    came = resolve;
  });
  const verify: typeof images.verify = async (...args) => {
    came();
    await held;
    return images.verify(...args);
  };
  return { images: { ...images, verify }, asked, letThrough: () => letThrough() };
}

/** The bytes of a new upload, which the caller sends at once or in parts. */
async function upload(
  url: string,
  login: string,
  photo: { bytes: Buffer; hash: string },
  filename = "a.jpg",
) {
  const fields = { sha256: photo.hash, filename, type: "image/jpeg" };
  const headers = { authorization: `Bearer ${login}`, "tus-resumable": "1.0.0" };
  const created = await fetch(`${url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      ...headers,
      "upload-length": String(photo.bytes.length),
      "upload-metadata": Object.entries(fields)
        .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
        .join(","),
    },
  });
  const request = http.request(new URL(created.headers.get("location") ?? "", url), {
    method: "PATCH",
    headers: {
      ...headers,
      "upload-offset": "0",
      "content-length": photo.bytes.length,
      "content-type": "application/offset+octet-stream",
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on("response", (response) => resolve(response.resume()));
    request.on("error", reject);
  });
  answered.catch(() => {});
  return { request, answered };
}

async function sizeOfUpload(): Promise<{ id: string; size: number }> {
  const store = await openStore(path.join(folder, "data"), now);
  const row = await store.selectFrom("uploads").select("id").executeTakeFirst();
  await store.destroy();
  if (!row) return { id: "", size: 0 };
  const { size } = await stat(path.join(folder, "data", "uploads", row.id)).catch(() => ({ size: 0 }));
  return { id: row.id, size };
}

describe("an end", () => {
  test("waits for what is being answered, and asks its client to go", async () => {
    const held = heldImages();
    const { url, close } = await start({ images: held.images, gracePeriodMs: 60_000 });
    const { request, answered } = await upload(url, await token(), await jpeg(1));
    request.end((await jpeg(1)).bytes);
    await held.asked;
    const closed = close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    held.letThrough();
    const { statusCode, headers } = await answered;
    expect([statusCode, headers.connection]).toEqual([204, "close"]);
    await closed;
    expect(events()).toEqual(expect.arrayContaining(["stopping", "stopped"]));
  });

  test("is not held up by a connection that asks nothing", async () => {
    const { url, close } = await start({ gracePeriodMs: 600_000 });
    const agent = new http.Agent({ keepAlive: true });
    await new Promise((resolve) =>
      http.get(`${url}/healthz`, { agent }, (r) => r.resume().on("end", resolve)),
    );
    await close();
    agent.destroy();
  });

  test("is not held up by a connection that has asked nothing yet, as browsers open in advance", async () => {
    const { url, close } = await start({ gracePeriodMs: 600_000 });
    const client = await dial({ url });
    await close();
    await client.ended;
    expect(events()).toContain("stopped");
  });

  test("ends the streams of the change feed, which metrics had counted", async () => {
    const { url, close } = await start({ gracePeriodMs: 600_000 });
    const headers = { authorization: `Bearer ${await token("editor")}`, accept: "text/event-stream" };
    const stream = await fetch(`${url}/api/v1/changes`, { headers });
    expect(stream.headers.get("content-type")).toMatch("text/event-stream");
    const open = 'kominfo_http_requests_open{route="/api/v1/changes"} ';
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(`${open}1\n`);
    const rest = stream.text();
    await close();
    expect(await rest).toMatch(/\n\n$|^$/);
    expect(events()).toContain("stopped");
  });

  test("that cuts an upload leaves it where it was: the offset is right, and it goes on from there", async () => {
    const photo = await jpeg(2, 1200);
    const half = Math.floor(photo.bytes.length / 2);
    expected.push(/cut what was not done in time/);
    const { url, close } = await start({ gracePeriodMs: 50 });
    const login = await token();
    const { request, answered } = await upload(url, login, photo);
    request.write(photo.bytes.subarray(0, half));
    while ((await sizeOfUpload()).size < half) await pause(20);
    const { id } = await sizeOfUpload();
    await close();
    await expect(answered).rejects.toThrow();

    const again = await start();
    const at = `${again.url}/api/v1/uploads/${id}`;
    const headers = { authorization: `Bearer ${login}`, "tus-resumable": "1.0.0" };
    const head = await fetch(at, { method: "HEAD", headers });
    expect(head.headers.get("upload-offset")).toBe(String(half));
    const rest = await fetch(at, {
      method: "PATCH",
      headers: {
        ...headers,
        "upload-offset": String(half),
        "content-type": "application/offset+octet-stream",
      },
      body: photo.bytes.subarray(half),
    });
    expect(rest.status).toBe(204);
    const known = await as(again, login).post("/photos/known", { sha256: [photo.hash] });
    expect(known.body.sha256).toEqual([photo.hash]);
  });

  test("keeps the database until what was begun for a client that was cut is done", async () => {
    const held = heldImages();
    const photo = await jpeg(3);
    expected.push(/cut what was not done in time/);
    const { url, close } = await start({ images: held.images, gracePeriodMs: 50 });
    const login = await token();
    const { request, answered } = await upload(url, login, photo);
    request.end(photo.bytes);
    await held.asked;
    const closed = close();
    await expect(answered).rejects.toThrow();
    held.letThrough();
    await closed;
    expect(events()).not.toContain("unexpected failure");
    const known = await as(await start(), login).post("/photos/known", { sha256: [photo.hash] });
    expect(known.body.sha256).toEqual([photo.hash]);
  });
});

const events = () => lines.map((line) => JSON.parse(line).event);

describe("the log", () => {
  test("tells what Node and packages warn of, before it was there too, by name and not in their words", async () => {
    expected.push(/"event":"process warning"/);
    let warn = (_warning: Error) => {};
    const warning = (name: string, message: string) => Object.assign(new Error(message), { name });
    await start({
      onWarning(listener) {
        warn = listener;
        warn(warning("Warning", "NodeVersionSupportWarning: use a newer one, kenari"));
      },
    });
    warn(warning("DeprecationWarning", "the address kenari is deprecated"));
    const told = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "process warning");
    expect(told.map(({ level, reason }) => `${level} ${reason}`)).toEqual([
      "warn NodeVersionSupportWarning",
      "warn DeprecationWarning",
    ]);
    expect(lines.join("")).not.toContain("kenari");
  });

  test("tells of each request its id, method, route, status and time, and nothing of anyone", async () => {
    const login = await token("operator", "Kenari Pertama");
    const canaries = {
      name: "Kenari Pertama",
      token: login,
      query: "kenari-kueri",
      title: "Kenari Judul",
      internal: "0812-kenari",
      filename: "kenari-berkas.jpg",
      address: "kenari-alamat",
      agent: "kenari-peramban",
      forwarded: "198.51.100.77",
      thrown: "kenari di dalam galat",
      body: "kenari-json",
    };
    const faulty = {
      ...images,
      verify: async () => {
        throw Object.assign(
          new Error(`${canaries.thrown}\n    at ${canaries.thrown} (/kenari/di/dalam/galat.js:1:1)`),
          {
            detail: canaries.thrown,
            cause: new SyntaxError(`Unexpected token in "${canaries.thrown}"`),
          },
        );
      },
    };
    expected.push(/"kind":"Error".*"event":"unexpected failure"/);
    const { url, close } = await start({ images: faulty });
    const headers = { "user-agent": canaries.agent, "x-forwarded-for": canaries.forwarded };
    const operator = as({ url }, login);
    const id = await operator.submit({ title: canaries.title, internal: { telepon: canaries.internal } });
    await operator.get(`/submissions/${id}?q=${canaries.query}`, headers);
    await operator.get(`/submissions?q=${canaries.query}`, headers);
    await operator.get(`/${canaries.address}/${canaries.query}?x=${login}`, headers);
    await operator.post("/submissions", `{"${canaries.body}`, { "idempotency-key": randomUUID() });
    await as({ url }, `${login}x`).get("/me", headers);
    const photo = await jpeg(4);
    const { request, answered } = await upload(url, login, photo, canaries.filename);
    request.end(photo.bytes);
    expect((await answered).statusCode).toBe(500);
    await close();

    const hunter = createHunter(canaries);
    hunter.look("log", lines.join(""));
    expect([...hunter.found]).toEqual([]);
    expect(lines.join("")).not.toMatch(/127\.0\.0\.1/);
    expect(lines.join("")).not.toContain(id);
    const entries = lines.map((line) => JSON.parse(line));
    const asked = entries.filter(({ event }) => event === "request");
    expect(asked.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
      "POST /api/v1/submissions 201",
      "GET /api/v1/submissions/:id 200",
      "GET /api/v1/submissions 200",
      "GET unknown 404",
      "POST /api/v1/submissions 400",
      "GET /api/v1/me 401",
      "POST /api/v1/uploads 201",
      "PATCH /api/v1/uploads/:id 500",
    ]);
    for (const entry of asked) {
      expect(Object.keys(entry).sort()).toEqual(
        ["event", "level", "method", "ms", "request_id", "route", "status", "time"].sort(),
      );
    }
    const failure = entries.find(({ event }) => event === "unexpected failure");
    expect(failure).toMatchObject({ level: "error", request_id: asked.at(-1).request_id });
    expect(failure.err).toMatchObject({ kind: "Error", cause: { kind: "SyntaxError" } });
    expect(failure.err.at[0]).toMatch(/operation\.test\.ts:\d+:\d+$/);
  });

  test("names a request as its answer does, whatever id was sent", async () => {
    const { url, close } = await start();
    const response = await fetch(`${url}/healthz`, { headers: { "x-request-id": "kenari" } });
    await close();
    const id = response.headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines.map((line) => JSON.parse(line).request_id)).toContain(id);
  });

  test("knows of an error its kind, code and place, even of what is none", () => {
    expect(errorFacts("kenari")).toEqual({ kind: "string", at: [] });
    const error = Object.assign(new RangeError("kenari"), { code: "SQLITE_BUSY" });
    expect(errorFacts(error)).toMatchObject({ kind: "RangeError", code: "SQLITE_BUSY" });
    expect(errorFacts(Object.assign(new Error("x"), { code: "a b: kenari" }))).not.toHaveProperty("code");
  });
});

describe("/healthz and /readyz", () => {
  test("are well when everything is", async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ready: true, checks: { database: "ok", blobs: "ok", disk: "ok", service: "ok" } },
    ]);
  });

  test("a place for photos that is gone makes it unready, and the process is still alive", async () => {
    const { url } = await start();
    const blobs = path.join(folder, "data", "blobs");
    await rm(blobs, { recursive: true });
    await writeFile(blobs, "");
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([
      503,
      { ready: false, checks: { blobs: "failed" } },
    ]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  test("a database that does not answer, and a service that ends, make it unready", async () => {
    const store = await openStore(path.join(folder, "data"), now);
    const stopping = new AbortController();
    const { app } = await buildApp({
      store,
      upkeep: store,
      ...(await openStorage({ data: folder }, store)),
      data: folder,
      freeSpace: async () => 1,
      images,
      version: "0.1.0",
      now: () => now,
      rates: defaultRates,
      transport: "local",
      secretsKey: secretsKeyOf(randomBytes(32)),
      stopping: stopping.signal,
    });
    stopping.abort();
    const ending = await app.inject("/readyz");
    expect([ending.statusCode, ending.json().checks.service]).toEqual([503, "stopping"]);
    await store.destroy();
    // An answer is given again for a second.
    await pause(1100);
    const broken = await app.inject("/readyz");
    expect([broken.statusCode, broken.json().checks.database]).toEqual([503, "failed"]);
    await app.close();
  });

  test.each([
    [0.099, 503, "low"],
    [0.1, 200, "ok"],
  ])("a disk of which %d is free: %d", async (free, status, disk) => {
    const { url } = await start({ freeSpace: async () => free });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([status, { checks: { disk } }]);
  });
});

describe("/metrics", () => {
  test("no longer counts the request of a client that left before the answer", async () => {
    const login = await token();
    const { url } = await start({ connections: { refusalMs: 5000 } });
    const open = async () => {
      const text = await (await fetch(`${url}/metrics`)).text();
      return /^kominfo_http_requests_open\{route="\/api\/v1\/submissions"\} (.*)/m.exec(text)?.[1];
    };
    const headers = { authorization: `Bearer ${login}`, "content-type": "application/json" };
    // Refused by its length, which is answered late.
    const request = http.request(`${url}/api/v1/submissions`, {
      method: "POST",
      headers: { ...headers, "content-length": 50_000_000 },
    });
    request.on("error", () => {}).flushHeaders();
    await expect.poll(open).toBe("1");
    request.destroy();
    await expect.poll(open).toBe("0");
  });

  test("counts requests by route, submissions by state, the queue and the disk, and names nobody", async () => {
    const login = await token("operator", "Kenari Kedua");
    const { url } = await start();
    const operator = as({ url }, login);
    const id = await operator.submit({ title: "Kenari Judul" });
    await operator.get(`/submissions/${id}`);
    await operator.get("/kenari");
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const text = await response.text();
    const value = (name: string) =>
      text
        .split("\n")
        .find((line) => line.startsWith(`${name} `))
        ?.split(" ")
        .at(-1);
    const requests = 'kominfo_http_request_duration_seconds_count{method="GET",route=';
    expect(value(`${requests}"/api/v1/submissions/:id",status="200"}`)).toBe("1");
    expect(value(`${requests}"unknown",status="404"}`)).toBe("1");
    expect(value('kominfo_submissions{state="submitted"}')).toBe("1");
    expect(value('kominfo_submissions{state="approved"}')).toBe("0");
    expect(value('kominfo_http_requests_open{route="/metrics"}')).toBe("1");
    expect(value('kominfo_http_requests_open{route="/api/v1/submissions"}')).toBe("0");
    expect(Number(value("kominfo_queue_oldest_seconds"))).toBe(0);
    expect(Number(value("kominfo_disk_free_bytes"))).toBeGreaterThan(0);
    expect(value("kominfo_uploads_unfinished")).toBe("0");
    expect(Number(value("process_resident_memory_bytes"))).toBeGreaterThan(1e7);
    expect(text).not.toMatch(/kenari|kominfo_[A-Za-z0-9_-]{40}/i);
    expect(text).not.toContain(id);
  });

  test("are for this machine: whom a proxy brings finds no such address", async () => {
    const { url } = await start();
    for (const header of ["x-forwarded-for", "forwarded", "via", "x-real-ip"]) {
      expect((await fetch(`${url}/metrics`, { headers: { [header]: "198.51.100.7" } })).status).toBe(404);
    }
  });

  test("are written as Prometheus reads them", () => {
    const times = new Histogram("t_seconds", "Times.", [0.1, 1]);
    for (const seconds of [0.05, 0.1, 0.5, 9]) times.observe({ route: 'a"b\\c\nd' }, seconds);
    const label = 'route="a\\"b\\\\c\\nd"';
    expect(times.text().split("\n")).toEqual([
      "# HELP t_seconds Times.",
      "# TYPE t_seconds histogram",
      `t_seconds_bucket{${label},le="0.1"} 2`,
      `t_seconds_bucket{${label},le="1"} 3`,
      `t_seconds_bucket{${label},le="+Inf"} 4`,
      `t_seconds_sum{${label}} 9.65`,
      `t_seconds_count{${label}} 4`,
    ]);
    expect(family("n", "gauge", "N.", [{ value: 3 }])).toBe("# HELP n N.\n# TYPE n gauge\nn 3");
  });
});

describe("behind a proxy", () => {
  const https = { "x-forwarded-proto": "https", "x-forwarded-for": "198.51.100.7" };

  test("only what came to it over HTTPS is answered, health and metrics from this machine apart", async () => {
    const { url } = await start({ behindProxy: true });
    const login = await token();
    const bare = await as({ url }, login).get("/me");
    expect([bare.status, problemDocument.parse(bare.body).type]).toEqual([
      403,
      "urn:kominfo:problem:https-required",
    ]);
    const plain = await as({ url }, login).get("/me", { ...https, "x-forwarded-proto": "http" });
    expect(plain.status).toBe(403);
    const good = await as({ url }, login).get("/me", https);
    expect([good.status, good.headers.get("strict-transport-security")]).toEqual([200, "max-age=15768000"]);
    for (const at of ["/healthz", "/readyz", "/metrics"]) expect((await fetch(url + at)).status).toBe(200);
    expect((await fetch(`${url}/metrics`, { headers: https })).status).toBe(404);
  });

  test.each([
    [true, "each caller's own address counts", 422],
    [false, "what a caller says of their address is not believed without one", 429],
  ])("proxy %s: %s", async (behindProxy, _what, last) => {
    const { url } = await start({ behindProxy });
    const statuses: number[] = [];
    for (let i = 0; i <= defaultRates.activations_per_minute; i++) {
      const headers = { ...https, "x-forwarded-for": `198.51.100.${i}` };
      const body = { code: "AAAA-BBBB-CCCC", device: "x" };
      statuses.push((await as({ url }).post("/activations", body, headers)).status);
    }
    expect(statuses.at(-1)).toBe(last);
  });
});
