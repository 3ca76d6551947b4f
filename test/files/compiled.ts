import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Compiles these sources (paths below src/) and what they import into a folder where node finds the project's
 * packages, so that real child processes can run them without a build of the rest. Call `remove` at the end.
 */
export async function compile(...sources: string[]): Promise<{ folder: string; remove(): Promise<void> }> {
  const cache = path.join(root, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, "kominfo-test-"));
  const config = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: { rootDir: path.join(root, "src"), outDir: folder },
    include: [],
    files: sources.map((source) => path.join(root, "src", source)),
  };
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(config));
  await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
  const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
  await promisify(execFile)(process.execPath, [compiler, "-p", folder]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A child process that runs one file and reports in lines on its stdout. */
export interface Child {
  process: ChildProcess;
  /** Its next line; undefined at its end. */
  line(): Promise<string | undefined>;
  /** Waits for its end and gives its exit code, null when it was killed. */
  ended(): Promise<number | null>;
}

export function runChild(file: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const end = once(child, "exit").then(([code]) => code as number | null);
  return {
    process: child,
    line: async () => (await lines.next()).value as string | undefined,
    ended: () => end,
  };
}

/** Repeatable numbers from 0 up to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
