import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { s3Address } from "../../../src/newsroom/addresses.js";
import { type Objects, openObjects } from "../../../src/newsroom/blobs/objects.js";

// A store that has the bucket, and then says no more, or only what it is told to: what no real one does.
let server: Server;
let objects: Objects;
/** What was asked of the store, and its answer: a status, or none at all. */
const asked: string[] = [];
let status: number | undefined;
const patience = { connectionMs: 1000, questionMs: 1000, readMs: 1000, storeMs: 1000, silenceMs: 1000 };
beforeAll(async () => {
  server = createServer((request, response) => {
    if (/^\/foto\/?$/.test(request.url ?? "")) return response.end();
    asked.push(`${request.method} ${request.url}`);
    if (status !== undefined) response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  const address = s3Address(`s3://foto?endpoint=http://127.0.0.1:${port}`, keys)!;
  objects = await openObjects(address, patience);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const away = { name: "Outage", store: "blobs" };

describe("a store that does not answer", () => {
  it("is given up, whatever it was asked", async () => {
    const questions = [
      objects.has("a"),
      objects.get("a"),
      objects.remove("a"),
      objects.put("a", import.meta.filename),
    ];
    for (const outcome of await Promise.allSettled([
      ...questions,
      objects.list("a")[Symbol.asyncIterator]().next(),
    ]))
      expect(outcome).toMatchObject({ status: "rejected", reason: { ...away, isRepeated: false } });
  });

  it("is asked no more for a moment, by nobody", async () => {
    const before = asked.length;
    await expect(objects.get("b")).rejects.toMatchObject({ ...away, isRepeated: true });
    expect(asked.length).toBe(before);
  });

  it("is asked again soon, and then is back for all", async () => {
    status = 200;
    await vi.waitFor(() => objects.has("c"), { timeout: 10_000 });
    expect(await Promise.all([objects.has("d"), objects.has("e")])).toEqual([true, true]);
  });

  it("is another thing than an object that does not exist", async () => {
    status = 404;
    expect(await objects.has("f")).toBe(false);
    await objects.remove("f");
  });

  it("is as good as one that refuses all it is asked", async () => {
    status = 403;
    await expect(objects.has("g")).rejects.toMatchObject(away);
  });
});
