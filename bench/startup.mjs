// What starting kominfo costs beyond starting node: user+system time of `--version` and `--help` against
// `node -e 0`, run in turn, medians and their ratios. Needs bash, whose `time` asks getrusage for the child.
// Run: npm run bench:startup [-- <rounds>]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 40);
const kominfo = fileURLToPath(new URL("../bin/kominfo.js", import.meta.url));
const commands = {
  "node -e 0": ["-e", "0"],
  "kominfo --version": [kominfo, "--version"],
  "kominfo --help": [kominfo, "--help"],
};

/** ms of user+system time of one child. */
function cpu(words) {
  const script = `TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null; } 2>&1`;
  const said = execFileSync("bash", ["-c", script, "bash", process.execPath, ...words], { encoding: "utf8" });
  const [user, system] = said
    .trim()
    .split(" ")
    .map((part) => Number(part.replace(",", ".")));
  return (user + system) * 1000;
}

const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let round = -2; round < rounds; round++) {
  for (const [name, words] of Object.entries(commands)) {
    const ms = cpu(words);
    if (round >= 0) times[name].push(ms);
  }
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const base = median(times["node -e 0"]);
for (const [name, all] of Object.entries(times)) {
  const ms = median(all);
  console.log(
    `${name.padEnd(20)} ${ms.toFixed(1).padStart(6)} ms user+system, ${(ms / base).toFixed(2)} x node -e 0`,
  );
}
