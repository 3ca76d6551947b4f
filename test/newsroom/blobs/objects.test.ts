import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { s3Address } from "../../../src/newsroom/addresses.js";
import { type Objects, openObjects } from "../../../src/newsroom/blobs/objects.js";

// A store that has the bucket, and then says no more: what no real one does when told to.
let server: Server;
let objects: Objects;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (/^\/foto\/?$/.test(request.url ?? "")) response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
  const address = s3Address(`s3://foto?endpoint=http://127.0.0.1:${port}`, keys)!;
  objects = await openObjects(address, { connectionMs: 100, questionMs: 100, answerMs: 100 });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("a store that does not answer is given up, within a transaction and elsewhere", async () => {
  await expect(objects.has("a")).rejects.toThrow();
  await expect(objects.get("a")).rejects.toThrow();
});
