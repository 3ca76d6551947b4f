// A week of the office in some minutes; see week.real.ts. PostgreSQL and S3 come from Debian, the full disk needs root.
// Run: npm run test:week -- [--seed 1] [--minutes 1.5] [--stores sqlite|postgres]
//   [--upgrade-from <folder of a built checkout>] [--log <file for what the services write>] [vitest's --reporter=json …]
// Ends with 1 when something was lost, is there twice, or has no explanation.
import { parseArgs } from "node:util";
import { parseCLI, startVitest } from "vitest/node";

const own = {
  seed: { type: "string" },
  minutes: { type: "string" },
  stores: { type: "string" },
  "upgrade-from": { type: "string" },
  log: { type: "string" },
};
const { values, tokens } = parseArgs({ options: own, strict: false, allowPositionals: true, tokens: true });
for (const name of Object.keys(own)) {
  if (values[name] !== undefined)
    process.env[`KOMINFO_WEEK_${name.replace("-", "_").toUpperCase()}`] = values[name];
}
const rest = tokens.filter(({ kind, name }) => kind === "option" && !(name in own));
const words = rest.map(({ rawName, value }) => (value === undefined ? rawName : `${rawName}=${value}`));
const { options } = parseCLI(["vitest", "run", ...words]);
const week = await startVitest("test", [], {
  ...options,
  config: false,
  watch: false,
  include: ["test/week/week.real.ts"],
  testTimeout: 5 * 60_000,
  hookTimeout: 60 * 60_000,
});
console.log(week.state.getCountOfFailedTests() === 0 && !process.exitCode ? "OK" : "NOT OK: see above");
await week.close();
