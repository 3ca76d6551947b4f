import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createTurns, type TurnLimits } from "../../../src/newsroom/uploads/turns.js";

/** Starts works like "siti 1" at once, and lets each end when told to. */
function startWorks(names: readonly string[], limits: TurnLimits = { perPerson: 10, inAll: 10 }) {
  const turns = createTurns(limits);
  const started: string[] = [];
  let end = () => {};
  const run = (name: string) =>
    turns.run(name.split(" ")[0]!, async () => {
      started.push(name);
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      return name;
    });
  const results = names.map((name) => run(name));
  for (const result of results) result.catch(() => {});
  const next = async () => {
    end();
    await setImmediate();
  };
  return { started, results, run, next };
}

describe("works that wait for their turn", () => {
  it("run one at a time", async () => {
    const { started, next } = startWorks(["siti 1", "budi 1"]);
    await setImmediate();
    expect(started).toEqual(["siti 1"]);
    await next();
    expect(started).toEqual(["siti 1", "budi 1"]);
  });

  it("serve everyone who waits before anyone a second time, and each person in their order", async () => {
    const { started, next } = startWorks([
      "siti 1",
      "siti 2",
      "siti 3",
      "siti 4",
      "budi 1",
      "budi 2",
      "ani 1",
    ]);
    for (let i = 0; i < 7; i++) await next();
    expect(started).toEqual(["siti 1", "siti 2", "budi 1", "ani 1", "siti 3", "budi 2", "siti 4"]);
  });

  it("return what each work returns, or throw what it throws, and go on", async () => {
    const turns = createTurns({ perPerson: 10, inAll: 10 });
    const failing = turns.run("siti", async () => {
      throw new Error("damaged");
    });
    const working = turns.run("siti", async () => "made");
    await expect(failing).rejects.toThrow("damaged");
    await expect(working).resolves.toBe("made");
  });

  it("are bounded by person: only the one who sends too many is refused", async () => {
    const names = ["siti 1", "siti 2", "siti 3", "siti 4", "budi 1"];
    const { results, started, next } = startWorks(names, { perPerson: 2, inAll: 10 });
    await expect(results[3]).rejects.toMatchObject({ problem: "too-many-requests" });
    for (let i = 0; i < 4; i++) await next();
    expect(started).toEqual(["siti 1", "siti 2", "budi 1", "siti 3"]);
  });

  it("are bounded in all, and a place becomes free with each that starts", async () => {
    const limits = { perPerson: 2, inAll: 2 };
    const { results, run, started, next } = startWorks(["siti 1", "budi 1", "ani 1", "dewi 1"], limits);
    await expect(results[3]).rejects.toMatchObject({ problem: "too-many-requests" });
    await next();
    run("dewi 2").catch(() => {});
    for (let i = 0; i < 3; i++) await next();
    expect(started).toEqual(["siti 1", "budi 1", "ani 1", "dewi 2"]);
  });
});
