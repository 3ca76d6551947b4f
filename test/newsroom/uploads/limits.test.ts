import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { setImmediate } from "node:timers/promises";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { guardUploads } from "../../../src/newsroom/uploads/quota.js";
import {
  as,
  cibitung,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";

const hour = 3_600_000;

let newsroom: TestNewsroom;
let free = 1;
/** The newsroom looks at its disk once for each upload, and counts the upload right after. */
let onDiskCheck = () => {};
beforeAll(async () => {
  newsroom = await startNewsroom(undefined, async () => {
    onDiskCheck();
    return free;
  });
});
afterAll(() => newsroom.remove());

const metadata = (hash: string) =>
  Object.entries({ sha256: hash, filename: "posyandu.jpg", type: "image/jpeg" })
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(",");

/** Announces an upload and sends none of it. */
async function announce(token: string, size: number, hash: string) {
  const response = await fetch(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "tus-resumable": "1.0.0",
      "upload-length": String(size),
      "upload-metadata": metadata(hash),
    },
  });
  const text = await response.text();
  const body = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status, location: response.headers.get("location"), type: body.type };
}

/** Of a request that sends bytes of an upload from its beginning on. */
const piece = (token: string) => ({
  authorization: `Bearer ${token}`,
  "tus-resumable": "1.0.0",
  "upload-offset": "0",
  "content-type": "application/offset+octet-stream",
});

const hashOf = (n: number) => n.toString(16).padStart(64, "0");
const tooMuch = { status: 413, type: "urn:kominfo:problem:quota" };
const whole = Math.floor(limits.unattached_bytes / limits.photo_bytes);

describe("photos of one person that nothing holds", () => {
  test("are at most 500 MB, those on their way and several at once included", async () => {
    const token = await newsroom.token("operator");
    for (let n = 2; n < whole; n++) {
      expect(await announce(token, limits.photo_bytes, hashOf(n))).toMatchObject({ status: 201 });
    }
    const last = [0, 1, 90, 91].map((n) => announce(token, limits.photo_bytes, hashOf(n)));
    const refused = (await Promise.all(last)).filter(({ status }) => status !== 201);
    expect(refused).toMatchObject([tooMuch, tooMuch]);
    const rest = limits.unattached_bytes - whole * limits.photo_bytes;
    if (rest > 0) expect(await announce(token, rest, hashOf(97))).toMatchObject({ status: 201 });
    expect(await announce(token, 1, hashOf(98))).toMatchObject(tooMuch);
    const other = await newsroom.token("operator");
    expect(await announce(other, limits.photo_bytes, hashOf(99))).toMatchObject({ status: 201 });
  });

  test("are counted too, however small: on their way, and in all", async () => {
    const token = await newsroom.token("operator");
    const first = await announce(token, 1, hashOf(1000));
    for (let n = 1; n < limits.unfinished_uploads; n++) {
      expect(await announce(token, 1, hashOf(1000 + n))).toMatchObject({ status: 201 });
    }
    expect(await announce(token, 1, hashOf(2000))).toMatchObject(tooMuch);
    expect(await announce(await newsroom.token("operator"), 1, hashOf(2001))).toMatchObject({ status: 201 });
    await fetch(new URL(first.location!, newsroom.url), {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" },
    });
    const { id } = (await as(newsroom, token).get("/me")).body.user;
    await keepPhotos(id, limits.unattached_files - limits.unfinished_uploads);
    expect(await announce(token, 1, hashOf(2002))).toMatchObject({ status: 201 });
    expect(await announce(token, 1, hashOf(2003))).toMatchObject(tooMuch);
  });

  /** Photos of this person that are in nothing, as rows only. */
  async function keepPhotos(user_id: string, count: number): Promise<void> {
    const at = newsroom.clock.now.toISOString();
    const hashes = Array.from({ length: count }, (_, n) => hashOf(10_000_000 + n));
    const facts = { type: "image/jpeg", width: 1, height: 1, bytes: 1, created_at: at, removed_at: null };
    const owner = { user_id, kecamatan: cibitung, at };
    await newsroom.stores(async ({ store }) => {
      for (let from = 0; from < count; from += 100) {
        const some = hashes.slice(from, from + 100);
        await store
          .insertInto("photos")
          .values(some.map((sha256) => ({ sha256, ...facts })))
          .execute();
        await store
          .insertInto("photo_owners")
          .values(some.map((sha256) => ({ sha256, ...owner })))
          .execute();
      }
    });
  }

  test("count no more once a submission or an album holds them, or they are given up", async () => {
    const token = await newsroom.token("operator");
    const operator = as(newsroom, token);
    const [first, second] = [await jpeg(901), await jpeg(902)];
    await uploadPhoto(newsroom, token, first);
    await uploadPhoto(newsroom, token, second);
    const given: string[] = [];
    // Announced up to the last byte: the two photos alone keep the rest of the room.
    let left = limits.unattached_bytes - first.bytes.length - second.bytes.length;
    for (let n = 0; left > 0; n++) {
      const size = Math.min(left, limits.photo_bytes);
      given.push((await announce(token, size, hashOf(200 + n))).location!);
      left -= size;
    }
    expect(await announce(token, 1, hashOf(300))).toMatchObject(tooMuch);
    await operator.submit({ photos: [photo(first.hash)] });
    expect(await announce(token, first.bytes.length, hashOf(301))).toMatchObject({ status: 201 });
    expect(await announce(token, 1, hashOf(302))).toMatchObject(tooMuch);
    const { filename, caption, alt, credit } = photo(second.hash);
    const entry = { sha256: second.hash, filename, caption, alt, credit };
    const put = await operator.put(`/albums/${cibitung}/posyandu`, { photos: [entry] });
    expect(put.status).toBe(201);
    expect(await announce(token, second.bytes.length, hashOf(303))).toMatchObject({ status: 201 });
    expect(await announce(token, 1, hashOf(304))).toMatchObject(tooMuch);
    const gone = await fetch(new URL(given[0]!, newsroom.url), {
      method: "DELETE",
      headers: { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" },
    });
    expect(gone.status).toBe(204);
    expect(await announce(token, limits.photo_bytes, hashOf(305))).toMatchObject({ status: 201 });
  });

  test("are removed seven days after they were last sent; what is abandoned, after one", async () => {
    const token = await newsroom.token("operator");
    const operator = as(newsroom, token);
    const [orphan, again, held] = [await jpeg(911), await jpeg(912), await jpeg(913)];
    for (const photo of [orphan, again, held]) await uploadPhoto(newsroom, token, photo);
    await operator.submit({ photos: [photo(held.hash)] });
    const { location } = await announce(token, 1000, hashOf(400));
    const started = newsroom.clock.now;
    const later = async (ms: number) => {
      newsroom.clock.now = new Date(started.getTime() + ms);
      // Sweeping is also the first thing that a service does.
      await newsroom.restart();
    };
    const knownHashes = async () => {
      const hashes = [orphan, again, held].map(({ hash }) => hash);
      return new Set((await operator.post("/photos/known", { sha256: hashes })).body.sha256);
    };
    const head = async () => {
      const headers = { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" };
      return (await fetch(new URL(location!, newsroom.url), { method: "HEAD", headers })).status;
    };
    await later(23 * hour);
    expect(await head()).toBe(200);
    await later(25 * hour);
    expect(await head()).toBe(404);
    expect((await knownHashes()).size).toBe(3);
    await uploadPhoto(newsroom, token, again);
    await later(7 * 24 * hour + hour);
    expect(await knownHashes()).toEqual(new Set([again.hash, held.hash]));
    await newsroom.stores(async ({ blobs }) => {
      expect([await blobs.has(orphan.hash), await blobs.has(again.hash)]).toEqual([false, true]);
    });
    newsroom.clock.now = started;
  });
});

describe("uploads of one person", () => {
  /** Sends the head and nothing of the body: the newsroom waits for it. */
  function begin(token: string, address: string) {
    const request = httpRequest(new URL(address, newsroom.url), {
      method: "PATCH",
      headers: { ...piece(token), "content-length": 1000 },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request.on("response", (response) => resolve(response.statusCode)).on("error", reject);
    });
    request.flushHeaders();
    return { request, answered };
  }

  function diskChecks(count: number): Promise<void> {
    return new Promise((resolve) => {
      let left = count;
      onDiskCheck = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
  }

  test("are eight at once: the ninth is told when to come back, and finds room when one has ended", async () => {
    const token = await newsroom.token("operator");
    const addresses: string[] = [];
    for (let n = 0; n < limits.uploads_at_once; n++) {
      addresses.push((await announce(token, 1000, hashOf(500 + n))).location!);
    }
    // By now the newsroom has seen the end of what was announced.
    await as(newsroom, token).get("/me");
    const allCounted = diskChecks(limits.uploads_at_once);
    const [first, ...others] = addresses.map((address) => begin(token, address));
    const ended = Promise.allSettled(others.map(({ answered }) => answered));
    // A request sent earlier could take the place of one of the eight.
    await allCounted;
    expect(await announce(token, 1000, hashOf(520))).toMatchObject({ status: 429 });
    // Another login of the same person is no way around.
    const { id } = (await as(newsroom, token).get("/me")).body.user;
    const admin = as(newsroom, await newsroom.token("admin"));
    const { body: second } = await admin.post(`/users/${id}/logins`, { token: true });
    expect(await announce(second.token, 1000, hashOf(523))).toMatchObject({ status: 429 });
    const ninth = await fetch(new URL(addresses[0]!, newsroom.url), {
      method: "PATCH",
      headers: piece(token),
    });
    expect([ninth.status, ninth.headers.get("retry-after")]).toEqual([429, "5"]);
    const other = await newsroom.token("operator");
    expect(await announce(other, 1000, hashOf(521))).toMatchObject({ status: 201 });
    first!.request.end(Buffer.alloc(1000));
    // Its bytes are not the announced ones.
    expect(await first!.answered).toBe(422);
    expect(await announce(token, 1000, hashOf(522))).toMatchObject({ status: 201 });
    for (const { request } of others) request.destroy();
    expect((await ended).every(({ status }) => status === "rejected")).toBe(true);
  });
});

test("an upload whose client leaves before it is counted keeps no place", async () => {
  const app = Fastify();
  const closed: Promise<unknown>[] = [];
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  app.decorateRequest("caller", null);
  app.addHook("onRequest", async (request, reply) => {
    const token = { id: "1", label: "", expires_at: null };
    const origin = { via: "api", address: request.ip, browser: null } as const;
    request.caller = {
      id: "2",
      name: "Siti",
      role: "operator",
      kecamatan: cibitung,
      origin,
      token,
      authenticatedAt: 0,
    };
    closed.push(once(reply.raw, "close"));
  });
  guardUploads(app, async () => {
    await held;
    return 1;
  });
  app.post("/", async () => "");
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const gone = Array.from({ length: limits.uploads_at_once }, () => httpRequest(url, { method: "POST" }));
  for (const request of gone) request.on("error", () => {}).end();
  while (closed.length < gone.length) await setImmediate();
  for (const request of gone) request.destroy();
  await Promise.all(closed);
  letThrough();
  expect((await fetch(url, { method: "POST" })).status).toBe(200);
  await app.close();
});

describe("a disk with less than a tenth free", () => {
  test("takes no photos (507)", async () => {
    const token = await newsroom.token("operator");
    const begun = await announce(token, 1000, hashOf(600));
    free = 0.09;
    const full = { status: 507, type: "urn:kominfo:problem:storage-full" };
    expect(await announce(token, 1000, hashOf(601))).toMatchObject(full);
    const more = await fetch(new URL(begun.location!, newsroom.url), {
      method: "PATCH",
      headers: piece(token),
      body: new Uint8Array(1000),
    });
    expect(more.status).toBe(507);
    free = 0.1;
    expect(await announce(token, 1000, hashOf(602))).toMatchObject({ status: 201 });
  });
});
