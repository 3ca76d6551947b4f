/**
 * What a run says about itself must agree with how it ended: every test that runs a command looks here, so that no command can say "✓"
 * beside a failure, or count nothing as done.
 */

/**
 * These print one line for each of several things, and each has its own mark: what was done stays done beside another's failure. Everything
 * else prints one "✓", for the whole.
 */
const eachWithItsMark: readonly string[] = [
  "desk",
  "doctor",
  "post publish",
  "post unpublish",
  "publisher",
  "review publish",
  "setup",
  "sync",
];

/** "✓ 0 foto …", "✓ album: 0 photos": a count of nothing. "10", "0,5" and "1.0" are none; neither is a count beside another that is more. */
const countsNothing = /(?<![\d.,:/-])0 \p{L}+/u;
const countsSomething = /(?<![\d.,:/-])[1-9]\d* \p{L}+/u;

export interface Told {
  argv: readonly string[];
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Each line that says more than is true; none where all is well. */
export function untruths({ argv, code, stdout, stderr }: Told): string[] {
  const command = argv.filter((part) => !part.startsWith("-")).slice(0, 2);
  const isList = eachWithItsMark.some(
    (listed) =>
      listed === command.join(" ") || listed === command[0] || argv.join(" ").includes(` ${listed} `),
  );
  const ticked = plain(`${stdout}\n${stderr}`)
    .split("\n")
    .filter((line) => /^\s*✓/.test(line));
  const said = (line: string, why: string) =>
    `kominfo ${argv.join(" ")} (exit ${code}): ${line.trim()}: ${why}`;
  return ticked.flatMap((line) => [
    ...(code === 0 || code === null || isList ? [] : [said(line, "a ✓ beside a failure")]),
    ...(countsNothing.test(line) && !countsSomething.test(line) && !/[;(]/.test(line)
      ? [said(line, "a ✓ for nothing")]
      : []),
  ]);
}

/** Throws where a run has said what is not true. */
export function requireTruth(told: Told): void {
  const found = untruths(told);
  if (found.length > 0) throw new Error(`says more than is true:\n${found.join("\n")}`);
}

/** Without colours and the movements of prompts. */
function plain(text: string): string {
  return text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, "").replace(/\r/g, "\n");
}
