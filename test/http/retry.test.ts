import { describe, expect, it } from "vitest";
import { failed, temporary } from "../../src/errors/errors.js";
import { limitRate } from "../../src/http/rate.js";
import {
  backoffMs,
  createConnection,
  persist,
  type RetryPolicy,
  retryAfterMs,
} from "../../src/http/retry.js";

const quick: RetryPolicy = { tries: 3, maxTries: 10, firstWaitMs: 1, maxWaitMs: 4 };
const slow = () => temporary("server-slow", { origin: "o", path: "p", reason: "r" });
const busy = (wait: string) => temporary("server-busy", { origin: "o", wait });

async function countTries(
  failures: readonly Error[],
  changes: object = {},
): Promise<{ tries: number; end: unknown }> {
  const left = [...failures];
  let tries = 0;
  const work = async () => {
    tries++;
    const failure = left.shift();
    if (failure) throw failure;
    return "done";
  };
  const { signal } = new AbortController();
  const end = await persist(work, { signal, policy: quick, ...changes }).catch((error: unknown) => error);
  return { tries, end };
}

describe("retrying", () => {
  it("waits twice as long each time, up to a limit, half of it at random", () => {
    const policy = { ...quick, firstWaitMs: 500, maxWaitMs: 4000 };
    expect([1, 2, 3, 4, 5, 60].map((n) => backoffMs(n, policy, 0))).toEqual([
      250, 500, 1000, 2000, 2000, 2000,
    ]);
    expect(backoffMs(2, policy, 0.999)).toBe(1000);
  });

  it("ends when the work succeeds, or after the last try", async () => {
    expect(await countTries([slow(), slow()])).toEqual({ tries: 3, end: "done" });
    expect(await countTries([slow(), slow(), slow(), slow()])).toMatchObject({
      tries: 3,
      end: { code: "server-slow" },
    });
  });

  it("tells before each wait which try comes next, of how many without progress", async () => {
    const told: unknown[] = [];
    const onWait = (error: Error, _ms: number, tries: unknown) => told.push([error.message, tries]);
    await countTries([slow(), slow(), slow()], { onWait });
    expect(told).toEqual([2, 3].map((next) => ["server-slow", { next, of: 3 }]));
  });

  it("does not repeat a permanent failure", async () => {
    const refused = failed("newsroom-refused", { title: "", details: [] });
    expect(await countTries([refused])).toMatchObject({ tries: 1, end: { code: "newsroom-refused" } });
    const bug = new TypeError("bug");
    expect(await countTries([bug])).toEqual({ tries: 1, end: bug });
  });

  it("starts counting again after each progress, up to a limit", async () => {
    let bytes = 0;
    const progress = () => bytes++;
    const failures = Array.from({ length: 30 }, slow);
    expect(await countTries(failures, { progress })).toMatchObject({ tries: quick.maxTries });
  });

  it("ends on Ctrl-C, also in the middle of a wait", async () => {
    const controller = new AbortController();
    const policy = { ...quick, firstWaitMs: 60_000, maxWaitMs: 60_000 };
    const onWait = () => controller.abort();
    const end = countTries([slow()], { signal: controller.signal, policy, onWait });
    expect(await end).toMatchObject({ tries: 1, end: { code: "cancelled", exit: 130 } });
  });
});

describe("Retry-After", () => {
  it.each([
    ["3", 3000],
    ["0", 0],
    ["Tue, 24 Nov 2026 03:00:05 GMT", 5000],
    ["Tue, 24 Nov 2026 02:00:00 GMT", 0],
    ["soon", undefined],
    ["-1", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j ms", (header, expected) => {
    expect(retryAfterMs(header, Date.parse("2026-11-24T03:00:00Z"))).toBe(expected);
  });

  it("pauses every request on the connection", async () => {
    const clock = { now: 0 };
    const connection = createConnection(() => clock.now);
    const waits: number[] = [];
    await countTries([busy("0")], { connection, onWait: (_: unknown, ms: number) => waits.push(ms) });
    connection.pause(50);
    let isClear = false;
    const clear = connection.clear(new AbortController().signal).then(() => {
      isClear = true;
    });
    expect(isClear).toBe(false);
    clock.now = 60;
    await clear;
    expect(isClear).toBe(true);
  });

  it("that is longer than a person waits ends the run", async () => {
    expect(await countTries([busy("86400")])).toMatchObject({ tries: 1, end: { code: "server-busy" } });
  });
});

describe("a limited rate", () => {
  it("lets this many bytes pass per second, however many callers ask", async () => {
    const clock = { now: 0 };
    const limit = limitRate(1_000_000, () => clock.now);
    const { signal } = new AbortController();
    const started = performance.now();
    await limit.take(20_000, signal);
    await Promise.all([limit.take(20_000, signal), limit.take(20_000, signal), limit.take(1, signal)]);
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
    expect(limit.slice).toBe(65_536);
    expect(limitRate(50_000).slice).toBe(5000);
  });
});
