import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sha256 } from "../../../src/files/hash.js";
import { dial, head } from "../support/dial.js";
import { as, content, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

// One line for each request, whatever becomes of it, and none that stays counted as open.

let newsroom: TestNewsroom;
let token: string;
let freeSpace = async () => 1;
let login: { authorization: string };
/** Of a photo that does not fit into the buffers of a connection. */
let large: string;
beforeAll(async () => {
  newsroom = await startNewsroom(undefined, () => freeSpace());
  token = await newsroom.token("operator");
  login = { authorization: `Bearer ${token}` };
  const raw = { width: 2400, height: 2400, channels: 3 } as const;
  const bytes = await sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .jpeg({ quality: 98 })
    .toBuffer();
  large = await uploadPhoto(newsroom, token, { bytes, hash: sha256(bytes) });
});
afterAll(() => newsroom.remove());
beforeEach(async () => {
  freeSpace = async () => 1;
  await noneOpen();
  newsroom.log.length = 0;
});

type Line = Record<string, unknown>;
const told = (): Line[] =>
  newsroom.log
    .map((line): Line => JSON.parse(line))
    .filter(({ route }) => route !== "/metrics")
    .map(({ level: _level, time: _time, request_id: _id, ms: _ms, ...rest }) => rest);
const lines = (...expected: Line[]) => vi.waitFor(() => expect(told()).toEqual(expected), 5000);
/** Open requests by route, without the one that asks. */
async function open(): Promise<Record<string, number>> {
  const text = await (await fetch(`${newsroom.url}/metrics`)).text();
  const found = text.matchAll(/^kominfo_http_requests_open\{route="(.*)"\} ([1-9]\d*)$/gm);
  return Object.fromEntries(
    [...found].map(([, route, n]) => [route, Number(n)]).filter(([r]) => r !== "/metrics"),
  );
}
const untilOpen = (route: string) =>
  vi.waitFor(async () => expect(await open()).toHaveProperty([route]), 5000);
const noneOpen = () => vi.waitFor(async () => expect(await open()).toEqual({}), 5000);

const body = () => JSON.stringify({ content: content() });
const json = (length: number) => ({
  ...login,
  "content-type": "application/json",
  "content-length": `${length}`,
});
const upload = () => ({ ...login, "tus-resumable": "1.0.0" });

/** Requests whose client goes away: what it sends, and the route that is open until then. */
const cuts: Record<
  string,
  { text: () => string; method: string; route: string; ready?: () => Promise<unknown> }
> = {
  "before its body is whole": {
    text: () => head("POST", "/api/v1/submissions", json(body().length)) + body().slice(0, 20),
    method: "POST",
    route: "/api/v1/submissions",
  },
  "among the bytes of a photo that it sends": {
    text: () =>
      head("POST", "/api/v1/uploads", {
        ...upload(),
        "content-type": "application/offset+octet-stream",
        "content-length": "2000",
        "upload-length": "2000",
        "upload-metadata": `sha256 ${btoa("a".repeat(64))},filename ${btoa("a.jpg")},type ${btoa("image/jpeg")}`,
      }) + "a".repeat(500),
    method: "POST",
    route: "/api/v1/uploads",
  },
  "among the bytes of a photo that it reads": {
    text: () => head("GET", `/api/v1/photos/${large}`, login),
    method: "GET",
    route: "/api/v1/photos/:sha256",
  },
  "while it follows the changes": {
    text: () => head("GET", "/api/v1/changes", { ...login, accept: "text/event-stream" }),
    method: "GET",
    route: "/api/v1/changes",
  },
};

describe.each(["end", "reset"] as const)("a request whose client goes away (%s)", (ending) => {
  const leave = (socket: Socket) => (ending === "end" ? socket.destroy() : socket.resetAndDestroy());

  it.each(Object.entries(cuts))(
    "%s has one line, and is open no more",
    async (_, { text, method, route }) => {
      const { hostname, port } = new URL(newsroom.url);
      // Takes only as much as fits into its buffers.
      const socket = connect(Number(port), hostname).on("error", () => {});
      socket.write(text());
      await untilOpen(route);
      leave(socket);
      await lines({ method, route, cut: true, event: "request" });
      await noneOpen();
    },
  );

  it("while it waits for its turn has one line, and is open no more", async () => {
    // The first has its turn until the disk has answered.
    let answer = (_free: number) => {};
    freeSpace = () => new Promise((resolve) => (answer = resolve));
    const first = as(newsroom, token).post("/uploads", undefined, { "tus-resumable": "1.0.0" });
    await untilOpen("/api/v1/uploads");
    const waiting = await dial(newsroom);
    waiting.socket.write(head("GET", "/api/v1/me", login));
    await untilOpen("/api/v1/me");
    leave(waiting.socket);
    await lines({ method: "GET", route: "/api/v1/me", cut: true, event: "request" });
    expect(await open()).toEqual({ "/api/v1/uploads": 1 });
    answer(1);
    expect((await first).status).toBe(400);
  });
});

it("a request that is answered has one line with its status", async () => {
  await as(newsroom, token).get("/me");
  await as(newsroom, token).get(`/photos/${large}`);
  await as(newsroom, token).get(`/photos/${large}`, { range: "bytes=0-9" });
  await as(newsroom, token).get(`/photos/${large}`, { "if-none-match": `"${large}"` });
  await fetch(`${newsroom.url}/api/v1/photos/${large}`, { method: "HEAD", headers: login });
  const photo = { method: "GET", route: "/api/v1/photos/:sha256", event: "request" };
  await lines(
    { method: "GET", route: "/api/v1/me", status: 200, event: "request" },
    { ...photo, status: 200 },
    { ...photo, status: 206 },
    { ...photo, status: 304 },
    { ...photo, method: "HEAD", status: 200 },
  );
});

it("a stream that ends because the service stops has one line with its status", async () => {
  const stream = await dial(newsroom);
  stream.socket.write(head("GET", "/api/v1/changes", { ...login, accept: "text/event-stream" }));
  await vi.waitFor(() => expect(stream.text).toContain("retry:"));
  await newsroom.restart();
  expect(told()).toContainEqual({ method: "GET", route: "/api/v1/changes", status: 200, event: "request" });
});

it.each([
  [
    "names an address that is none",
    "GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n",
    { method: "GET", route: "unknown", status: 400, event: "request" },
  ],
  [
    "names an address that nobody serves",
    "GET /api/v1/none HTTP/1.1\r\nhost: localhost\r\n\r\n",
    { method: "GET", route: "unknown", status: 404, event: "request" },
  ],
  ["is not HTTP", "HALO\r\n\r\n", { reason: "HPE_INVALID_METHOD", event: "request refused" }],
  [
    "has too many headers",
    `GET / HTTP/1.1\r\nhost: localhost\r\na: ${"a".repeat(40_000)}\r\n\r\n`,
    { reason: "HPE_HEADER_OVERFLOW", event: "request refused" },
  ],
  [
    "comes in chunks",
    "POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n",
    { reason: "chunked", event: "request refused" },
  ],
  [
    "expects what nobody knows",
    "GET / HTTP/1.1\r\nhost: localhost\r\nexpect: tamu\r\n\r\n",
    { reason: "expectation", event: "request refused" },
  ],
] as const)("a request that %s has one line", async (_, text, line) => {
  const client = await dial(newsroom);
  client.socket.write(text);
  await lines(line);
  client.socket.destroy();
  await noneOpen();
  expect(told()).toHaveLength(1);
});
