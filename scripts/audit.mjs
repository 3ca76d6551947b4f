// Fails for a known weakness, high or critical, in a package that operators install. Asks the registry (npm audit) and
// says so where that does not answer: many mirrors have no audit endpoint. Run: npm run audit
import { spawnSync } from "node:child_process";
import path from "node:path";

const npm = process.env.npm_execpath;
const words = ["audit", "--omit=dev", "--json"];
const { stdout, error } = spawnSync(npm ? process.execPath : "npm", npm ? [npm, ...words] : words, {
  cwd: path.resolve(import.meta.dirname, ".."),
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
  timeout: 120_000,
  shell: !npm && process.platform === "win32",
});

const report = read(stdout ?? "");
if (report?.auditReportVersion === undefined) {
  const reason = error?.message ?? report?.message ?? report?.error?.summary ?? "no answer";
  console.warn(`SKIPPED: npm audit, because the registry does not answer it (${reason})`);
} else {
  const found = Object.values(report.vulnerabilities);
  const serious = found.filter(({ severity }) => severity === "high" || severity === "critical");
  for (const { name, severity, range } of serious) console.error(`${severity}: ${name} ${range}`);
  console.log(`${found.length} packages with known weaknesses, ${serious.length} of them high or critical`);
  process.exitCode = serious.length > 0 ? 1 : 0;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
