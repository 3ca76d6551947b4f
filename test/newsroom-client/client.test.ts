import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { sha256 } from "../../src/files/hash.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";

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
