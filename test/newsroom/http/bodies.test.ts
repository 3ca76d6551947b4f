import { EventEmitter, once } from "node:events";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { describe, expect, it, test } from "vitest";
import { boundBodies } from "../../../src/newsroom/http/bodies.js";
import { createBudget } from "../../../src/newsroom/http/budget.js";
import { answerProblem } from "../../../src/newsroom/http/problems.js";
import { problem } from "../../../src/newsroom/services/problem.js";
import { as, startNewsroom } from "../support/newsroom.js";

describe("the budget of what requests hold in memory", () => {
  const visitor = (ip: string) => ({ ip }) as FastifyRequest;
  const person = (id: string) => ({ ip: "10.0.0.1", caller: { id } }) as FastifyRequest;
  const newReply = (isGone = false) => {
    const raw = Object.assign(new EventEmitter(), { destroyed: isGone, closed: isGone });
    return { reply: { raw } as unknown as FastifyReply, end: () => raw.emit("close") };
  };

  it("counts what one person holds until the answer is out or the client gone", () => {
    const accountOf = createBudget({ each: 10, visitors: 100 });
    const first = newReply();
    const take = accountOf(person("a"), first.reply);
    const takeMore = accountOf(person("a"), newReply().reply);
    expect([take(6), takeMore(4), takeMore(1)]).toEqual([true, true, false]);
    expect(accountOf(person("b"), newReply().reply)(10)).toBe(true);
    first.end();
    expect([takeMore(5), takeMore(1)]).toEqual([true, false]);
  });

  it("has room for the first of a person, however large", () => {
    const accountOf = createBudget({ each: 10, visitors: 100 });
    expect(accountOf(person("a"), newReply().reply)(50)).toBe(true);
    expect(accountOf(person("a"), newReply().reply)(1)).toBe(false);
  });

  it("does not count for a client that has gone before", () => {
    const accountOf = createBudget({ each: 10, visitors: 100 });
    for (let n = 0; n < 5; n += 1) expect(accountOf(person("a"), newReply(true).reply)(10)).toBe(true);
    expect(accountOf(person("a"), newReply().reply)(10)).toBe(true);
  });

  it("counts visitors by address, and all of them together", () => {
    const accountOf = createBudget({ each: 10, visitors: 15 });
    const take = (request: FastifyRequest, bytes: number) => accountOf(request, newReply().reply)(bytes);
    expect(take(visitor("10.0.0.1"), 10)).toBe(true);
    expect(take(visitor("10.0.0.1"), 1)).toBe(false);
    expect(take(visitor("10.0.0.2"), 5)).toBe(false);
    expect(take(person("a"), 10)).toBe(true);
  });
});

test("a request that is refused at its headers leaves no part of its body in memory", async () => {
  const app = Fastify();
  const bodies: Readable[] = [];
  boundBodies(app, 60_000);
  app.addHook("preParsing", async (_request, _reply, payload) => {
    bodies.push(payload as Readable);
    throw problem("too-many-requests");
  });
  app.post("/", async () => "");
  try {
    const body = JSON.stringify("a".repeat(500_000));
    const headers = { "content-type": "application/json" };
    await fetch(await app.listen({ port: 0 }), { method: "POST", body, headers });
    await expect.poll(() => bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
  } finally {
    // Those of fetch stay open.
    app.server.closeAllConnections();
    await app.close();
  }
});

test("a body of single bytes, each sent for itself, counts what its pieces take in memory", async () => {
  const app = Fastify();
  app.decorateRequest("caller", null);
  app.decorateRequest("visitor", null);
  boundBodies(app, 60_000);
  app.setErrorHandler(answerProblem);
  app.post("/", async () => "");
  const send = (pieces: number) => {
    const headers = { "content-type": "application/json", "content-length": String(pieces) };
    return app.inject({ method: "POST", url: "/", headers, payload: Readable.from(digits(pieces)) });
  };
  function* digits(count: number) {
    for (let n = 0; n < count; n += 1) yield Buffer.from("1");
  }
  expect((await send(60_000)).statusCode).toBe(200);
  expect((await send(70_000)).statusCode).toBe(429);
});

test("many large bodies that never end take no more memory than their budget, and keep out nobody with a login", async () => {
  const newsroom = await startNewsroom();
  const sockets: Socket[] = [];
  try {
    const { port } = new URL(newsroom.url);
    const [held, extra] = [16, 4];
    const head = [
      "POST /language HTTP/1.1",
      "host: localhost",
      "content-type: application/x-www-form-urlencoded",
      "content-length: 1040000",
    ];
    let refused = 0;
    for (let i = 0; i < held + extra; i += 1) {
      const socket = connect(Number(port), "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => {});
      socket.on("data", (chunk) => {
        if (/^HTTP\/1\.1 429 /.test(chunk.toString())) refused += 1;
      });
      await once(socket, "connect");
      socket.write(`${head.join("\r\n")}\r\n\r\n${"a".repeat(1_039_999)}`);
    }
    while (refused < extra) await pause(20);
    const operator = as(newsroom, await newsroom.token("operator"));
    await operator.submit();
    // Their bytes count until they are refused, so that a few more than necessary may be.
    expect(refused).toBeLessThan(held);
  } finally {
    for (const socket of sockets.splice(0)) socket.destroy();
    await newsroom.remove();
  }
});
