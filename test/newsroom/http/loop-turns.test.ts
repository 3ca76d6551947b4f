import { describe, expect, it } from "vitest";
import { createLoopTurns } from "../../../src/newsroom/http/loop-turns.js";

describe("requests that come at once", () => {
  it("work one per turn of the event loop, and each person has a turn before anyone has a second", async () => {
    const takeTurn = createLoopTurns();
    const log: string[] = [];
    const work = (who: string) => takeTurn(who).then(() => log.push(who));
    const all = [work("a"), work("a"), work("a"), work("b"), work("c")];
    let isOver = false;
    const turn = () => {
      log.push("turn");
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(all);
    isOver = true;
    expect(log.filter((entry) => entry !== "turn").join("")).toBe("abcaa");
    expect(log.join(" ")).not.toMatch(/[abc] [abc]/);
  });

  it("go before those of who had a turn just now, though they have waited longer", async () => {
    const takeTurn = createLoopTurns();
    const log: string[] = [];
    const work = (who: string) => takeTurn(who).then(() => log.push(who));
    await work("b");
    const busy = [work("a"), work("a"), work("a")];
    await busy[0];
    await Promise.all([...busy, work("b")]);
    expect(log.join("")).toBe("babaa");
  });

  it("of persons nobody has seen yet do not go before who waits already, however many they are", async () => {
    const takeTurn = createLoopTurns();
    let turns = 0;
    let isOver = false;
    const strangers = async (from: number) => {
      for (let n = from; !isOver; n += 2) {
        await takeTurn(`stranger ${n}`);
        turns += 1;
      }
    };
    await takeTurn("a");
    const flood = [strangers(0), strangers(1)];
    while (turns < 10) await new Promise(setImmediate);
    const before = turns;
    await takeTurn("a");
    expect(turns - before).toBeLessThanOrEqual(2);
    isOver = true;
    await Promise.all(flood);
  });
});
