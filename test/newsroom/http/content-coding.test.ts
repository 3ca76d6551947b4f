import { once } from "node:events";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { boundAnswers } from "../../../src/newsroom/http/answers.js";
import { encodeAnswers, preferredCoding } from "../../../src/newsroom/http/content-coding.js";
import { answerProblem } from "../../../src/newsroom/http/problems.js";

describe("the coding that is preferred", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ["gzip", "gzip"],
    ["br;q=0.1", "br"],
    ["gzip, br", "br"],
    ["gzip;q=1.0, br;q=0.999", "gzip"],
    ["deflate, zstd", undefined],
    ["*", "br"],
    ["*;q=0", undefined],
    ["*;q=0, gzip", "gzip"],
    ["br;q=0, gzip;q=0, *", undefined],
    ["identity", undefined],
    ["identity;q=0.5, gzip;q=0.4", undefined],
    ["identity;q=0, br", "br"],
    [" GZIP ; q=0.8 ", "gzip"],
    ["gzip;q=2", undefined],
    ["gzip;quality=1", undefined],
  ])("of %j is %s", (header, coding) => {
    expect(preferredCoding(header)).toBe(coding);
  });
});

describe("a large answer", () => {
  const page = "Kegiatan berlangsung tertib. ".repeat(700_000);
  let app: FastifyInstance;
  let url: string;
  /** When the large answer was asked for. */
  let asked: Promise<void>;
  beforeEach(async () => {
    app = Fastify();
    app.setErrorHandler(answerProblem);
    boundAnswers(app);
    encodeAnswers(app);
    asked = new Promise((resolve) => {
      app.get("/", async (_request, reply) => {
        resolve();
        return reply.type("text/html; charset=utf-8").send(page);
      });
    });
    app.get("/small", async () => "a");
    url = await app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterEach(() => app.close());

  it("is compressed while others are answered", async () => {
    const large = fetch(url);
    await asked;
    const small = fetch(`${url}/small`);
    expect(await Promise.race([large.then(() => "large"), small.then(() => "small")])).toBe("small");
    expect((await (await large).text()) === page).toBe(true);
  });

  it("counts until its client has read it, as what it was before", async () => {
    const slow = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
    await once(slow, "connect");
    slow.write("GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    // Its first bytes are there, and the rest waits.
    await once(slow, "readable");
    expect((await fetch(url)).status).toBe(429);
    slow.resume();
    await once(slow, "close");
    const read = await fetch(url);
    expect([read.status, read.headers.get("content-encoding")]).toEqual([200, "gzip"]);
    await read.text();
  });
});

it("what is sent again and again is compressed once", async () => {
  const app = Fastify();
  encodeAnswers(app);
  const body = Buffer.from("Kegiatan berlangsung tertib. ".repeat(10_000));
  const sent: unknown[] = [];
  app.addHook("onSend", async (_request, _reply, payload) => void sent.push(payload));
  app.get("/", async (_request, reply) => reply.type("text/css").send(body));
  for (let n = 0; n < 2; n += 1) {
    const { rawPayload } = await app.inject({ url: "/", headers: { "accept-encoding": "gzip" } });
    expect(gunzipSync(rawPayload).equals(body)).toBe(true);
  }
  expect(sent[0]).toBe(sent[1]);
  await app.close();
});
