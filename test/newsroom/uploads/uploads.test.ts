import { randomBytes } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";

import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { deskOf } from "../desk/browser.js";
import { as, cibitung, jpeg, photo, setu, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
let editor: ReturnType<typeof as>;
let operator: ReturnType<typeof as>;
let neighbour: ReturnType<typeof as>;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator", cibitung);
  operator = as(newsroom, token);
  neighbour = as(newsroom, await newsroom.token("operator", setu));
  editor = as(newsroom, await newsroom.token("editor"));
});
afterAll(() => newsroom.remove());

const metadata = (hash: string, type = "image/jpeg") => ({ sha256: hash, filename: "posyandu.jpg", type });

interface Sent {
  url: string | null;
  status: number | undefined;
  problem: { type?: string; detail?: string };
}

/** Sends a file as the real client would; `stopAfter` breaks the connection once that many bytes are there. */
function send(
  bytes: Buffer,
  options: {
    announced?: Record<string, string>;
    uploadUrl?: string;
    stopAfter?: number;
    token?: string;
  } = {},
): Promise<Sent> {
  return new Promise((resolve) => {
    const answer = (status?: number, body = "") => {
      const problem = body.startsWith("{") ? JSON.parse(body) : {};
      resolve({ url: upload.url, status, problem });
    };
    const upload = new Upload(bytes, {
      endpoint: `${newsroom.url}/api/v1/uploads`,
      ...(options.uploadUrl ? { uploadUrl: options.uploadUrl } : {}),
      headers: { authorization: `Bearer ${options.token ?? token}` },
      metadata: options.announced ?? metadata(sha256(bytes)),
      chunkSize: options.stopAfter ?? Number.POSITIVE_INFINITY,
      retryDelays: [],
      onChunkComplete: (_size, accepted) => {
        if (accepted === options.stopAfter) void upload.abort().then(() => answer());
      },
      onError: (error) => {
        const response = "originalResponse" in error ? error.originalResponse : null;
        answer(response?.getStatus(), response?.getBody());
      },
      onSuccess: () => answer(204),
    });
    upload.start();
  });
}

/** One plain request of the protocol. */
function tus(method: string, address: string, headers: Record<string, string> = {}, body?: Buffer) {
  return fetch(new URL(address, newsroom.url), {
    method,
    headers: { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0", ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  });
}

function encoded(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(",");
}

/** Of the files that are on their way, in bytes. */
async function sizes(): Promise<number[]> {
  const folder = path.join(newsroom.folder, "uploads");
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
}

describe("a photo that arrives whole", () => {
  test("is known to its kecamatan and to editors, and to no other kecamatan", async () => {
    const { bytes, hash } = await jpeg(1);
    expect((await send(bytes)).status).toBe(204);
    const question = { sha256: [hash, sha256("nothing")] };
    expect((await operator.post("/photos/known", question)).body).toEqual({ sha256: [hash] });
    expect((await editor.post("/photos/known", question)).body).toEqual({ sha256: [hash] });
    expect((await neighbour.post("/photos/known", question)).body).toEqual({ sha256: [] });
  });

  test("is given back byte for byte to those who may see it, and is not there for others", async () => {
    const { bytes, hash } = await jpeg(2);
    await send(bytes);
    const response = await tus("GET", `/api/v1/photos/${hash}`);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toMatch(/^private/);
    expect((await neighbour.get(`/photos/${hash}`)).status).toBe(404);
    expect((await as(newsroom).get(`/photos/${hash}`)).status).toBe(401);
  });

  test("lies under its hash, and nothing is left of the upload", async () => {
    const { bytes, hash } = await jpeg(3);
    await send(bytes);
    const kept = await newsroom.stores(async ({ blobs }) => buffer((await blobs.read(hash))!));
    expect(kept.equals(bytes)).toBe(true);
    expect(await newsroom.unfinished()).toEqual([]);
  });

  test("sent by another kecamatan too is one blob, visible to both", async () => {
    const { bytes, hash } = await jpeg(4);
    await send(bytes);
    const other = await newsroom.token("operator", setu);
    expect((await send(bytes, { token: other })).status).toBe(204);
    expect((await neighbour.post("/photos/known", { sha256: [hash] })).body).toEqual({ sha256: [hash] });
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
  });

  test("may come with its creation, in one request", async () => {
    const { bytes, hash } = await jpeg(5);
    const response = await tus(
      "POST",
      "/api/v1/uploads",
      {
        "upload-length": String(bytes.length),
        "upload-metadata": encoded(metadata(hash)),
        "content-type": "application/offset+octet-stream",
      },
      bytes,
    );
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toMatch(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/);
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
  });

  test("can be submitted, and is refused where only another kecamatan has it", async () => {
    const { bytes, hash } = await jpeg(6);
    await send(bytes);
    const id = await operator.submit({ photos: [photo(hash)] });
    expect((await operator.get(`/submissions/${id}`)).body.photos).toBe(1);
    await expect(neighbour.submit({ photos: [photo(hash)] })).rejects.toThrow("/content/photos/0/sha256");
  });
});

describe("an upload that breaks off", () => {
  test("continues where it stopped", async () => {
    const { bytes, hash } = await jpeg(7, 600);
    const half = Math.floor(bytes.length / 2);
    const { url } = await send(bytes, { stopAfter: half });
    const head = await tus("HEAD", url!);
    expect(head.headers.get("upload-offset")).toBe(String(half));
    expect(head.headers.get("upload-expires")).not.toBeNull();
    expect((await operator.get(`/photos/${hash}`)).status).toBe(404);
    expect((await send(bytes, { uploadUrl: url! })).status).toBe(204);
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
  });

  test("continues after the service was started anew", async () => {
    const { bytes, hash } = await jpeg(8, 600);
    const half = Math.floor(bytes.length / 2);
    const { url } = await send(bytes, { stopAfter: half });
    await newsroom.restart();
    const sent = await send(bytes, { uploadUrl: new URL(new URL(url!).pathname, newsroom.url).href });
    expect(sent.status).toBe(204);
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
  });

  test("keeps what arrived of a piece whose connection broke, and lets the client go on", async () => {
    const { bytes, hash } = await jpeg(17, 3000);
    const address = await create(bytes.length, hash);
    const half = Math.floor(bytes.length / 2);
    await new Promise<void>((resolve) => {
      const request = httpRequest(new URL(address, newsroom.url), {
        method: "PATCH",
        headers: {
          authorization: `Bearer ${token}`,
          "tus-resumable": "1.0.0",
          "upload-offset": "0",
          "content-type": "application/offset+octet-stream",
          "content-length": bytes.length,
        },
      });
      request.on("error", () => resolve());
      request.write(bytes.subarray(0, half), async () => {
        while (!(await sizes()).includes(half)) await pause(5);
        request.destroy();
      });
    });
    const head = await tus("HEAD", address);
    expect(Number(head.headers.get("upload-offset"))).toBe(half);
    expect((await send(bytes, { uploadUrl: new URL(address, newsroom.url).href })).status).toBe(204);
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
  });

  test("after its last byte is finished by the client's next question", async () => {
    const { bytes, hash } = await jpeg(9);
    const address = await create(bytes.length, hash);
    // What a service leaves that was killed before it looked at the photo.
    const id = address.split("/").at(-1)!;
    await newsroom.stores(({ staging }) => staging.datastore.write(Readable.from([bytes]), id, 0));
    const head = await tus("HEAD", address);
    expect(head.headers.get("upload-offset")).toBe(String(bytes.length));
    expect((await operator.get(`/photos/${hash}`)).status).toBe(200);
    expect((await tus("HEAD", address)).headers.get("upload-offset")).toBe(String(bytes.length));
  });

  test("is gone after a day", async () => {
    const { bytes, hash } = await jpeg(10);
    const address = await create(bytes.length, hash);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 25 * 3600_000);
    expect((await tus("HEAD", address)).status).toBe(410);
    await newsroom.restart();
    expect((await tus("HEAD", address)).status).toBe(404);
    expect(await newsroom.unfinished()).toEqual([]);
  });

  test("can be given up by its owner", async () => {
    const { bytes, hash } = await jpeg(11);
    const address = await create(bytes.length, hash);
    expect((await tus("DELETE", address)).status).toBe(204);
    expect((await tus("HEAD", address)).status).toBe(404);
    expect(await newsroom.unfinished()).toEqual([]);
  });
});

describe("an upload that is refused", () => {
  test("because its bytes are not the announced ones is removed", async () => {
    const { bytes } = await jpeg(12);
    const sent = await send(bytes, { announced: metadata(sha256("something else")) });
    expect(sent.status).toBe(422);
    expect(sent.problem).toMatchObject({ type: "urn:kominfo:problem:photo-invalid", detail: "sha256" });
    expect(await newsroom.unfinished()).toEqual([]);
    expect((await operator.post("/photos/known", { sha256: [sha256(bytes)] })).body).toEqual({ sha256: [] });
  });

  test("because it is no photo is removed", async () => {
    const bytes = randomBytes(2000);
    const sent = await send(bytes);
    expect(sent.status).toBe(422);
    expect(sent.problem.detail).toMatch(/^photo-/);
    expect(await newsroom.unfinished()).toEqual([]);
  });

  test("because it is cut off is removed", async () => {
    const { bytes } = await jpeg(13, 600);
    const sent = await send(bytes.subarray(0, bytes.length - 200));
    expect(sent.problem.detail).toMatch(/^photo-/);
  });

  test("because it is of another type than announced is removed", async () => {
    const { bytes, hash } = await jpeg(14);
    expect((await send(bytes, { announced: metadata(hash, "image/png") })).problem.detail).toBe("type");
  });

  test.each([
    ["without a length", { "upload-length": "" }, 400],
    ["of unknown length", { "upload-length": "", "upload-defer-length": "1" }, 400],
    ["over 20 MB", { "upload-length": String(20 * 1024 * 1024 + 1) }, 413],
    ["without metadata", { "upload-metadata": "" }, 400],
    ["with a hash that is none", { "upload-metadata": encoded(metadata("../../etc/passwd")) }, 422],
    ["of a type that is no photo", { "upload-metadata": encoded(metadata(sha256(""), "text/html")) }, 422],
    ["of another tus version", { "tus-resumable": "0.2.0" }, 412],
  ])("at its creation: %s", async (_what, headers, status) => {
    const response = await tus("POST", "/api/v1/uploads", {
      "upload-length": "100",
      "upload-metadata": encoded(metadata(sha256(""))),
      ...headers,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch("application/problem+json");
    expect(await newsroom.unfinished()).toEqual([]);
  });

  test("at a wrong offset keeps what it has", async () => {
    const { bytes, hash } = await jpeg(15);
    const address = await create(bytes.length, hash);
    const type = { "content-type": "application/offset+octet-stream" };
    const wrong = await tus("PATCH", address, { ...type, "upload-offset": "5" }, bytes.subarray(5));
    expect(wrong.status).toBe(409);
    expect(await wrong.json()).toMatchObject({ type: "urn:kominfo:problem:conflict" });
    const right = await tus("PATCH", address, { ...type, "upload-offset": "0" }, bytes);
    expect(right.status).toBe(204);
  });

  test("to anyone but its owner, whatever the verb", async () => {
    const { bytes, hash } = await jpeg(16);
    const address = await create(bytes.length, hash);
    const stranger = { authorization: `Bearer ${await newsroom.token("operator", cibitung)}` };
    const type = { "content-type": "application/offset+octet-stream", "upload-offset": "0" };
    expect((await tus("HEAD", address, stranger)).status).toBe(404);
    expect((await tus("PATCH", address, { ...stranger, ...type }, bytes)).status).toBe(404);
    expect((await tus("DELETE", address, stranger)).status).toBe(404);
    expect((await tus("HEAD", address, { authorization: "" })).status).toBe(401);
    expect((await tus("HEAD", address)).headers.get("upload-offset")).toBe("0");
  });
});

/** A new, empty upload; its address. */
async function create(length: number, hash: string): Promise<string> {
  const response = await tus("POST", "/api/v1/uploads", {
    "upload-length": String(length),
    "upload-metadata": encoded(metadata(hash)),
  });
  expect(response.status).toBe(201);
  return response.headers.get("location")!;
}

describe("a photo in a browser's cache", () => {
  const paths = { "the API": "/api/v1/photos", "the desk": "/photos" };
  const desk = deskOf(() => newsroom);
  let cookie: string;
  let admin: ReturnType<typeof as>;
  beforeAll(async () => {
    await desk.join("Edi", "editor");
    ({ cookie } = await desk.enter("Edi"));
    admin = as(newsroom, await newsroom.token("admin"));
  });

  test.each(Object.entries(paths))(
    "from %s is asked for again each time, until it may not be seen",
    async (name, at) => {
      const { bytes, hash } = await jpeg(name.length + 40);
      await send(bytes);
      const ask = (headers: Record<string, string> = {}) =>
        fetch(`${newsroom.url}${at}/${hash}`, {
          headers: { authorization: `Bearer ${token}`, cookie, ...headers },
        });
      const first = await ask();
      expect(first.headers.get("cache-control")).toBe("private, no-cache");
      const etag = first.headers.get("etag")!;
      for (const known of [etag, `W/${etag}`, `"lain", ${etag}`, "*"]) {
        const again = await ask({ "if-none-match": known });
        expect([again.status, again.headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
      }
      expect((await ask({ "if-none-match": '"lain"' })).status).toBe(200);
      const redacted = await admin.post("/redactions", {
        sha256: hash,
        reason: "Diminta",
        legal_basis: "UU 27/2022",
      });
      expect(redacted.status).toBe(201);
      for (const known of [etag, `W/${etag}`, "*"]) {
        expect((await ask({ "if-none-match": known })).status).toBe(404);
        expect((await ask({ "if-none-match": known, range: "bytes=0-9" })).status).toBe(404);
      }
    },
  );
});
