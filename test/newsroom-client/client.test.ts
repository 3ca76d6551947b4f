import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { limits } from "../../src/contract/contract.js";
import type { KominfoError } from "../../src/errors/errors.js";
import { photoRefusals } from "../../src/errors/newsroom.js";
import { sha256 } from "../../src/files/hash.js";
import { explain } from "../../src/language/explain.js";
import { loadMessages } from "../../src/language/index.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import { languages } from "../../src/text/language.js";
import { photoFolder, pictureOf } from "../support/photos.js";

const token = "kominfo_rahasia-sekali-0123456789";

async function answering(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(origin: string) {
  const { signal } = new AbortController();
  return createNewsroomClient({ origin, token, version: "0.1.0", language: "id", signal });
}

describe("a newsroom that is not what it seems", () => {
  test("and whose list never ends is not followed for ever", async () => {
    let asked = 0;
    const origin = await answering((_request, response) => {
      asked += 1;
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ items: [], next_cursor: `c${asked}` }));
    });
    await expect(client(origin).users()).rejects.toMatchObject({ code: "newsroom-not-there" });
    expect(asked).toBe(100);
  });

  test("and whose photo is not the one that was asked for gives none: it is asked again, then refused", async () => {
    const answers = ["abx", "abc", "abx", "abx", "abx"];
    const origin = await answering((request, response) => {
      expect(request.url).toBe(`/api/v1/photos/${sha256("abc")}`);
      response.writeHead(200, { "content-type": "image/jpeg" }).end(answers.shift());
    });
    expect(String(await client(origin).photo(sha256("abc")))).toBe("abc");
    await expect(client(origin).photo(sha256("abc"))).rejects.toMatchObject({
      code: "download-damaged",
      exit: 5,
    });
    expect(answers).toEqual([]);
  });

  test.each([
    ["sends the photo to another address", 201, true],
    ["redirects the upload", 307, true],
    ["redirects the upload at home", 307, false],
  ])("and %s gets no login there, and is not asked again", async (_what, status, elsewhere) => {
    const seen: string[] = [];
    const other = await answering((request, response) => {
      seen.push(String(request.headers.authorization));
      response.writeHead(204).end();
    });
    let asked = 0;
    const origin = await answering((request, response) => {
      asked += 1;
      request.resume();
      const location = elsewhere ? `${other}/api/v1/uploads/1` : "/lain";
      response.writeHead(status, { location, "tus-resumable": "1.0.0" }).end();
    });
    const folder = await mkdtemp(path.join(tmpdir(), "kominfo-client-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, "a.jpg");
    await writeFile(file, "abc");
    const memory = { get: () => undefined, set: async () => {}, remove: async () => {} };
    const photo = {
      path: file,
      bytes: 3,
      sha256: sha256("abc"),
      source_sha256: sha256("a"),
      filename: "a.jpg",
    };
    const error = await client(origin)
      .upload(photo, memory)
      .then(
        () => "sent",
        (thrown: unknown) => thrown,
      );
    expect(error).toMatchObject({ name: "KominfoError" });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
    expect({ seen, asked }).toEqual({ seen: [], asked: 1 });
  });
});

test("a photo comes over the connection that a question has opened", async () => {
  const connections = new Set<unknown>();
  const origin = await answering((request, response) => {
    connections.add(request.socket);
    if (request.url?.includes("/photos/"))
      response.writeHead(200, { "content-type": "image/jpeg" }).end("abc");
    else
      response.writeHead(200, { "content-type": "application/json" }).end('{"items":[],"next_cursor":null}');
  });
  const newsroom = client(origin);
  await newsroom.users();
  await newsroom.photo(sha256("abc"));
  expect(connections.size).toBe(1);
});

/** What `client` says of a photo that it is to send, and how many requests it sent. */
async function sending(bytes: Buffer, answer: (response: http.ServerResponse) => void) {
  let requests = 0;
  const origin = await answering((request, response) => {
    requests++;
    request.resume().on("end", () => answer(response));
  });
  const file = path.join(await photoFolder(), "foto.jpg");
  await writeFile(file, bytes);
  const hash = sha256(bytes);
  const photo = { path: file, bytes: bytes.length, sha256: hash, source_sha256: hash, filename: "foto.jpg" };
  const memory = { get: () => undefined, set: async () => {}, remove: async () => {} };
  const error = await client(origin)
    .upload(photo, memory)
    .catch((error: unknown) => error as KominfoError);
  return { error, requests: () => requests };
}

describe("a photo that the newsroom would refuse", () => {
  const refuse = (detail: string) => (response: http.ServerResponse) =>
    void response.writeHead(422, { "content-type": "application/problem+json" }).end(
      JSON.stringify({
        type: "urn:kominfo:problem:photo-invalid",
        title: "Bukan foto.",
        status: 422,
        detail,
      }),
    );

  test.each([
    ["jpeg, progressive and grey", 4001, 4000, { code: "photo-too-large", params: { megapixels: 16 } }],
    ["jpeg, grey", 8000, 6251, { code: "photo-too-large", params: { width: 8000, megapixels: 50 } }],
  ])("for its pixels is not sent at all: %s", async (kind, width, height, expected) => {
    const { error, requests } = await sending(await pictureOf(kind, width, height), refuse("unseen"));
    expect(error).toMatchObject(expected);
    expect(requests()).toBe(0);
  });

  test("for its bytes is not sent at all", async () => {
    const { error, requests } = await sending(Buffer.alloc(limits.photo_bytes + 1), refuse("unseen"));
    expect(error).toMatchObject({ code: "photo-file-too-large", params: { limit: limits.photo_bytes } });
    expect(requests()).toBe(0);
  });

  test.each(photoRefusals)(
    "with the reason %s is refused in one sentence and with what to do",
    async (reason) => {
      const { error, requests } = await sending(await pictureOf("jpeg", 20, 20), refuse(reason));
      expect(requests()).toBe(1);
      for (const language of languages) {
        const { message, hints } = explain(error as KominfoError, await loadMessages(language));
        expect(message).toMatch(/(redaksi|newsroom) .*\.$/);
        expect([message, ...hints].join()).not.toContain("photo-");
        expect(hints).toHaveLength(1);
      }
    },
  );

  test("with a reason that is not known is handed on as it is", async () => {
    const { error } = await sending(await pictureOf("jpeg", 20, 20), refuse("redacted"));
    expect(explain(error as KominfoError, await loadMessages("id"))).toMatchObject({
      message: "Ruang redaksi menolak: Bukan foto.",
      hints: ["redacted"],
    });
  });
});

describe("a newsroom that is older", () => {
  const described = (features: string[]) => ({
    ...{ name: "kominfo-newsroom", version: "0.1.0", minimum_client: "0.1.0", limits: {} },
    ...{ time: "2026-11-30T00:00:00.000Z", features },
  });
  const serving = (features: string[], status = 404) =>
    answering((request, response) => {
      const isDescription = request.url === "/api/v1/";
      const type = status === 404 ? "not-found" : "method-not-allowed";
      const problem = { type: `urn:kominfo:problem:${type}`, title: "Tidak ditemukan.", status };
      request.resume();
      response
        .writeHead(isDescription ? 200 : status, { "content-type": "application/json" })
        .end(JSON.stringify(isDescription ? described(features) : problem));
    });
  const address = { submission: "1", publication: "2" };
  const asked: [string, string, (newsroom: ReturnType<typeof client>) => Promise<unknown>][] = [
    ["renderings", "publishing", (newsroom) => newsroom.renderings("1")],
    ["publications", "publishing", (newsroom) => newsroom.publications({})],
    ["outlets", "publishing", (newsroom) => newsroom.outlets()],
    ["an attempt", "publishing", (newsroom) => newsroom.grantAttempt(address, { key: "k" })],
    ["a take-down", "take_down", (newsroom) => newsroom.askForTakeDown(address, { cause: "child" })],
    ["where a photo is out", "photo_publications", (newsroom) => newsroom.photoPublications("e".repeat(64))],
  ];

  test.each(asked)(
    "and is asked for %s is said to be older, not to lack the thing",
    async (_what, feature, ask) => {
      for (const status of [404, 405]) {
        const old = client(await serving(["hashtags"], status));
        await expect(ask(old)).rejects.toMatchObject({ code: "newsroom-outdated", exit: 1 });
      }
      const newer = client(await serving([feature]));
      const code = feature === "photo_publications" ? "photo-unknown-there" : "submission-not-found";
      await expect(ask(newer)).rejects.toMatchObject({ code, exit: 1 });
    },
  );

  test("and says so in a sentence with what to do", async () => {
    const error = await client(await serving([]))
      .renderings("1")
      .catch((caught: KominfoError) => caught);
    for (const language of languages) {
      const { message, hints } = explain(error as KominfoError, await loadMessages(language));
      expect(message).toMatch(/versi lama|older version/);
      expect(hints).toHaveLength(1);
    }
  });
});
