import { describe, expect, it } from "vitest";
import { choiceKeys, choiceOf, hiddenLines, pageSizeFor } from "../../../src/terminal/prompts/choice-list.js";

const names = ["a", "b", "c\n  c", "d", "e", "f", "g", "h"];
const list = { names, pageSize: 5 };

describe("what of a list is not on the screen", () => {
  it.each([
    ["the first", 0, { above: 0, below: 4 }],
    ["the second", 1, { above: 0, below: 4 }],
    ["one in the middle", 4, { above: 3, below: 1 }],
    ["the last", 7, { above: 4, below: 0 }],
  ])("is counted in lines at %s", (_which, active, hidden) => {
    expect(hiddenLines(list, active)).toEqual(hidden);
  });

  it("is nothing where all of it fits", () => {
    expect(hiddenLines({ names, pageSize: 9 }, 0)).toEqual({ above: 0, below: 0 });
  });

  it("depends on the terminal's height, and some of it is always seen", () => {
    expect([undefined, 24, 50, 6].map(pageSizeFor)).toEqual([16, 16, 42, 5]);
  });
});

describe("the highlighted choice", () => {
  it("is known by its whole name, and among equal names by the nearest", () => {
    expect(choiceOf("❯ c", ["b c", "c", "d"], 0)).toBe(1);
    expect(choiceOf("❯ c", ["c", "b", "c"], 1 + 1)).toBe(2);
    expect(choiceOf("❯ c", ["c", "b", "c"], 0)).toBe(0);
  });
});

describe("keys", () => {
  const pressed = (keys: string, active: number) => {
    const through = choiceKeys(list, () => active);
    through.write(Buffer.from(keys));
    return String(through.read());
  };
  const up = "\u001b[A";
  const down = "\u001b[B";
  const jump = (number: number) => `\u007f${number}\u007f`;

  it.each([
    ["Home", "\u001b[H", 3, jump(1)],
    ["End", "\u001bOF", 3, jump(8)],
    ["Page Down", "\u001b[6~", 1, jump(7)],
    ["Page Down near the end", "\u001b[6~", 6, jump(8)],
    ["Page Up", "\u001b[5~", 2, jump(1)],
    ["Up at the top", up, 0, jump(8)],
    ["Down at the bottom", down, 7, jump(1)],
    ["Up elsewhere", up, 1, up],
    ["Down twice at once, from the last but one", down + down, 6, down + jump(1)],
    ["letters and Enter", "é\r", 0, "é\r"],
    ["an arrow after a letter", `m${up}`, 0, `m${up}`],
  ])("%s", (_key, keys, active, got) => {
    expect(pressed(keys, active)).toBe(got);
  });
});
