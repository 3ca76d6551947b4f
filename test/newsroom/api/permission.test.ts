import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../../../src/contract/endpoints/endpoint.js";
import { type EndpointName, everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import type { Role } from "../../../src/contract/lifecycle.js";
import { ask } from "../support/api.js";
import { endings, endingsFor } from "../support/endings.js";
import { jpeg, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { rowsOf } from "../support/rows.js";
import { type Sample, type Scene, samplesOf, setScene } from "../support/samples.js";
import { sendSlowly } from "../support/slow-request.js";

/*
 * Permission is checked where the work is done: every endpoint that takes more than a look, its headers sent while the
 * caller is in, and its last byte after they are out. A new endpoint is among them without being asked.
 */
let newsroom: TestNewsroom;
let scene: Scene;
let samples: Record<EndpointName, Sample>;

beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 1000 });
  scene = await setScene(newsroom);
  samples = { ...samplesOf(scene).requests, createUpload: wholeUpload, continueUpload: restOfUpload };
}, 60_000);
afterAll(() => newsroom.remove());

const writing = everyEndpoint.filter(
  ([, { method, roles }]) => roles !== null && !["GET", "HEAD", "OPTIONS"].includes(method),
);
/** Asks only. */
const reads: readonly EndpointName[] = ["knownPhotos"];

let seed = 10;
async function announcedPhoto() {
  const { bytes, hash } = await jpeg(seed++);
  const metadata = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
  const encoded = Object.entries(metadata).map(([name, value]) => `${name} ${btoa(value)}`);
  const headers = {
    ...tus,
    "upload-length": String(bytes.length),
    "upload-metadata": encoded.join(),
  };
  return { bytes, headers };
}
const tus = { "tus-resumable": "1.0.0" };
const bytesOfUpload = { "content-type": "application/offset+octet-stream" };

/** An upload that is whole with its only request, and one that is whole with its second. */
async function wholeUpload() {
  const { bytes, headers } = await announcedPhoto();
  return { url: "/uploads", headers: { ...headers, ...bytesOfUpload }, body: bytes };
}
const restOfUpload: Sample = async (_caller, token) => {
  const { bytes, headers } = await announcedPhoto();
  const begun = await ask(newsroom, token, { method: "POST", url: "/uploads", headers });
  const url = begun.headers.get("location")!.replace("/api/v1", "");
  return { url, headers: { ...tus, ...bytesOfUpload, "upload-offset": "0" }, body: bytes };
};

async function send(
  name: EndpointName,
  { method, roles }: Endpoint,
  meanwhile: (userId: string) => Promise<void>,
) {
  const role: Role = roles?.includes("editor") ? "editor" : roles![0]!;
  const { user, token } = await scene.person(role);
  const { url, headers, body } = await samples[name](role, token);
  const isBytes = body instanceof Uint8Array;
  return sendSlowly(
    `${newsroom.url}/api/v1${url}`,
    {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(isBytes ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: isBytes ? Buffer.from(body) : Buffer.from(JSON.stringify(body ?? {})),
    },
    () => meanwhile(user.id),
  );
}
const rows = () => newsroom.stores(({ store }) => rowsOf(store));

describe.each(writing.map(([name, endpoint], n) => [name, endpoint, n] as const))(
  "%s, sent slowly",
  (name, endpoint, n) => {
    test("is done when the caller stays", async () => {
      let before = {};
      const { status, text } = await send(name, endpoint, async () => {
        before = await rows();
      });
      expect(Object.keys(endpoint.answers), text).toContain(String(status));
      if (!reads.includes(name)) expect(await rows()).not.toEqual(before);
    });

    test.each(endingsFor(n))("writes nothing when the caller %s meanwhile", async (ending) => {
      let before = {};
      const { status } = await send(name, endpoint, async (userId) => {
        await newsroom.stores(({ store }) =>
          store
            .transaction()
            .execute((transaction) => endings[ending]!(transaction, userId, newsroom.clock.now)),
        );
        before = await rows();
      });
      expect([401, 403]).toContain(status);
      expect(await rows()).toEqual(before);
    });
  },
);

test("bytes of an upload that is not whole yet are not acknowledged to who was revoked meanwhile", async () => {
  const { user, token } = await scene.person("operator");
  const { url, headers, body } = await restOfUpload("operator", token);
  const { status } = await sendSlowly(
    `${newsroom.url}/api/v1${url}`,
    {
      method: "PATCH",
      headers: { authorization: `Bearer ${token}`, ...headers },
      body: Buffer.from((body as Uint8Array).subarray(0, -1)),
    },
    async () => {
      await newsroom.stores(({ store }) =>
        store
          .transaction()
          .execute((transaction) => endings["is revoked"]!(transaction, user.id, newsroom.clock.now)),
      );
    },
  );
  expect(status).toBe(401);
});
