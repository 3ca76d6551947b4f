import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplePhoto } from "../../../scripts/sample-photo.mjs";
import { kominfoFile } from "../../support/kominfo.js";
import { hasShared, sharedFolder } from "../../support/shared.js";
import { needDebian } from "../apt.js";

const place = mkdtempSync(path.join(tmpdir(), "kominfo-limits-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const environment = { PATH: process.env.PATH ?? "", HOME: place };
const resize = (...argv: string[]) => [kominfoFile, "photo", "resize", ...argv, "--json"];

interface Run {
  code: number;
  /** Of a processor, by all its processes: on a machine that does nothing else it takes no longer than that. */
  seconds: number;
  /** MB that all its processes held at most, pages that several share counted once for each. */
  peak: number;
}

/** Runs the program, and asks the kernel until it ends what each of its processes has held and used. */
async function run(argv: readonly string[]): Promise<Run> {
  // A group of its own holds it and whatever it starts.
  const child = spawn(process.execPath, argv, { env: environment, stdio: "ignore", detached: true });
  const marks = new Map<string, { peak: number; seconds: number }>();
  const timer = setInterval(() => {
    for (const pid of groupOf(child.pid!)) {
      const { peak = 0, seconds = 0 } = marks.get(pid) ?? {};
      marks.set(pid, {
        peak: Math.max(peak, highWaterMark(pid)),
        seconds: Math.max(seconds, processorTime(pid)),
      });
    }
  }, 25);
  const [code] = await once(child, "exit");
  clearInterval(timer);
  const sum = (key: "peak" | "seconds") => [...marks.values()].reduce((all, mark) => all + mark[key], 0);
  return { code, peak: sum("peak"), seconds: sum("seconds") };
}

function groupOf(group: number): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    return Number(statOf(pid)[2]) === group;
  });
}

function highWaterMark(pid: string): number {
  return Number(/^VmHWM:\s*(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1000;
}

/** User and system time, in ticks of 10 ms (proc(5)). */
function processorTime(pid: string): number {
  const [user = 0, system = 0] = statOf(pid).slice(11, 13).map(Number);
  return (user + system) / 100;
}

/** What proc(5) tells of a process, from its state on. */
function statOf(pid: string): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** "" of a process that has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

const shared = hasShared
  ? ["tricky", "event"].flatMap((kind) =>
      readdirSync(path.join(sharedFolder, "photos", kind))
        .filter((name) => !/^[A-Z]+\.(tsv|txt)$/.test(name))
        .map((name) => `${kind}/${name}`),
    )
  : [];

describe.skipIf(!hasShared)("one photo, whatever it is", () => {
  it.each(shared)("takes at most 600 MB and 10 s: %s", async (name) => {
    const out = path.join(place, name);
    const ran = await run(
      resize(path.join(sharedFolder, "photos", name), "--preset", "web,instagram,x", "--out", out),
    );
    expect([0, 3]).toContain(ran.code);
    expect(ran.peak, "it was seen at work").toBeGreaterThan(20);
    expect(ran.peak).toBeLessThan(600);
    expect(ran.seconds).toBeLessThan(10);
  });
});

describe("600 photos that are as they were", () => {
  const photos = path.join(place, "foto");
  const out = path.join(place, "hasil");
  const again = resize(photos, "--preset", "web,instagram", "--out", out);
  const filesIn = (folder: string) =>
    Object.fromEntries(
      readdirSync(folder).map((name) => {
        const { ino, size, mtimeMs, ctimeMs } = statSync(path.join(folder, name));
        return [name, [ino, size, mtimeMs, ctimeMs]];
      }),
    );
  beforeAll(async () => {
    needDebian("strace", "strace");
    await mkdir(photos);
    for (let seed = 0; seed < 600; seed++) {
      const photo = await samplePhoto({ width: 300, height: 200, seed });
      await writeFile(path.join(photos, `IMG_${seed}.jpg`), photo);
    }
    // What was written within the clock's tick is read once more, so the index knows all of them after the second run.
    for (let i = 0; i < 2; i++) execFileSync(process.execPath, again, { env: environment, stdio: "pipe" });
  }, 300_000);

  it("are done within 1.5 s", async () => {
    const runs = [await run(again), await run(again), await run(again)];
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(Math.min(...runs.map(({ seconds }) => seconds))).toBeLessThan(1.5);
  });

  it("are not opened, nor their renditions; nothing is written, and no decoder is started", async () => {
    const before = [filesIn(photos), filesIn(out)];
    const log = path.join(place, "strace.txt");
    const calls = "trace=open,openat,creat,rename,renameat,renameat2,link,linkat,truncate,execve";
    const traced = spawnSync("strace", ["-f", "-e", calls, "-o", log, process.execPath, ...again], {
      env: environment,
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    expect(traced.status, traced.stderr.slice(0, 500)).toBe(0);
    expect(JSON.parse(traced.stdout).summary).toMatchObject({ sources: 600, written: 0, skipped: 1200 });
    const lines = readFileSync(log, "utf8").split("\n");
    const touching = (what: RegExp) => lines.filter((line) => what.test(line));
    // It does see what is opened: the records of the renditions, without which it would know nothing.
    expect(touching(/\.kominfo-renditions\.jsonl/)).not.toEqual([]);
    expect(touching(/\.jpg"/)).toEqual([]);
    // The lock comes and goes; nothing else in either folder is opened for writing.
    expect(
      touching(/O_WRONLY|O_RDWR|O_CREAT|rename|link/).filter(
        (line) => !/\.lock/.test(line) && line.includes(place),
      ),
    ).toEqual([]);
    expect(touching(/execve\(/)).toHaveLength(1);
    expect(touching(/libvips/)).toEqual([]);
    expect([filesIn(photos), filesIn(out)]).toEqual(before);
  });
});
