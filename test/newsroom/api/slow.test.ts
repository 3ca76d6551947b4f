import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { apiPath } from "../../../src/contract/contract.js";
import type { Endpoint } from "../../../src/contract/endpoints/endpoint.js";
import { everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import { urlOf } from "../support/api.js";
import { dial, head } from "../support/dial.js";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";

/*
 * Clients that send their requests slowly, over sockets of their own. The limits are short here; none of the tests
 * depends on how short. Where a limit is missing, a test waits until it is cut by the runner.
 */
const most = 12;
let newsroom: TestNewsroom;
let token: string;
beforeAll(async () => {
  const rates = { token_per_minute: 10_000, activations_per_minute: 1000 };
  const limits = { max: most, headersMs: 400, bodyMs: 400 };
  newsroom = await startNewsroom(rates, undefined, limits);
  token = await newsroom.token("admin");
});
afterAll(() => newsroom.remove());

const held: Socket[] = [];
afterEach(async () => {
  for (const socket of held.splice(0)) socket.destroy();
});

/** One that the newsroom does not end by itself. */
async function hold() {
  const client = await dial(newsroom);
  held.push(client.socket);
  return client;
}

const login = () => ({ authorization: `Bearer ${token}` });
const json = { "content-type": "application/json", "content-length": "2000" };

/** Sends the head and then a byte now and then, until the newsroom ends the connection. Returns the answer. */
async function trickle(request: string): Promise<string> {
  const client = await dial(newsroom);
  client.socket.write(request);
  const drip = setInterval(() => client.socket.write(" "), 50);
  await client.ended;
  clearInterval(drip);
  return client.text;
}

const ids = {
  id: "0193b3a0-0000-7000-8000-000000000000",
  publication: "0193b3a0-0000-7000-8000-000000000001",
};
const params = { ...ids, kecamatan: "32.16.07", slug: "panen", sha256: "a".repeat(64), number: "1" };
const withBody = everyEndpoint.filter(([, endpoint]: readonly [string, Endpoint]) => endpoint.body);

describe.concurrent("a body that does not arrive in time", () => {
  test.each(withBody)("ends with 408: %s", async (_, endpoint) => {
    const answer = await trickle(
      head(endpoint.method, apiPath + urlOf(endpoint, params), { ...json, ...login() }),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(answer).toContain("urn:kominfo:problem:request-timeout");
  });

  test.each([
    ["a form of the desk", "/login", "application/x-www-form-urlencoded"],
    ["a browser's report", "/csp", "application/csp-report"],
    ["what claims to be an upload and is none", `${apiPath}/submissions`, "application/json"],
  ])("ends: %s", async (_, path, type) => {
    const answer = await trickle(head("POST", path, { ...login(), ...json, "content-type": type }));
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  test("ends the connection of who was refused before: 401 first, then nothing", async () => {
    const answer = await trickle(head("POST", `${apiPath}/submissions`, json));
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
});

test("a request that comes whole after a refused one is answered on the same connection", async () => {
  const client = await hold();
  const body = " ".repeat(300_000);
  client.socket.write(
    head("POST", `${apiPath}/submissions`, { ...json, "content-length": String(body.length) }) + body,
  );
  client.socket.write(head("GET", "/healthz", {}));
  while (!/HTTP\/1\.1 200 /.test(client.text)) await pause(10);
  expect(client.text).toMatch(/^HTTP\/1\.1 401 /);
});

test("an upload has longer", async () => {
  const client = await hold();
  const metadata = Object.entries({ sha256: "b".repeat(64), filename: "a.jpg", type: "image/jpeg" })
    .map(([name, value]) => `${name} ${btoa(value)}`)
    .join(",");
  const headers = {
    ...login(),
    "tus-resumable": "1.0.0",
    "upload-length": "12",
    "upload-metadata": metadata,
    "content-type": "application/offset+octet-stream",
    "content-length": "12",
  };
  client.socket.write(head("POST", `${apiPath}/uploads`, headers));
  // Three times as long as a form may take.
  for (let sent = 0; sent < 12; sent++) {
    await pause(100);
    client.socket.write("x");
  }
  while (client.text === "") await pause(10);
  // Whole, and no photo.
  expect(client.text).toMatch(/^HTTP\/1\.1 422 /);
});

describe("as many slow connections as the newsroom holds", () => {
  test.each([
    ["that send nothing", ""],
    ["that send their headers slowly", "GET / HTTP/1.1\r\nhost: "],
    ["that expect what nobody knows", head("POST", "/language", { ...json, expect: "tamu" })],
    ["that send a body slowly", head("POST", `${apiPath}/activations`, json)],
  ])("%s let others in again, by themselves", async (_, beginning) => {
    const slow = await Promise.all(Array.from({ length: most * 2 }, hold));
    for (const { socket } of slow) if (beginning) socket.write(beginning);
    const drip = setInterval(() => {
      if (beginning) for (const { socket } of slow) if (socket.writable) socket.write("x");
    }, 50);
    await Promise.all(slow.map(({ ended }) => ended));
    clearInterval(drip);
    expect((await fetch(`${newsroom.url}/healthz`)).status).toBe(200);
  });
});
