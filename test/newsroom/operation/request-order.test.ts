import { on } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemDocument } from "../../../src/contract/contract.js";
import { answerInTurn } from "../../../src/newsroom/operation/request-order.js";
import { as, jpeg, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
});
afterAll(async () => {
  // What lies unread in a connection hides its end; a stream finds it by its heartbeats.
  const heartbeats = setInterval(() => {
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 15_000);
  }, 500);
  await newsroom.remove();
  clearInterval(heartbeats);
});

/** Sends all of this at once. Returns what came until the service ended the connection, or this one after `ms`. */
async function sendAtOnce(text: string, ms = 20_000, url = newsroom.url): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.setEncoding("utf8").on("data", (part: string) => {
    received += part;
  });
  socket.on("error", () => {});
  const ended = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write(text);
  const timer = setTimeout(() => socket.destroy(), ms);
  await ended;
  clearTimeout(timer);
  return received;
}
const get = (path: string, ...headers: string[]) =>
  `${[`GET ${path} HTTP/1.1`, `host: ${new URL(newsroom.url).host}`, ...headers].join("\r\n")}\r\n\r\n`;

const post = (path: string, length: number, ...headers: string[]) =>
  `${[`POST ${path} HTTP/1.1`, `host: ${new URL(newsroom.url).host}`, `content-length: ${length}`, ...headers].join("\r\n")}\r\n\r\n${"a".repeat(length)}`;

describe("a connection that brings requests before the one before is answered", () => {
  it("is ended, at any number of them, and others are served", async () => {
    const authorization = `authorization: Bearer ${token}`;
    const stream = get("/api/v1/changes", authorization, "accept: text/event-stream");
    // Node itself would answer one without a host, and one that expects what nobody knows.
    const noHost = "GET /none HTTP/1.1\r\n\r\n";
    const expecting = get("/none", "expect: tamu");
    for (const [first, text] of [
      ["", get("/none")],
      ["", get("/api/v1/me", authorization)],
      ["", get("/healthz")],
      ["", noHost],
      [stream, noHost],
      ["", expecting],
      [stream, expecting],
    ] as const) {
      const received = await sendAtOnce(first + text.repeat(5000));
      expect(received.match(/^HTTP/gm)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    expect((await as(newsroom, token).get("/me")).status).toBe(200);
  });

  it("leaves nothing counted: uploads, bodies and logins go on", async () => {
    const login = `authorization: Bearer ${token}`;
    const stream = get("/api/v1/changes", login, "accept: text/event-stream");
    const json = post("/api/v1/photos/known", 1_000_000, login, "content-type: application/json");
    const form = post("/logout", 1_000_000, "content-type: application/x-www-form-urlencoded");
    const upload = post("/api/v1/uploads", 10, login, "tus-resumable: 1.0.0", "upload-length: 100");
    // The large ones are not read any further.
    for (const rest of [upload.repeat(8), json.repeat(17), form.repeat(70)])
      await sendAtOnce(stream + rest, 500);
    await pause(100);
    expect(await uploadPhoto(newsroom, token, await jpeg(1))).toBeTypeOf("string");
    expect((await as(newsroom, token).post("/photos/known", { sha256: [] })).status).toBe(200);
    const body = new URLSearchParams({ a: "a".repeat(200_000) });
    expect((await fetch(`${newsroom.url}/login`, { method: "POST", body })).status).not.toBe(429);
  });
});

it("what cannot be read is no part of the answer before it: the connection ends", async () => {
  const login = `authorization: Bearer ${token}`;
  const stream = get("/api/v1/changes", login, "accept: text/event-stream");
  expect(await sendAtOnce(`${stream}APA INI\r\n\r\n`)).not.toMatch(/HTTP\/1.1 400/);
  const [, answer = ""] = (await sendAtOnce("APA INI\r\n\r\n")).split("\r\n\r\n");
  expect(problemDocument.parse(JSON.parse(answer))).toMatchObject({ status: 400 });
});

it("a request that comes before the answer before it has ended is answered after that", async () => {
  // A client that has all bytes of a photo asks on, when the newsroom has yet to close the file.
  const sha256 = await uploadPhoto(newsroom, token, await jpeg(2));
  const photo = get(`/api/v1/photos/${sha256}`, `authorization: Bearer ${token}`);
  const received = await sendAtOnce(photo + get("/none", "connection: close"));
  expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 404"]);
});

describe("Node's parser", () => {
  /** Sends this to a service of which the first answer lasts. Returns what came, and how many requests Node told of. */
  async function parse(text: string): Promise<{ received: string; told: number }> {
    const server = createServer((_request, response) => void setTimeout(() => response.end(), 200));
    answerInTurn(server);
    let told = 0;
    for (const event of ["request", "checkExpectation"]) server.on(event, () => (told += 1));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const received = await sendAtOnce(text, 2000, `http://127.0.0.1:${port}`);
    await new Promise((resolve) => server.close(resolve));
    return { received, told };
  }

  it.each([
    ["plain", () => get("/a")],
    ["with an expectation", () => get("/a", "expect: tamu")],
  ])("is stopped at the second request that comes early: %s", async (_, text) => {
    expect((await parse(get("/") + text().repeat(3000))).told).toBe(2);
  });

  it("is stopped at a body in chunks, which is refused", async () => {
    const chunked = post("/a", 0, "transfer-encoding: chunked").replace("content-length: 0\r\n", "");
    const { received, told } = await parse(chunked + "1\r\n \r\n".repeat(10_000));
    expect(received.split("\r\n").slice(0, 2)).toEqual(["HTTP/1.1 411 Length Required", "Connection: close"]);
    expect(told).toBe(0);
    const early = await parse(get("/") + chunked + "1\r\n \r\n".repeat(10_000));
    expect(early).toEqual({ received: "", told: 1 });
  });
});

it("of a body that nobody takes, only the beginning is read", async () => {
  const requests: IncomingMessage[] = [];
  const server = createServer((request) => void requests.push(request));
  answerInTurn(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").setNoDelay(true);
  socket.write(post("/", 0).replace("content-length: 0", "content-length: 900000"));
  for (let n = 0; n < 100; n += 1) {
    socket.write("a".repeat(50));
    await pause(2);
  }
  expect(requests[0]?.readableLength).toBeGreaterThan(0);
  expect(requests[0]?.readableLength).toBeLessThan(2500);
  socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("requests one after the other on one connection are all answered", async () => {
  const { hostname, port } = new URL(newsroom.url);
  const socket = connect(Number(port), hostname);
  const answers = on(socket, "data", { close: ["close"] });
  for (let n = 0; n < 300; n += 1) {
    socket.write(get("/healthz"));
    const { value } = await answers.next();
    expect(String(value)).toMatch(/^HTTP\/1.1 200/);
  }
  socket.destroy();
});
