import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { as, jpeg, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

// tus 1.0.0 (tus.io/protocols/resumable-upload), clause by clause, and the Fetch standard's CORS protocol.

const page = "https://unggah.example.go.id";

let newsroom: TestNewsroom;
let token: string;
/** The newsroom looks at its disk once for each request with bytes, and counts it right after. */
let onDiskCheck = () => {};
beforeAll(async () => {
  const freeSpace = async () => {
    onDiskCheck();
    return 1;
  };
  newsroom = await startNewsroom(undefined, freeSpace, undefined, { allowedOrigins: [page] });
  token = await newsroom.token("operator");
});
afterAll(() => newsroom.remove());

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A request with just these headers; one that is undefined is left out. */
async function send(
  method: string,
  target: string,
  headers: Record<string, string | undefined> = {},
  body?: Uint8Array,
): Promise<Answer> {
  const given = { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0", ...headers };
  const request = httpRequest(new URL(target, newsroom.url), {
    method,
    headers: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  });
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(parts).toString(),
  };
}

const octets = { "content-type": "application/offset+octet-stream" };
const uploads = "/api/v1/uploads";

function encoded(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(",");
}

async function create(length: number, hash: string): Promise<string> {
  const created = await send("POST", uploads, {
    "upload-length": String(length),
    "upload-metadata": encoded({ sha256: hash, filename: "a.jpg", type: "image/jpeg" }),
  });
  expect(created).toMatchObject({ status: 201, headers: { "tus-resumable": "1.0.0" } });
  expect(Date.parse(String(created.headers["upload-expires"]))).toBeGreaterThan(0);
  return created.headers.location!;
}

const hash = sha256("ten bytes!");

describe("HEAD", () => {
  test.each([false, true])(
    "gives offset, length and metadata, and is not cached (finished: %s)",
    async (isFinished) => {
      const photo = await jpeg(isFinished ? 801 : 802);
      const address = await create(photo.bytes.length, photo.hash);
      const sent = isFinished ? photo.bytes : photo.bytes.subarray(0, 7);
      await send("PATCH", address, { ...octets, "upload-offset": "0" }, sent);
      const { status, headers } = await send("HEAD", address);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "tus-resumable": "1.0.0",
        "cache-control": "no-store",
        "upload-offset": String(sent.length),
        "upload-length": String(photo.bytes.length),
        // The name of the file is not kept.
        "upload-metadata": encoded({ sha256: photo.hash, type: "image/jpeg" }),
      });
      expect(headers["upload-expires"]).toMatch(/GMT$/);
    },
  );

  test("of an upload that is not there says nothing of an offset", async () => {
    const { status, headers } = await send("HEAD", `${uploads}/0193b3a0-0000-7000-8000-000000000000`);
    expect([status, headers["upload-offset"]]).toEqual([404, undefined]);
  });
});

describe("PATCH", () => {
  const piece = Buffer.from("ten bytes!");
  test.each<[string, number, Record<string, string | undefined>, Uint8Array | undefined]>([
    ["of another offset", 409, { ...octets, "upload-offset": "3" }, piece],
    ["of an offset past the end", 409, { ...octets, "upload-offset": "300" }, piece],
    ["without an offset", 400, octets, piece],
    ["of an offset that is no number", 400, { ...octets, "upload-offset": "x" }, piece],
    ["of a negative offset", 400, { ...octets, "upload-offset": "-1" }, piece],
    ["of an empty offset", 400, { ...octets, "upload-offset": "" }, piece],
    ["of an offset with a sign", 400, { ...octets, "upload-offset": "+0" }, piece],
    ["of another type", 415, { "content-type": "image/jpeg", "upload-offset": "0" }, piece],
    ["of JSON", 415, { "content-type": "application/json", "upload-offset": "0" }, piece],
    ["of no type", 415, { "upload-offset": "0" }, piece],
    ["of no type and no bytes", 415, { "upload-offset": "0" }, undefined],
    ["past the length", 413, { ...octets, "upload-offset": "0" }, Buffer.concat([piece, piece])],
    ["without the version", 412, { ...octets, "upload-offset": "0", "tus-resumable": undefined }, piece],
    ["of another version", 412, { ...octets, "upload-offset": "0", "tus-resumable": "0.2.2" }, piece],
  ])("%s is %d and changes nothing", async (_what, status, headers, body) => {
    const address = await create(piece.length, hash);
    const answer = await send("PATCH", address, headers, body);
    expect(answer.status, answer.text).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ status });
    expect(answer.headers["tus-resumable"]).toBe("1.0.0");
    if (status === 412) expect(answer.headers["tus-version"]).toBe("1.0.0");
    expect((await send("HEAD", address)).headers["upload-offset"]).toBe("0");
    await send("DELETE", address);
  });

  test("acknowledges what was taken with 204 and the new offset", async () => {
    const address = await create(10, hash);
    const { status, headers } = await send(
      "PATCH",
      address,
      { ...octets, "upload-offset": "0" },
      piece.subarray(0, 4),
    );
    expect([status, headers["upload-offset"], headers["tus-resumable"]]).toEqual([204, "4", "1.0.0"]);
    expect(headers["upload-expires"]).toMatch(/GMT$/);
  });
});

test("OPTIONS tells version, extensions and the largest length, and needs no version", async () => {
  const { status, headers } = await send("OPTIONS", uploads, { "tus-resumable": undefined });
  expect(status).toBe(204);
  expect(headers).toMatchObject({
    "tus-version": "1.0.0",
    "tus-extension": "creation,creation-with-upload,termination,expiration",
    "tus-max-size": String(limits.photo_bytes),
  });
});

test("an answer to whoever is not let in names the version too", async () => {
  for (const [method, target] of [
    ["POST", uploads],
    ["HEAD", `${uploads}/a`],
  ] as const) {
    const { status, headers } = await send(method, target, { authorization: undefined });
    expect([status, headers["tus-resumable"]]).toEqual([401, "1.0.0"]);
  }
});

describe("X-HTTP-Method-Override", () => {
  const named = (method: string, headers: Record<string, string> = {}) => ({
    ...headers,
    "x-http-method-override": method,
  });

  test("makes a POST a PATCH, a HEAD or a DELETE", async () => {
    const photo = await jpeg(803);
    const address = await create(photo.bytes.length, photo.hash);
    const patched = await send(
      "POST",
      address,
      named("PATCH", { ...octets, "upload-offset": "0" }),
      photo.bytes,
    );
    expect([patched.status, patched.headers["upload-offset"]]).toEqual([204, String(photo.bytes.length)]);
    const asked = await send("POST", address, named("HEAD"));
    expect([asked.status, asked.headers["upload-offset"], asked.text]).toEqual([
      200,
      String(photo.bytes.length),
      "",
    ]);
    expect((await send("POST", address, named("DELETE"))).status).toBe(204);
    expect((await send("HEAD", address)).status).toBe(404);
  });

  test.each([
    ["without an offset", 400, octets],
    ["of another offset", 409, { ...octets, "upload-offset": "3" }],
    ["of another type", 415, { "content-type": "image/jpeg", "upload-offset": "0" }],
    ["of another version", 412, { ...octets, "upload-offset": "0", "tus-resumable": "0.2.2" }],
  ])("keeps the rules of a PATCH: %s is %d", async (_what, status, headers) => {
    const address = await create(10, hash);
    const answer = await send(
      "POST",
      address,
      named("PATCH", headers as Record<string, string>),
      Buffer.from("ten"),
    );
    expect(answer.status).toBe(status);
  });

  test("lets nobody do what they may not do by the method itself", async () => {
    const address = await create(10, hash);
    const others = {
      nobody: [undefined, 401],
      "a neighbour": [`Bearer ${await newsroom.token("operator")}`, 404],
      "a viewer": [`Bearer ${await newsroom.token("viewer")}`, 403],
      "a publisher": [`Bearer ${await newsroom.token("publisher")}`, 403],
    } as const;
    for (const [who, [authorization, status]] of Object.entries(others)) {
      for (const method of ["PATCH", "HEAD", "DELETE"]) {
        const headers = { ...named(method, { ...octets, "upload-offset": "0" }), authorization };
        const answer = await send("POST", address, headers);
        expect([who, method, answer.status]).toEqual([who, method, status]);
      }
    }
    expect((await send("HEAD", address)).headers["upload-offset"]).toBe("0");
  });

  test("counts the bytes that come as those of a PATCH: eight at once", async () => {
    const own = await newsroom.token("operator");
    const created = await send("POST", uploads, {
      authorization: `Bearer ${own}`,
      "upload-length": "10",
      "upload-metadata": encoded({ sha256: hash, filename: "a.jpg", type: "image/jpeg" }),
    });
    const address = created.headers.location!;
    await as(newsroom, own).get("/me");
    const allCounted = new Promise<void>((resolve) => {
      let left = limits.uploads_at_once;
      onDiskCheck = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
    const open = Array.from({ length: limits.uploads_at_once }, () => {
      const request = httpRequest(new URL(address, newsroom.url), {
        method: "POST",
        headers: {
          ...named("PATCH", { ...octets, "upload-offset": "0" }),
          authorization: `Bearer ${own}`,
          "tus-resumable": "1.0.0",
          "content-length": 10,
        },
      });
      request.on("error", () => {}).flushHeaders();
      return request;
    });
    await allCounted;
    const ninth = await send("POST", address, {
      ...named("PATCH", { ...octets, "upload-offset": "0" }),
      authorization: `Bearer ${own}`,
    });
    expect(ninth.status).toBe(429);
    for (const request of open) request.destroy();
  });

  test("is refused where it is not followed: beside another method, or for one that tus does not have", async () => {
    const address = await create(10, hash);
    for (const [method, other] of [
      ["PATCH", "DELETE"],
      ["DELETE", "HEAD"],
      ["HEAD", "DELETE"],
      ["POST", "PUT"],
      ["POST", "CONNECT"],
    ] as const) {
      const answer = await send(method, address, named(other, { ...octets, "upload-offset": "0" }));
      expect([method, other, answer.status]).toEqual([method, other, method === "POST" ? 405 : 400]);
    }
    expect((await send("POST", uploads, named("PUT"))).status).toBe(400);
    expect((await send("HEAD", address)).status).toBe(200);
  });

  test("means nothing outside uploads", async () => {
    const { status } = await send("POST", "/api/v1/photos/known", named("DELETE"));
    expect(status).toBe(422);
  });
});

describe("a page of another origin", () => {
  const preflight = (origin: string, method = "PATCH") => ({
    origin,
    "access-control-request-method": method,
    "access-control-request-headers": "authorization,tus-resumable,upload-offset",
    authorization: undefined,
    "tus-resumable": undefined,
  });
  const cors = (headers: IncomingHttpHeaders) =>
    Object.keys(headers).filter((name) => name.startsWith("access-control-"));

  test.each([uploads, `${uploads}/a`, "/api/v1/submissions", "/api/v1"])(
    "that is allowed may ask before without a token: OPTIONS %s",
    async (target) => {
      const { status, headers } = await send("OPTIONS", target, preflight(page));
      expect([status, headers["access-control-allow-origin"], headers.vary]).toEqual([204, page, "Origin"]);
      expect(headers["access-control-allow-methods"]).toContain("PATCH");
      for (const name of [
        "authorization",
        "tus-resumable",
        "upload-metadata",
        "idempotency-key",
        "if-match",
      ]) {
        expect(headers["access-control-allow-headers"]?.toLowerCase()).toContain(name);
      }
      expect(headers["access-control-allow-credentials"]).toBeUndefined();
    },
  );

  test("that is allowed may read answers, refusals too, and the headers of tus", async () => {
    const address = await create(10, hash);
    for (const [answer, status] of [
      [await send("HEAD", address, { origin: page }), 200],
      [await send("HEAD", `${uploads}/a`, { origin: page }), 404],
      [await send("GET", "/api/v1/me", { origin: page, authorization: undefined }), 401],
      [await send("GET", "/api/v1/nothing", { origin: page }), 404],
    ] as const) {
      expect([answer.status, answer.headers["access-control-allow-origin"]]).toEqual([status, page]);
      const exposed = answer.headers["access-control-expose-headers"];
      for (const name of ["Upload-Offset", "Location", "Upload-Length", "Tus-Version", "Upload-Expires"]) {
        expect(exposed).toContain(name);
      }
    }
  });

  test("that is allowed may follow the change feed", async () => {
    const stop = new AbortController();
    const stream = await fetch(`${newsroom.url}/api/v1/changes`, {
      headers: { authorization: `Bearer ${token}`, accept: "text/event-stream", origin: page },
      signal: stop.signal,
    });
    expect(stream.headers.get("access-control-allow-origin")).toBe(page);
    stop.abort();
  });

  test.each([
    "https://lain.example.go.id",
    `${page}:8443`,
    "null",
    "*",
    `${page}.lain.id`,
    page.toUpperCase(),
  ])("that is not allowed is told nothing: %s", async (origin) => {
    const asked = await send("OPTIONS", uploads, preflight(origin));
    expect([asked.status, cors(asked.headers)]).toEqual([401, []]);
    const read = await send("GET", "/api/v1/me", { origin });
    expect([read.status, cors(read.headers), read.headers.vary]).toEqual([
      200,
      [],
      "Origin, accept-encoding",
    ]);
  });

  test("has nothing of the desk, of health and of what lies beside the API", async () => {
    for (const target of ["/", "/login", "/healthz", "/openapi.json", "/api/v10"]) {
      const { headers } = await send("GET", target, { origin: page });
      expect([target, cors(headers)]).toEqual([target, []]);
    }
  });

  test("is not allowed by default", async () => {
    const closed = await startNewsroom();
    try {
      for (const [method, headers] of [
        ["OPTIONS", preflight(page)],
        ["GET", { origin: page }],
      ] as const) {
        const response = await fetch(`${closed.url}/api/v1`, {
          method,
          headers: Object.fromEntries(
            Object.entries(headers).filter(([, value]) => value !== undefined),
          ) as Record<string, string>,
        });
        expect([...response.headers.keys()].filter((name) => /^access-control/.test(name))).toEqual([]);
      }
    } finally {
      await closed.remove();
    }
  });
});
