import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { temporary } from "../errors/errors.js";
import { createAtomically, isTemporary } from "./atomic.js";

const holderSchema = z.object({
  host: z.string(),
  pid: z.number().int(),
  /** When that process was started, as `startOf` tells; tells it from a later one of the same number. */
  started: z.string().optional(),
  id: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

export interface LockOptions {
  /** How long to wait for another holder, in ms; then `lock-held` (exit 5). Default 10,000. */
  waitMs?: number;
}

/**
 * Runs `work` while this process alone holds `file`. The lock names machine and process: a dead process of
 * this machine does not hold it, also when its number has gone to another; another machine's lock is never broken
 * unasked.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const started = await startOf(process.pid);
  const mine: Holder = { host: hostname(), pid: process.pid, started, id: randomUUID() };
  await acquire(file, mine, options.waitMs ?? 10_000);
  try {
    await removeDead(file, mine);
    return await work();
  } finally {
    await release(file, mine);
  }
}

async function acquire(file: string, mine: Holder, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (!(await take(file, mine))) {
    const holder = await readHolder(file);
    if (holder && (await isDead(holder, mine))) {
      await breakLock(file, holder, mine);
    } else if (Date.now() >= deadline) {
      throw temporary("lock-held", { path: file, host: holder?.host ?? "?", pid: holder?.pid ?? 0 });
    } else {
      await pause(20 + Math.random() * 30);
    }
  }
}

/** Whether `file` names us now. */
async function take(file: string, mine: Holder): Promise<boolean> {
  try {
    return await createAtomically(file, JSON.stringify(mine), 0o600);
  } catch (error) {
    // `removeDead` of another process took our beginning for a dead one's.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** undefined when the file has just gone, or is not a lock of ours. */
async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return undefined;
  }
}

async function isDead({ host, pid, started }: Holder, mine: Holder): Promise<boolean> {
  if (host !== mine.host) return false;
  if (!isAlive(pid)) return true;
  if (started === undefined) return false;
  const now = await startOf(pid);
  return now !== undefined && now !== started;
}

/**
 * Which boot of this machine, and which clock tick of it, a process was started in (proc(5), field 22 of stat);
 * undefined where the system does not tell: there a process that got a dead holder's number passes for it.
 */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The second field is the program's name, which may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks && `${boot.trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}

/** Whether this machine runs a process of this number, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * Several waiters may see the same dead holder, and one of them may already have taken the lock anew. So only
 * the holder of a second lock, named after the dead one, may remove it, and only while it is still the dead
 * one's. A process killed here leaves that second lock, which is broken the same way.
 */
async function breakLock(file: string, dead: Holder, mine: Holder): Promise<void> {
  const right = `${file}.${dead.id}`;
  if (await take(right, mine)) {
    if ((await readHolder(file))?.id === dead.id) await rm(file, { force: true });
    await rm(right, { force: true });
    return;
  }
  const other = await readHolder(right);
  if (other && (await isDead(other, mine))) await breakLock(right, other, mine);
  else await pause(5);
}

/**
 * What processes left that were killed while they took the lock or broke another's. One that was killed before it
 * wrote its name is told by nothing from one that is about to: that one finds its file gone, and tries again.
 */
async function removeDead(file: string, mine: Holder): Promise<void> {
  const folder = path.dirname(file);
  const base = path.basename(file);
  for (const name of await readdir(folder)) {
    const isBegun = isTemporary(name) && name.startsWith(`.${base}`);
    if (!isBegun && !name.startsWith(`${base}.`)) continue;
    const holder = await readHolder(path.join(folder, name));
    const isGone = holder ? await isDead(holder, mine) : isBegun;
    if (isGone) await rm(path.join(folder, name), { force: true });
  }
}

async function release(file: string, mine: Holder): Promise<void> {
  const holder = await readHolder(file);
  if (holder?.id === mine.id) await rm(file, { force: true });
}
