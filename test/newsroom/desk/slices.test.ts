import { describe, expect, it } from "vitest";
import { createSlicer } from "../../../src/newsroom/desk/pages/slices.js";

/** Takes longer than a slice. */
function work(): void {
  const end = performance.now() + 15;
  while (performance.now() < end);
}

function* page(name: string, log: string[]): Generator<unknown, string> {
  for (let step = 1; step <= 3; step += 1) {
    yield;
    work();
    log.push(`${name}${step}`);
  }
  return name;
}

describe("a page that takes long to render", () => {
  it("lets the event loop turn between its slices", async () => {
    const log: string[] = [];
    const turn = () => {
      log.push("turn");
      if (log.length < 20) setImmediate(turn);
    };
    setImmediate(turn);
    expect(await createSlicer()(page("a", log))).toBe("a");
    expect(log.join(" ")).toMatch(/a1 (turn )+a2 (turn )+a3/);
  });

  it("takes turns with others: the event loop turns between the slices of two pages, too", async () => {
    const log: string[] = [];
    const run = createSlicer();
    const turn = () => {
      log.push("turn");
      if (log.length < 40) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all([run(page("a", log)), run(page("b", log))]);
    expect(log.join(" ")).not.toMatch(/[ab]\d [ab]\d/);
    expect(log.indexOf("b1")).toBeLessThan(log.indexOf("a3"));
  });

  it("gives a generator what it yields: values, promises, other generators, and their errors", async () => {
    function* inner(): Generator<unknown, unknown, unknown> {
      return yield 2;
    }
    function* outer(): Generator<unknown, unknown, unknown> {
      const seen: unknown[] = [yield 1, yield inner(), yield Promise.resolve(3)];
      try {
        yield Promise.reject(new Error("4"));
      } catch (error) {
        seen.push((error as Error).message);
      }
      return seen;
    }
    expect(await createSlicer()(outer())).toEqual([1, 2, 3, "4"]);
  });
});
