import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isClientGone } from "../../../src/newsroom/http/closed.js";
import { delayRefusals, refusalPause } from "../../../src/newsroom/http/rate-limits.js";
import { limitedKey } from "../../../src/newsroom/http/requester.js";

it("a client that has gone before it is counted has no address, which is no failure of the service", () => {
  const gone = { ip: undefined, raw: { socket: { destroyed: true } } } as unknown as FastifyRequest;
  let error: unknown;
  try {
    limitedKey(gone);
  } catch (thrown) {
    error = thrown;
  }
  expect(isClientGone(error, gone)).toBe(true);
});

describe("a refusal waits", () => {
  it.each([
    [300, 0, 300],
    [300, 16, 300],
    [300, 32, 600],
    [300, 900, 16_875],
    [300, 5000, 20_000],
    [0, 5000, 0],
  ])("%d ms beside %d others: %d", (ms, others, pause) => {
    expect(refusalPause(ms, others)).toBe(pause);
  });
});

describe("a service", () => {
  let app: FastifyInstance;
  afterEach(async () => {
    vi.useRealTimers();
    await app.close();
  });

  /** Answers `/429` with 429 and so on; `/late/429` after the client has gone. The header `from` names the person. */
  function newService(ms: number) {
    app = Fastify({ forceCloseConnections: true });
    app.decorateRequest("caller", null);
    app.decorateRequest("visitor", null);
    app.addHook("onRequest", async (request) => {
      const { from } = request.headers;
      Object.assign(request, { caller: from ? { id: from } : null });
    });
    delayRefusals(app, ms);
    const statusOf = (request: FastifyRequest) => Number((request.params as { status: string }).status);
    app.get("/:status", (request, reply) => void reply.code(statusOf(request)).send());
    app.get("/late/:status", async (request, reply) => {
      await once(request.raw.socket, "close");
      reply.code(statusOf(request));
      return "";
    });
    return app;
  }

  it.each([401, 413, 429])("answers %d the later, the more of the same person's wait", async (status) => {
    const ms = 1000;
    newService(ms);
    await app.ready();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answered: Record<string, number> = {};
    const send = (from: string) =>
      void app
        .inject({ url: `/${status}`, headers: from ? { from } : {} })
        .then(() => (answered[from] = (answered[from] ?? 0) + 1));
    for (let n = 0; n < 64; n += 1) for (const from of ["", "siti"]) send(from);
    send("budi");
    await expect.poll(() => vi.getTimerCount()).toBe(64 * 2 + 1);
    await vi.advanceTimersByTimeAsync(ms);
    await expect.poll(() => answered).toEqual({ "": 17, siti: 17, budi: 1 });
    await vi.advanceTimersByTimeAsync(ms);
    await expect.poll(() => answered).toEqual({ "": 33, siti: 33, budi: 1 });
    await vi.advanceTimersByTimeAsync(2 * ms);
    await expect.poll(() => answered).toEqual({ "": 64, siti: 64, budi: 1 });
  });

  it("answers 200 and 404 at once", async () => {
    newService(60_000);
    for (const status of [200, 404]) {
      const answer = await app.inject(`/${status}`);
      expect(answer.statusCode).toBe(status);
    }
  });

  it.each([
    ["in the pause", "/429"],
    ["before", "/late/429"],
  ])("counts nobody whose client has gone %s", { timeout: 90_000 }, async (_, path) => {
    newService(1000);
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const leaving = new AbortController();
    let begun = 0;
    app.server.on("request", () => (begun += 1));
    const options = { headers: { from: "siti" }, signal: leaving.signal };
    const many = Array.from({ length: 320 }, () => fetch(url + path, options).catch(() => {}));
    await expect.poll(() => begun, { timeout: 30_000 }).toBe(320);
    leaving.abort();
    await Promise.all(many);
    const open = () => new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
    await expect.poll(open, { timeout: 30_000 }).toBe(0);
    // 20 s, if they were counted.
    const next = fetch(`${url}/429`, { headers: { from: "siti" } });
    expect(await Promise.race([next, pause(10_000)])).toHaveProperty("status", 429);
  });
});
