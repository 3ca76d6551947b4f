import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createTurns, type TurnOptions } from "../../../src/newsroom/http/turns.js";

/** Starts works like "siti 1" at once, and lets each end when told to. */
function startWorks(names: readonly string[], options: TurnOptions = {}) {
  const turns = createTurns(options);
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const run = (name: string) =>
    turns.run(name.split(" ")[0]!, async () => {
      started.push(name);
      await new Promise<void>((end) => ends.push(end));
      return name;
    });
  const results = names.map((name) => run(name));
  for (const result of results) result.catch(() => {});
  const next = async () => {
    await setImmediate();
    ends.shift()?.();
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
    const names = ["siti 1", "siti 2", "siti 3", "siti 4", "budi 1", "budi 2", "ani 1"];
    const { started, next } = startWorks(names);
    for (let i = 0; i < 7; i++) await next();
    expect(started).toEqual(["siti 1", "budi 1", "ani 1", "siti 2", "budi 2", "siti 3", "siti 4"]);
  });

  it("go before those of who had a turn just now, though they have waited longer", async () => {
    const { started, run, next } = startWorks(["budi 1"]);
    await next();
    for (const name of ["siti 1", "siti 2", "siti 3"]) void run(name);
    await setImmediate();
    void run("budi 2");
    for (let i = 0; i < 3; i++) await next();
    expect(started).toEqual(["budi 1", "siti 1", "budi 2", "siti 2", "siti 3"]);
  });

  it("of persons nobody has seen yet do not go before who waits already, however many they are", async () => {
    const { started, run, next } = startWorks(["budi 1", "stranger1 1", "stranger2 1"]);
    await next();
    void run("budi 2");
    for (let n = 3; !started.includes("budi 2") && n < 20; n++) {
      void run(`stranger${n} 1`);
      await next();
    }
    expect(started).toEqual(["budi 1", "stranger1 1", "stranger2 1", "budi 2"]);
  });

  it("return what each work returns, or throw what it throws, and go on", async () => {
    const turns = createTurns();
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
    expect(started).toEqual(["siti 1", "budi 1", "siti 2", "siti 3"]);
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

describe("works of several persons at once", () => {
  it("are one of each person", async () => {
    const { started, next } = startWorks(["siti 1", "siti 2", "siti 3", "budi 1"], { atOnce: Infinity });
    await setImmediate();
    expect(started).toEqual(["siti 1", "budi 1"]);
    await next();
    expect(started).toEqual(["siti 1", "budi 1", "siti 2"]);
    await next();
    await next();
    expect(started).toEqual(["siti 1", "budi 1", "siti 2", "siti 3"]);
  });

  it("are no more than may be", async () => {
    const { started, next } = startWorks(["siti 1", "budi 1", "ani 1", "siti 2"], { atOnce: 2 });
    await setImmediate();
    expect(started).toEqual(["siti 1", "budi 1"]);
    await next();
    expect(started).toEqual(["siti 1", "budi 1", "ani 1"]);
    await next();
    expect(started).toEqual(["siti 1", "budi 1", "ani 1", "siti 2"]);
  });
});

it("turns that are chosen by turns of the event loop have one each, and go to who came before the choice", async () => {
  const turns = createTurns({ schedule: globalThis.setImmediate });
  const log: string[] = [];
  const work = (who: string) => turns.run(who, async () => void log.push(who));
  const all = [work("a"), work("a"), work("a"), work("b"), work("c")];
  let isOver = false;
  const turn = () => {
    log.push("turn");
    if (!isOver) globalThis.setImmediate(turn);
  };
  globalThis.setImmediate(turn);
  await Promise.all(all);
  isOver = true;
  expect(log.filter((entry) => entry !== "turn").join("")).toBe("abcaa");
  expect(log.join(" ")).not.toMatch(/[abc] [abc]/);
});
