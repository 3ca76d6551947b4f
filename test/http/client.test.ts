import { once } from "node:events";
import http, { type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { createHttp } from "../../src/http/client.js";

async function answering(listener: RequestListener): Promise<string> {
  const server = http.createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const client = (origin: string, given: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  createHttp({
    origin,
    headers: { authorization: "Bearer rahasia" },
    signal: new AbortController().signal,
    ...given,
  });

it.each<[string, RequestListener]>([
  ["never answers", () => {}],
  ["stops in the middle of its answer", (_, response) => void response.writeHead(200).write("{")],
  [
    "drips",
    (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    },
  ],
])("a server that %s is slow, which is temporary, and is not asked again", async (_, listener) => {
  let asked = 0;
  const origin = await answering((request, response) => {
    asked++;
    listener(request, response);
  });
  const request = client(origin, { timeoutMs: 150 })({ method: "GET", path: "/a?rahasia=1" });
  await expect(request).rejects.toMatchObject({
    code: "server-slow",
    exit: 5,
    params: { origin, path: "/a" },
  });
  expect(asked).toBe(1);
});

it("a read goes on when the line breaks twice; a write is for its caller to repeat", async () => {
  let asked = 0;
  const origin = await answering((request, response) => {
    if (++asked <= 2) request.socket.destroy();
    else response.setHeader("content-type", "application/json").end("[1]");
  });
  expect(await client(origin)({ method: "GET", path: "/" })).toMatchObject({ status: 200, body: [1] });
  asked = 0;
  await expect(client(origin)({ method: "POST", path: "/", json: "{}" })).rejects.toMatchObject({
    code: "server-unreachable",
  });
  expect(asked).toBe(1);
});

it("no failure carries the login", async () => {
  const origin = await answering((request) => request.socket.destroy());
  const error: unknown = await client(origin)({ method: "POST", path: "/" }).catch(
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("rahasia");
});

it("an interruption while it waits is a cancellation", async () => {
  const controller = new AbortController();
  const origin = await answering(() => controller.abort());
  await expect(
    client(origin, { signal: controller.signal })({ method: "GET", path: "/" }),
  ).rejects.toMatchObject({
    code: "cancelled",
    exit: 130,
  });
});

it("sends its path nowhere but to its origin", async () => {
  const seen: (string | undefined)[] = [];
  const origin = await answering((request, response) => {
    seen.push(request.url);
    response.end();
  });
  for (const path of ["http://127.0.0.1:1/x", "//127.0.0.1:1/x"]) {
    await client(origin)({ method: "GET", path }).catch(() => {});
  }
  expect(seen).toHaveLength(2);
});
