import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { type RunningNewsroom, type ServeOptions, serve } from "../../../src/newsroom/serve.js";
import { openStore } from "../../../src/newsroom/store/database/open.js";
import { createIsolatedEngine } from "../../../src/photo/engine/isolated-engine.js";
import { pictureOf } from "../../support/photos.js";
import { cibitung, images, jpeg } from "../support/newsroom.js";
import { ownStores } from "../support/stores.js";

const now = new Date("2026-11-17T03:00:00.000Z");
const childFile = path.resolve(import.meta.dirname, "../../../dist/photo/engine/isolated-engine-child.js");

let folder: string;
let running: RunningNewsroom;
let token: string;
let place: Awaited<ReturnType<typeof ownStores>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-costly-"));
  place = await ownStores();
});
afterEach(() => running.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(engine: ServeOptions["images"]) {
  const data = path.join(folder, "data");
  running = await serve({
    host: "127.0.0.1",
    port: 0,
    data,
    ...place,
    images: engine,
    version: "0.1.0",
    now: () => now,
  });
  token = await addOperator();
}

async function addOperator(): Promise<string> {
  const name = `Siti ${randomUUID()}`;
  const person = { name, role: "operator", token: true, kecamatan: cibitung } as const;
  return (await addPerson(place.database ?? path.join(folder, "data"), person, now)).token!;
}

/** Sends a photo in one request of tus; what the newsroom answers. */
async function send(bytes: Buffer, type = "image/jpeg", login = token) {
  const metadata = { sha256: sha256(bytes), filename: "a", type };
  const response = await fetch(`${running.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${login}`,
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-length": String(bytes.length),
      "upload-metadata": Object.entries(metadata)
        .map(([key, value]) => `${key} ${btoa(value)}`)
        .join(","),
    },
    body: new Uint8Array(bytes),
  });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    detail: text === "" ? undefined : JSON.parse(text).detail,
  };
}

/** Rows of uploads, and what lies of them in the folder. */
async function unfinished(): Promise<unknown[]> {
  const store = await openStore(place.database ?? path.join(folder, "data"), now);
  try {
    const rows = await store.selectFrom("uploads").select("id").where("finished_at", "is", null).execute();
    return [...rows, ...(await readdir(path.join(folder, "data", "uploads")))];
  } finally {
    await store.destroy();
  }
}

describe("a photo that takes too much to decode", () => {
  const tooLarge = { status: 422, detail: "photo-too-large" };
  const row = Math.floor(limits.photo_pixels_progressive / 4000);

  test("is refused by its header: progressive, interlaced or WebP above the lower limit", async () => {
    await start(images);
    for (const [kind, type] of [
      ["jpeg, progressive and grey", "image/jpeg"],
      ["png, interlaced", "image/png"],
      ["webp, lossless", "image/webp"],
    ] as const) {
      expect(await send(await pictureOf(kind, row + 1, 4000), type), kind).toMatchObject(tooLarge);
    }
    expect(await unfinished()).toEqual([]);
  });

  test("may have more pixels where a decoder reads it row by row, up to the higher limit", async () => {
    await start(images);
    expect(await send(await pictureOf("jpeg, grey", row + 1, 4000))).toMatchObject({ status: 201 });
    const most = Math.floor(limits.photo_pixels / 8000);
    expect(await send(await pictureOf("jpeg, grey", most + 1, 8000))).toMatchObject(tooLarge);
  });

  test("and is of a format that the newsroom does not take is not decoded either", async () => {
    await start(images);
    const avif = Buffer.concat([
      Buffer.from("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", "latin1"),
      Buffer.alloc(2000),
    ]);
    expect(await send(avif)).toEqual({ status: 422, detail: "photo-not-supported", retryAfter: null });
    const png = await pictureOf("png", 20, 20);
    expect(await send(png)).toMatchObject({ status: 422, detail: "type" });
  });

  test("ends its process only: the upload is removed, and the service and the next photo go on", async () => {
    // Node and libvips take 70 MB; this one would need 72 MB more, and is below the limit of pixels.
    const bounds = { memoryBytes: 120 * 1024 * 1024, requestMs: 60_000 };
    await start(createIsolatedEngine({ environment: { PATH: process.env.PATH }, childFile, bounds }));
    const greedy = await pictureOf("jpeg, progressive", row, 4000);
    const fine = (await jpeg(1)).bytes;
    const [refused, ...others] = await Promise.all([
      send(greedy),
      fetch(`${running.url}/healthz`),
      send(fine, "image/jpeg", await addOperator()),
    ]);
    expect(refused).toEqual({ status: 422, detail: "photo-too-costly", retryAfter: null });
    expect(others.map(({ status }) => status)).toEqual([200, 201]);
    expect(await unfinished()).toEqual([]);
    expect(await send((await jpeg(2)).bytes)).toMatchObject({ status: 201 });
  });
});

describe("photos that arrive at once", () => {
  test("are decoded one at a time, and none is refused", async () => {
    let [busy, most] = [0, 0];
    await start({
      ...images,
      async verify(...asked) {
        most = Math.max(most, ++busy);
        const facts = await images.verify(...asked);
        busy--;
        return facts;
      },
    });
    const photos = await Promise.all([11, 12, 13, 14, 15, 16].map((seed) => jpeg(seed)));
    const answers = await Promise.all(photos.map(({ bytes }) => send(bytes)));
    expect(answers.map(({ status }) => status)).toEqual(photos.map(() => 201));
    expect(most).toBe(1);
  });
});
