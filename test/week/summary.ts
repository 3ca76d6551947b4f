import type { Try } from "./asking.js";

import type { WeekRun } from "./run.js";
import { readLine, windowOf } from "./verify-traces.js";

/** The week in some lines: what was done, what went wrong, and how the newsroom took it. */
export function summaryOf(run: WeekRun): string {
  const { ledger, journal, windows, week, options, memory, office } = run;
  const { tries } = journal;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const begin = run.from;
  return [
    `a week in ${options.minutes} minutes, seed ${options.seed}, ${options.stores === "postgres" ? "PostgreSQL and S3, 2 processes" : "SQLite and the disk, 1 process"}`,
    `acknowledged: ${Object.entries(ledger)
      .map(([part, notes]) => `${notes.length} ${part}`)
      .join(", ")}`,
    `faults: ${windows.map(({ name, from, to }) => `${name} ${seconds(from - begin)}–${seconds(to - begin)}`).join(", ")} (s)`,
    `answers while something was wrong or just had been: ${outcomes(tries.filter(({ from, to }) => windowOf(windows, from, to)))}`,
    `answers otherwise: ${outcomes(tries.filter(({ from, to }) => !windowOf(windows, from, to)))}`,
    `requests: ${tries.length} tries, ${tries.filter(({ isRetry }) => isRetry).length} of them retries; ${week.acts.length} acts planned, the last done ${seconds(run.to - begin - week.ms)} s after the week`,
    ...["read", "write"].flatMap((kind) =>
      [true, false].map((isFault) => {
        const times = tries
          .filter(({ route, outcome, method, from, to }) => {
            const isWrite = method !== "GET" && method !== "HEAD";
            const isOk = typeof outcome === "number" && outcome < 300;
            const counts = isOk && !route.startsWith("/uploads") && isWrite === (kind === "write");
            return (
              counts && windows.some((window) => from <= window.servedAt && to >= window.from) === isFault
            );
          })
          .map(({ from, to }) => to - from);
        return `${kind}s ${isFault ? "with" : "without"} a fault: ${percentiles(times)}`;
      }),
    ),
    `without service after a fault had ended, at most: ${recovery(run)}`,
    `memory: ${[...memory].map(([name, samples]) => memoryText(name, samples)).join("; ")}`,
    `log: ${count(office.log.map(({ text }) => readLine(text)?.level ?? "no JSON"))}`,
  ].join("\n");
}

function outcomes(tries: readonly Try[]): string {
  return count(tries.map(({ outcome }) => String(outcome)));
}

function count(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return (
    [...counts]
      .sort()
      .map(([name, n]) => `${name}: ${n}`)
      .join(", ") || "none"
  );
}

function percentiles(times: number[]): string {
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return `${sorted.length}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

function recovery({ windows }: WeekRun): string {
  const worst = new Map<string, number>();
  for (const { name, to, servedAt } of windows)
    worst.set(name, Math.max(servedAt - to, worst.get(name) ?? 0));
  return [...worst]
    .sort((a, b) => b[1] - a[1])
    .map(([name, ms]) => `${name} ${ms} ms`)
    .join(", ");
}

/** @param samples memory in MB over the week */
function memoryText(name: string, samples: readonly number[]): string {
  const part = Math.max(1, Math.floor(samples.length / 5));
  const most = (some: readonly number[]) => Math.max(0, ...some).toFixed(0);
  return `${name} at most ${most(samples)} MB (first fifth ${most(samples.slice(0, part))}, last ${most(samples.slice(-part))})`;
}
