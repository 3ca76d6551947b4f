import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { unattachedOf } from "../../../src/newsroom/store/photos/quota.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

// What creates no upload takes nothing of the quota, however often it is asked.

const times = 25;
const bytes = Buffer.from("no photo");

let newsroom: TestNewsroom;
beforeAll(async () => {
  newsroom = await startNewsroom();
});
afterAll(() => newsroom.remove());

function encoded(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(",");
}

const metadata = { sha256: sha256(bytes), filename: "a.jpg", type: "image/jpeg" };
const octets = { "content-type": "application/offset+octet-stream" };

interface Creation {
  /** Instead of those of a right creation; undefined for none. */
  headers: OutgoingHttpHeaders;
  body?: Buffer;
}

function begin(token: string, { headers, body }: Creation) {
  const given = {
    authorization: `Bearer ${token}`,
    "tus-resumable": "1.0.0",
    "upload-length": String(bytes.length),
    "upload-metadata": encoded(metadata),
    ...headers,
  };
  const sent = Object.entries(given).filter(([, value]) => value !== undefined);
  const request = httpRequest(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: Object.fromEntries(sent),
  });
  const answered = new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    request.on("error", reject).on("response", async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() });
    });
  });
  const send = () => {
    request.end(body);
    return answered;
  };
  return { request, answered, send };
}

async function spent(token: string) {
  const { id } = (await as(newsroom, token).get("/me")).body.user;
  return newsroom.stores(({ store }) => unattachedOf(store, id));
}

const failures = () => newsroom.log.filter((line) => /"level":"error"/.test(line));

describe("a creation that is refused", () => {
  test.each<[string, number, Creation]>([
    ["without the version of tus", 412, { headers: { "tus-resumable": undefined } }],
    ["of another version of tus", 412, { headers: { "tus-resumable": "0.2.2" } }],
    ["as a part", 501, { headers: { "upload-concat": "partial" } }],
    ["as a whole of parts", 501, { headers: { "upload-concat": "final;/a /b", "upload-length": undefined } }],
    ["of a length to come", 400, { headers: { "upload-defer-length": "1", "upload-length": undefined } }],
    ["of a length, and one to come", 400, { headers: { "upload-defer-length": "1" } }],
    ["of no length", 400, { headers: { "upload-length": undefined } }],
    ["of no bytes", 400, { headers: { "upload-length": "0" } }],
    ["of less than no bytes", 400, { headers: { "upload-length": "-1" } }],
    ["of half a byte", 400, { headers: { "upload-length": "1.5" } }],
    ["of a length that is no number", 400, { headers: { "upload-length": "0x10" } }],
    ["of two lengths", 400, { headers: { "upload-length": ["8", "9"] } }],
    ["of too many bytes", 413, { headers: { "upload-length": String(limits.photo_bytes + 1) } }],
    ["of more bytes than a number has", 413, { headers: { "upload-length": "9".repeat(40) } }],
    ["without metadata", 400, { headers: { "upload-metadata": undefined } }],
    ["with metadata in clear", 400, { headers: { "upload-metadata": "sha256 a.b" } }],
    ["with a key twice", 400, { headers: { "upload-metadata": `${encoded(metadata)},type YQ==` } }],
    [
      "without a hash",
      422,
      { headers: { "upload-metadata": encoded({ filename: "a", type: "image/jpeg" }) } },
    ],
    ["of no photo", 422, { headers: { "upload-metadata": encoded({ ...metadata, type: "text/html" }) } }],
    ["with JSON", 415, { headers: { "content-type": "application/json" }, body: Buffer.from("{}") }],
    ["with JSON that is none", 415, { headers: { "content-type": "application/json" }, body: bytes }],
    ["with a form", 415, { headers: { "content-type": "application/x-www-form-urlencoded" }, body: bytes }],
    ["with a photo as itself", 415, { headers: { "content-type": "image/jpeg" }, body: bytes }],
    ["with bytes of no type", 415, { headers: {}, body: bytes }],
    [
      "with a type and a parameter",
      415,
      { headers: { "content-type": `${octets["content-type"]}; a=b` }, body: bytes },
    ],
    ["with more bytes than announced", 413, { headers: { ...octets, "upload-length": "7" }, body: bytes }],
    ["with bytes in chunks", 411, { headers: { ...octets, "transfer-encoding": "chunked" }, body: bytes }],
    ["with bytes of another photo", 422, { headers: octets, body: Buffer.from("another!") }],
    ["with bytes that are no photo", 422, { headers: octets, body: bytes }],
  ])("%s: %d, and nothing is spent", async (_what, status, creation) => {
    const token = await newsroom.token("operator");
    const earlier = failures().length;
    for (let n = 0; n < times; n += 1) {
      const { status: given, text } = await begin(token, creation).send();
      expect(given, text).toBe(status);
      if (status !== 411) expect(JSON.parse(text)).toMatchObject({ status });
    }
    expect(await spent(token)).toEqual({ bytes: 0, files: 0, unfinished: 0 });
    expect(failures()).toHaveLength(earlier);
    expect(await newsroom.unfinished()).toEqual([]);
  });
});

describe("a creation with bytes", () => {
  test("whose connection breaks spends nothing: nobody knows its address", async () => {
    const token = await newsroom.token("operator");
    const { request, answered } = begin(token, { headers: { ...octets, "content-length": bytes.length } });
    const broken = expect(answered).rejects.toThrow();
    request.write(bytes.subarray(0, 3));
    await vi.waitFor(async () => expect((await spent(token)).files).toBe(1), 10_000);
    request.destroy();
    await broken;
    await vi.waitFor(async () => expect((await spent(token)).files).toBe(0), 10_000);
    expect(await newsroom.unfinished()).toEqual([]);
  });

  test("of which the first are sent goes on at its address, and counts", async () => {
    const token = await newsroom.token("operator");
    const { status } = await begin(token, { headers: octets, body: bytes.subarray(0, 3) }).send();
    expect(status).toBe(201);
    expect(await spent(token)).toEqual({ bytes: bytes.length, files: 1, unfinished: 1 });
  });
});

test("a header that concerns no creation is not read", async () => {
  const token = await newsroom.token("operator");
  const { status, text } = await begin(token, { headers: { "upload-offset": "x" } }).send();
  expect(status, text).toBe(201);
});

test("a creation without bytes may name any type: there is nothing of it", async () => {
  const token = await newsroom.token("operator");
  for (const type of ["application/json", "application/x-www-form-urlencoded", "image/jpeg"]) {
    const { status, text } = await begin(token, { headers: { "content-type": type } }).send();
    expect(status, text).toBe(201);
  }
});
