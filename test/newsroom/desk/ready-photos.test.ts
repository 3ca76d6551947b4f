import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromBufferPromise } from "yauzl";
import type { RenderedPhoto, Rendering } from "../../../src/contract/contract.js";
import { createTurns } from "../../../src/newsroom/http/turns.js";
import { channelFileName, createChannelPhotos } from "../../../src/newsroom/uploads/channel-photos.js";
import { openPublicationPhotos } from "../../../src/publish/photos.js";
import { type Scene, setScene } from "../publishing/scene.js";
import { images, jpeg, photo, startNewsroom, uploadPhoto } from "../support/newsroom.js";
import { deskOf } from "./browser.js";

let scene: Scene;
let id: string;
let renderings: Rendering[];
let cookie: string;
const sources = new Map<string, Buffer>();
const { join, enter } = deskOf(() => scene.newsroom);

beforeAll(async () => {
  scene = await setScene();
  await join("Siti", "operator");
  for (const [seed, width, height] of [
    [1, 1600, 1200],
    [2, 1200, 1500],
    [3, 700, 500],
  ] as const) {
    const made = await jpeg(seed, width, height);
    sources.set(await uploadPhoto(scene.newsroom, scene.operatorToken, made), made.bytes);
  }
  const [lead = "", ...others] = sources.keys();
  id = await scene.approved(
    {
      photos: [
        photo(lead),
        ...others.map((hash) => ({ ...photo(hash), lead: false, alt: "Lain “kutip”", caption: "" })),
      ],
    },
    { destinations: ["kecamatan"], channels: ["web", "facebook", "instagram", "x"] },
  );
  renderings = (await scene.editor.get(`/submissions/${id}/renderings`)).body.channels;
  ({ cookie } = await enter("Siti"));
}, 60_000);
afterAll(() => scene.remove());

const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(scene.newsroom.url + path, { method, redirect: "manual", headers: { cookie, ...headers } });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

/** What the client would send of a photo. */
async function sent(of: RenderedPhoto): Promise<Buffer> {
  const photos = await openPublicationPhotos({
    download: async (sha256) => sources.get(sha256)!,
    images: async () => images,
    signal: new AbortController().signal,
  });
  try {
    return Buffer.from(await photos.photo(of));
  } finally {
    await photos.remove();
  }
}

describe("a photo of a channel", () => {
  it("is, byte for byte, what kominfo would send: cropped, scaled, with its texts", async () => {
    const instagram = renderings.find(({ channel }) => channel === "instagram")!;
    expect(instagram.photos.some(({ crop }) => crop !== null)).toBe(true);
    let compared = 0;
    for (const { channel, photos } of renderings) {
      for (const [at, of] of photos.entries()) {
        const answer = await ask(`/ready/${id}/${channel}/photos/${at + 1}.jpg`);
        expect(answer.status).toBe(200);
        const bytes = await bytesOf(answer);
        expect(bytes.equals(await sent(of)), `${channel} ${at + 1}`).toBe(true);
        const { width, height, xmp } = await sharp(bytes).metadata();
        expect([width, height], `${channel} ${at + 1}`).toEqual([of.width, of.height]);
        expect(xmp?.toString("utf8")).toContain(of.credit);
        expect(answer.headers.get("content-length")).toBe(String(bytes.length));
        if (of.alt) expect(bytes.toString("utf8")).toContain(of.alt.replaceAll('"', "&quot;"));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(10);
  });

  it("has a name that speaks, is kept by nobody else, and is not made again for whoever has it", async () => {
    const path = `/ready/${id}/instagram/photos/2.jpg`;
    const shown = await ask(path);
    const { headers } = shown;
    await shown.arrayBuffer();
    expect(headers.get("content-type")).toBe("image/jpeg");
    expect(headers.get("content-disposition")).toBe('inline; filename="ig-2-posyandu-balita.jpg"');
    expect(headers.get("cache-control")).toBe("private, no-cache");
    const saved = await ask(`${path}?save`);
    await saved.arrayBuffer();
    expect(saved.headers.get("content-disposition")).toBe('attachment; filename="ig-2-posyandu-balita.jpg"');
    const again = await ask(path, { "if-none-match": headers.get("etag")! });
    expect([again.status, (await bytesOf(again)).length]).toEqual([304, 0]);
    const head = await ask(path, {}, "HEAD");
    expect([head.status, head.headers.get("etag")]).toEqual([200, headers.get("etag")]);
    const without = await ask(path, { cookie: "" });
    expect(without.headers.get("location")).toMatch(/^\/login/);
  });

  it("leaves nothing behind", async () => {
    await (await ask(`/ready/${id}/x/photos/1.jpg`)).arrayBuffer();
    const own = `kominfo-channel-photo-${process.pid}-`;
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(own))).toEqual([]);
  });

  it("nor does a process that was killed: the next start of a newsroom removes it", async () => {
    // Of this process's number, as in a container, where each newsroom is the first process.
    const left = await mkdtemp(path.join(tmpdir(), `kominfo-channel-photo-${process.pid}-`));
    await writeFile(path.join(left, "source"), "foto");
    const next = await startNewsroom();
    await next.remove();
    expect(await readdir(tmpdir())).not.toContain(path.basename(left));
  });

  it("has a harmless name, whatever the slug", () => {
    expect(channelFileName("facebook", "1", '../a"\r\nX: y', "jpg")).toBe("fb-1-a-x-y.jpg");
    expect(channelFileName("x", "foto", "…", "zip")).toBe("x-foto-foto.zip");
    expect(channelFileName("web", "1", "a".repeat(500), "jpg")).toHaveLength("web-1-.jpg".length + 60);
  });
});

describe("all photos of a channel", () => {
  it("are a ZIP that any program opens, with the same bytes", async () => {
    const answer = await ask(`/ready/${id}/instagram/photos.zip`);
    expect(answer.headers.get("content-type")).toBe("application/zip");
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="ig-foto-posyandu-balita.zip"',
    );
    const zip = await fromBufferPromise(await bytesOf(answer), { lazyEntries: true });
    const found: Record<string, Buffer> = {};
    for await (const entry of zip.eachEntry()) {
      const stream = await zip.openReadStreamPromise(entry);
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      found[entry.fileName] = Buffer.concat(chunks);
    }
    const { photos } = renderings.find(({ channel }) => channel === "instagram")!;
    expect(Object.keys(found)).toEqual(photos.map((_, at) => `ig-${at + 1}-posyandu-balita.jpg`));
    for (const [at, of] of photos.entries()) {
      expect(found[`ig-${at + 1}-posyandu-balita.jpg`]!.equals(await sent(of))).toBe(true);
    }
  });

  it("of a channel without photos, or that was not approved, are not there", async () => {
    const bare = await scene.approved({}, { channels: ["web"] });
    for (const path of [
      `/ready/${bare}/web/photos.zip`,
      `/ready/${bare}/x/photos.zip`,
      `/ready/${id}/tiktok/photos.zip`,
    ])
      expect((await ask(path)).status, path).toBe(404);
  });
});

describe("making them", () => {
  const of = () => renderings.find(({ channel }) => channel === "x")!.photos[0]!;
  const parts = (work: () => Promise<void> = async () => {}) => {
    let rendered = 0;
    return {
      deps: {
        blobs: { read: async () => Readable.from([Buffer.from("x")]) },
        images: {
          verify: images.verify,
          async render() {
            rendered += 1;
            await work();
            throw new Error("not a photo");
          },
        },
        decoding: createTurns(),
      } as unknown as Parameters<typeof createChannelPhotos>[0],
      rendered: () => rendered,
    };
  };
  const here = () => false;
  const outcome = (made: Promise<unknown>) =>
    made.then(
      () => "made",
      (error) => error.problem ?? error.message,
    );

  it("is bounded: who asks for too many at once is told to come back, and others are served", async () => {
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    const { deps, rendered } = parts(() => held);
    const photos = createChannelPhotos(deps);
    const asked = Array.from({ length: 62 }, () => outcome(photos.make("siti", of(), here)));
    expect(await asked.at(-1)).toBe("too-many-requests");
    const other = outcome(photos.make("budi", of(), here));
    letThrough();
    expect(await other).toBe("not a photo");
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((one) => one === "too-many-requests")).toHaveLength(1);
    expect(rendered()).toBe(62);
  });

  it("has a deadline, and nothing is made for who has gone", async () => {
    let now = 0;
    const { deps, rendered } = parts(async () => {
      now += 31_000;
    });
    const photos = createChannelPhotos(deps, () => now);
    const [first, late] = [photos.make("siti", of(), here), photos.make("budi", of(), here)].map(outcome);
    expect([await first, await late]).toEqual(["not a photo", "too-many-requests"]);
    expect(await outcome(photos.make("siti", of(), () => true))).toBe("not-found");
    expect(rendered()).toBe(1);
  });

  it("waits with the uploads: one photo is decoded at a time", async () => {
    const { deps, rendered } = parts();
    let end = () => {};
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const upload = deps.decoding.run("upload", () => held);
    const made = outcome(createChannelPhotos(deps).make("siti", of(), here));
    await new Promise(setImmediate);
    expect(rendered()).toBe(0);
    end();
    await upload;
    expect(await made).toBe("not a photo");
  });
});
