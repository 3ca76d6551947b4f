import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { loadHelp } from "../src/language/help.js";
import { main } from "../src/main.js";
import { createProgram } from "../src/program.js";
import { width } from "../src/terminal/table.js";
import { testHost } from "./support/host.js";

const program = createProgram(
  "1.2.3",
  await loadHelp("id"),
  () => {},
  async () => {},
);

/** "post new", and every other command and group; the program itself is "". */
function namesOf(command: Command, above: readonly string[] = []): string[] {
  return [above.join(" "), ...command.commands.flatMap((child) => namesOf(child, [...above, child.name()]))];
}

const names = namesOf(program).filter((name) => !name.startsWith("complete"));

describe.each([60, 80])("help in a terminal of %i columns", (columns) => {
  it.each(["id", "en"])("has no line that the terminal would break in a word: %s", async (language) => {
    for (const name of names) {
      const host = testHost({ cwd: "/", typed: [], columns });
      await main([...name.split(" ").filter(Boolean), "--help", "--lang", language], host);
      const lines = host.written.stdout.trimEnd().split("\n");
      expect(lines.length, name).toBeGreaterThan(5);
      // A command is one line however long it is, so that it can be copied.
      const broken = lines.filter((line) => width(line) > columns && !line.startsWith("  $ kominfo "));
      expect(broken, name).toEqual([]);
    }
  });
});

describe("help elsewhere", () => {
  it("is the same whatever is around it", async () => {
    const host = testHost({ cwd: "/", columns: 40 });
    await main(["post", "publish", "--help"], host);
    expect(host.written.stdout).toMatch(/^ {2}--max-cost <dolar> {4,}\S/m);
  });
});
