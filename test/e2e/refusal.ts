import { expect } from "vitest";
import { type Computer, type RunOptions, treeOf } from "../support/kominfo.js";

export interface Refusal {
  code: string;
  exit: number;
  /** In the message or one of its hints. */
  says?: string | RegExp;
}

/**
 * A command line that is refused says so in one clear sentence, as a person and as a script reads it, and leaves
 * every file of the person as it was.
 */
export async function expectRefusal(
  computer: Computer,
  argv: readonly string[],
  refusal: Refusal,
  options?: RunOptions,
): Promise<void> {
  const before = await treeOf(computer.home);
  const [shown, scripted] = await Promise.all([
    computer.run(argv, options),
    computer.run([...argv, "--json"], options),
  ]);
  expect(await treeOf(computer.home), "nothing was changed").toEqual(before);

  expect(scripted.stdout).toBe("");
  expect(scripted.stderr).toMatch(/^[^\n]+\n$/);
  const { error } = JSON.parse(scripted.stderr);
  // `problems` where the content of a file is refused.
  const keys = Object.keys(error).filter((key) => key !== "problems");
  expect(keys).toEqual(["code", "message", "hints", "exit"]);
  expect(error).toMatchObject({ code: refusal.code, exit: refusal.exit });
  expect([shown.code, scripted.code]).toEqual([refusal.exit, refusal.exit]);

  expect(shown.stdout).toBe("");
  const lines = shown.stderr.trimEnd().split("\n");
  const sentences = lines.filter((line) => !line.startsWith("  ") && !line.startsWith("! "));
  expect(sentences).toEqual([`✗ ${error.message}`]);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  expect(shown.stderr).not.toMatch(/\bat .*\.js:\d|undefined|\[object/);
  if (refusal.says !== undefined) {
    expect(shown.stderr).toMatch(refusal.says);
    expect([error.message, ...error.hints].join("\n")).toMatch(refusal.says);
  }
}
