import { on } from "node:events";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { as, jpeg, startNewsroom, type TestNewsroom, uploadPhoto } from "../support/newsroom.js";

let newsroom: TestNewsroom;
let token: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator");
});
afterAll(() => newsroom.remove());

/** Sends all of this at once. Returns what came until the newsroom ended the connection, or this one after `ms`. */
async function sendAtOnce(text: string, ms = 20_000): Promise<string> {
  const { hostname, port } = new URL(newsroom.url);
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

describe("a connection that brings requests before the one before is answered", () => {
  it("is ended, at any number of them, and others are served", async () => {
    const authorization = `authorization: Bearer ${token}`;
    for (const text of [get("/none"), get("/api/v1/me", authorization), get("/healthz")]) {
      const received = await sendAtOnce(text.repeat(5000));
      expect(received.match(/^HTTP/gm)?.length ?? 0).toBeLessThanOrEqual(1);
    }
    expect((await as(newsroom, token).get("/me")).status).toBe(200);
  });

  it("leaves nothing counted: uploads, bodies and logins go on", async () => {
    const login = `authorization: Bearer ${token}`;
    const stream = get("/api/v1/changes", login, "accept: text/event-stream");
    const post = (path: string, length: number, ...headers: string[]) =>
      `${[`POST ${path} HTTP/1.1`, `host: ${new URL(newsroom.url).host}`, `content-length: ${length}`, ...headers].join("\r\n")}\r\n\r\n${"a".repeat(length)}`;
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

it("a request that comes before the answer before it has ended is answered after that", async () => {
  // A client that has all bytes of a photo asks on, when the newsroom has yet to close the file.
  const sha256 = await uploadPhoto(newsroom, token, await jpeg(2));
  const photo = get(`/api/v1/photos/${sha256}`, `authorization: Bearer ${token}`);
  const received = await sendAtOnce(photo + get("/none", "connection: close"));
  expect(received.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 404"]);
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
