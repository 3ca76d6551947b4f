import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fault, type StandIn, startStandIn } from "./control-client.js";

let counter: StandIn;
beforeAll(async () => {
  counter = await startStandIn("counter.mjs");
});
beforeEach(() => counter.reset());
afterAll(() => counter?.stop());

const count = () => counter.control<number>("GET", "/count");
const add = () => fetch(`${counter.origin}/add?key=secret`, { method: "POST" });
/** The status, or why there is none. */
const attempt = () =>
  add().then(
    ({ status }) => status,
    (error: { cause?: { code?: string } }) => error.cause?.code,
  );

describe("the control of a stand-in", () => {
  it("lists the requests, with names of queries only", async () => {
    await add();
    expect(await counter.log()).toEqual([
      { n: 1, method: "POST", path: "/add", query: ["key"], status: 200, fault: null, effect: "added 1" },
    ]);
  });

  it.each<[Fault["do"], { status?: number }, number | string, number]>([
    ["cut-before", {}, "ECONNRESET", 1],
    ["cut-after", {}, "ECONNRESET", 2],
    ["answer-before", { status: 503 }, 503, 1],
    ["answer-after", { status: 500 }, 500, 2],
  ])("%s hits only the request that it names", async (what, more, result, effects) => {
    await counter.faults({ at: 2, do: what, ...more });
    expect([await attempt(), await attempt(), await attempt()]).toEqual([200, result, 200]);
    expect(await count()).toBe(effects + 1);
    expect((await counter.log()).map(({ fault }) => fault)).toEqual([null, what, null]);
    expect(await counter.pendingFaults()).toEqual([]);
  });

  it("refuses connections from the request that a fault names until the faults are taken away", async () => {
    await counter.faults({ at: 2, do: "refuse" });
    expect([await attempt(), await attempt(), await attempt()]).toEqual([
      200,
      "ECONNREFUSED",
      "ECONNREFUSED",
    ]);
    await counter.faults();
    expect([await attempt(), await count()]).toEqual([200, 2]);
  });

  it("hits the next requests with a method and a path, as often as the fault says", async () => {
    const page = { status: 503, type: "text/html", body: "<p>busy", headers: { "retry-after": "7" } };
    await counter.faults({ method: "POST", path: "/a*", times: 2, do: "answer-before", ...page });
    const [first, ...rest] = [await add(), await add(), await add()];
    expect([first?.status, first?.headers.get("retry-after"), await first?.text()]).toEqual([
      503,
      "7",
      "<p>busy",
    ]);
    expect(rest.map(({ status }) => status)).toEqual([503, 200]);
  });

  it.each(["hang-before", "hang-after"] as const)("%s never answers", async (what) => {
    await counter.faults({ at: 1, do: what });
    const leaving = new AbortController();
    const asked = fetch(`${counter.origin}/add`, { method: "POST", signal: leaving.signal });
    while ((await counter.pendingFaults()).length > 0);
    leaving.abort();
    await expect(asked).rejects.toThrow("aborted");
    expect(await count()).toBe(what === "hang-after" ? 1 : 0);
  });

  it.each(["kill-before", "kill-after"] as const)("%s ends the client, and nobody else", async (what) => {
    await counter.faults({ at: 1, do: what });
    const program = `await fetch(${JSON.stringify(`${counter.origin}/add`)}, { method: "POST" })`;
    const client = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
    const end = once(client, "exit");
    await counter.client(client.pid!);
    expect(await end).toEqual([null, "SIGKILL"]);
    expect(await count()).toBe(what === "kill-after" ? 1 : 0);
  });

  it("refuses a fault that can never happen", async () => {
    await expect(counter.faults({ do: "cut-after" })).rejects.toThrow("when does");
    await expect(counter.faults({ at: 1, do: "answer-after" })).rejects.toThrow("without a status");
  });
});
