import { once } from "node:events";
import { type ClientRequest, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import Fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerProblem } from "../../../src/newsroom/http/problems.js";
import { delayRefusals } from "../../../src/newsroom/http/rate-limits.js";
import { requestTurns } from "../../../src/newsroom/http/request-turns.js";
import type { Caller } from "../../../src/newsroom/services/caller.js";
import { problem } from "../../../src/newsroom/services/problem.js";

/** A service whose requests, named by their path, are worked on until told to end. */
function newService() {
  const app = Fastify();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  app.decorateRequest("caller", null);
  app.setErrorHandler(answerProblem);
  app.addHook("onRequest", async (request) => {
    const id = String(request.headers.from ?? "");
    if (id) request.caller = { id } as Caller as NonNullable<typeof request.caller>;
  });
  delayRefusals(app, 400);
  const takeTurn = requestTurns(app);
  app.addHook("preHandler", takeTurn);
  app.get("/refused/:name", async ({ params }) => {
    begun.push((params as { name: string }).name);
    throw problem("conflict");
  });
  app.get("/too-much/:name", async ({ params }) => {
    begun.push((params as { name: string }).name);
    throw problem("quota");
  });
  app.get("/long/:name", async (request) => {
    request.endTurn?.();
    return work((request.params as { name: string }).name);
  });
  app.get("/:name", async ({ params }) => work((params as { name: string }).name));
  const work = async (name: string) => {
    begun.push(name);
    await new Promise<void>((end) => ends.set(name, end));
    return name;
  };
  return { app, begun, end: (name: string) => ends.get(name)?.() };
}

describe("requests", () => {
  let service: ReturnType<typeof newService>;
  let port: number;
  beforeEach(async () => {
    service = newService();
    await service.app.listen({ host: "127.0.0.1", port: 0 });
    port = (service.app.server.address() as AddressInfo).port;
  });
  afterEach(() => service.app.close());

  /** Sends a request whose answer nobody needs. @param from the person, "" for a visitor */
  const get = (path: string, from: string): ClientRequest =>
    send({ host: "127.0.0.1", port, path, headers: { from }, agent: false })
      .on("response", (answer) => answer.resume())
      .on("error", () => {})
      .end();
  /** Waits until these have begun, and a little longer for others that should not. */
  const begin = async (...names: string[]) => {
    await expect.poll(() => service.begun).toEqual(names);
    await pause(50);
    expect(service.begun).toEqual(names);
  };

  it("of one person are worked on one at a time, those of others meanwhile", async () => {
    get("/siti1", "siti");
    await begin("siti1");
    get("/siti2", "siti");
    get("/budi1", "budi");
    await begin("siti1", "budi1");
    service.end("siti1");
    await begin("siti1", "budi1", "siti2");
    service.end("siti2");
    service.end("budi1");
  });

  it("leave others as much time as they took", async () => {
    get("/siti1", "siti");
    get("/siti2", "siti");
    await begin("siti1");
    get("/budi1", "budi");
    await begin("siti1", "budi1");
    await pause(450);
    service.end("budi1");
    service.end("siti1");
    await pause(100);
    expect(service.begun).toEqual(["siti1", "budi1"]);
    await begin("siti1", "budi1", "siti2");
    service.end("siti2");
  });

  it("of one person wait in a line of 64", async () => {
    get("/siti1", "siti");
    await begin("siti1");
    const refused: number[] = [];
    for (let n = 2; n <= 70; n += 1)
      get(`/siti${n}`, "siti").on("response", ({ statusCode }) => void refused.push(statusCode ?? 0));
    await expect.poll(() => refused).toEqual(Array.from({ length: 5 }, () => 429));
    for (let n = 1; n <= 65; n += 1) {
      await expect.poll(() => service.begun, { interval: 5 }).toHaveLength(n);
      service.end(service.begun.at(-1) ?? "");
    }
  });

  it("of whoever has not logged in do not wait for each other: an address may be an office", async () => {
    get("/one", "");
    get("/two", "");
    await expect.poll(() => [...service.begun].sort()).toEqual(["one", "two"]);
    service.end("one");
    service.end("two");
  });

  it("that are refused let the next one begin", async () => {
    for (const name of ["a", "b", "c"]) get(`/refused/${name}`, "siti");
    await expect.poll(() => [...service.begun].sort()).toEqual(["a", "b", "c"]);
  });

  it("that were too much let the next one begin when they are answered, which takes its time", async () => {
    get("/too-much/siti1", "siti");
    get("/siti2", "siti");
    await begin("siti1");
    await begin("siti1", "siti2");
    service.end("siti2");
  });

  it("that take minutes and have limits of their own end their turn before", async () => {
    get("/long/upload", "siti");
    await begin("upload");
    get("/siti1", "siti");
    await begin("upload", "siti1");
    service.end("siti1");
    service.end("upload");
  });

  it("whose client has gone keep their turn while they are worked on, and no longer", async () => {
    const left = get("/siti1", "siti");
    await begin("siti1");
    get("/siti2", "siti");
    await pause(50);
    left.destroy();
    await begin("siti1");
    service.end("siti1");
    await begin("siti1", "siti2");
    service.end("siti2");
  });

  it("whose client has gone while they waited are not worked on, and nobody waits for them", async () => {
    get("/siti1", "siti");
    await begin("siti1");
    const left = get("/siti2", "siti");
    await once(left, "finish");
    await pause(50);
    get("/siti3", "siti");
    await pause(50);
    left.destroy();
    await pause(50);
    service.end("siti1");
    await begin("siti1", "siti3");
    service.end("siti3");
  });
});
