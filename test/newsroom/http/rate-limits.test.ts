import { setTimeout as pause } from "node:timers/promises";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { isClientGone } from "../../../src/newsroom/http/closed.js";
import { delayRefusals, limitedKey } from "../../../src/newsroom/http/rate-limits.js";

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

describe("whoever is refused waits for it", () => {
  const ms = 50;
  let app: FastifyInstance;
  afterEach(() => app.close());

  /** A service that answers `/429` with 429 and so on. Returns what sends a request of this person, or of nobody. */
  async function start() {
    app = Fastify({ forceCloseConnections: true });
    app.decorateRequest("caller", null);
    app.decorateRequest("visitor", null);
    app.addHook("onRequest", async (request) => {
      const { person } = request.headers;
      Object.assign(request, { caller: person ? { id: person } : null });
    });
    delayRefusals(app, ms);
    app.get("/:status", (request, reply) => {
      reply.code(Number((request.params as { status: string }).status)).send();
    });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    return (status: number, person?: string, signal?: AbortSignal) =>
      fetch(`${url}/${status}`, { headers: person ? { person } : {}, ...(signal ? { signal } : {}) });
  }
  /** How many of these are still waited for when `first` has ended. */
  async function waitingAfter(first: Promise<unknown>, others: Promise<unknown>[]): Promise<number> {
    let waiting = others.length;
    const ended = others.map((other) => other.finally(() => (waiting -= 1)));
    await first;
    const left = waiting;
    await Promise.all(ended);
    return left;
  }

  it.each([401, 429, 413])(
    "%d: the longer, the more of theirs wait already, and nobody else's",
    async (status) => {
      const ask = await start();
      const many = Array.from({ length: 320 }, () => ask(status));
      const single = pause(ms).then(() => ask(status, "somebody"));
      expect(await waitingAfter(single, many)).toBeGreaterThan(30);
    },
  );

  it("200 and 404 do not wait", async () => {
    const ask = await start();
    const refused = [ask(429)];
    expect(await waitingAfter(Promise.all([ask(200), ask(404)]), refused)).toBe(1);
  });

  it("no longer counts those whose client has gone", async () => {
    const ask = await start();
    const leaving = new AbortController();
    const many = Array.from({ length: 320 }, () => ask(429, "somebody", leaving.signal).catch(() => {}));
    const others = Array.from({ length: 320 }, () => ask(429, "another"));
    await pause(ms);
    leaving.abort();
    await Promise.all(many);
    expect(await waitingAfter(ask(429, "somebody"), others)).toBeGreaterThan(30);
  });
});
