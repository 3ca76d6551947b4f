import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { failed, temporary } from "../errors/errors.js";
import { createAtomically, exists, isTemporary } from "./atomic.js";
import { makeFolder } from "./folders.js";

const holderSchema = z.object({
  host: z.string(),
  pid: z.number().int().positive(),
  /** Start of the process (`startOf`); distinguishes it from a later process with the same pid. */
  started: z.string().optional(),
  id: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

export interface LockOptions {
  /** Throws `lock-held` (exit 5) after waiting this many ms for another holder; exit 1 for one that names nobody. Default 10,000. */
  waitMs?: number;
}

/**
 * Runs `work` while only this process holds `file`. The lock names machine and process. The lock of a dead process of
 * this machine is broken, even when its pid has been reused; the lock of another machine never is.
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
  // Also a folder that cannot be written in is told at once.
  await makeFolder(path.dirname(file));
  while (!(await take(file, mine))) {
    const holder = await readHolder(file);
    if (holder && (await isDead(holder, mine))) {
      await breakLock(file, holder, mine);
    } else if (Date.now() >= deadline) {
      if (holder) throw temporary("lock-held", { path: file, host: holder.host, pid: holder.pid });
      // Nobody takes that long to write a lock: what is there is left of a power cut, and no waiting mends it.
      const isLeft = await exists(file);
      throw (isLeft ? failed : temporary)("lock-held", { path: file, host: "", pid: 0 });
    } else {
      await pause(20 + Math.random() * 30);
    }
  }
}

/** Tries to take the lock once. */
async function take(file: string, mine: Holder): Promise<boolean> {
  try {
    return await createAtomically(file, JSON.stringify(mine), 0o600);
  } catch (error) {
    // `removeDead` of another process removed our temporary file as a dead one's.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Returns undefined when the file is gone or is not a lock. */
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
 * Returns the boot of this machine and the clock tick at which a process started (proc(5), field 22 of stat). Returns
 * undefined where the system has no /proc: there a process that reuses a dead holder's pid counts as the holder.
 */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile("/proc/sys/kernel/random/boot_id", "utf8"),
      readFile(`/proc/${pid}/stat`, "utf8"),
    ]);
    // The second field is the program's name, which may hold spaces and brackets.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks && `${boot.trim()} ${ticks}`;
  } catch {
    return undefined;
  }
}

/** Whether this machine runs a process with this pid, of any user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/**
 * Removes the lock of a dead holder. Several waiters may see the same dead holder, and one of them may already have taken
 * the lock again. So only the holder of a second lock, named after the dead holder, may remove it, and only while it
 * still names the dead holder. A process killed here leaves that second lock, which is broken the same way.
 */
async function breakLock(file: string, dead: Holder, mine: Holder): Promise<void> {
  const breaking = `${file}.${dead.id}`;
  if (await take(breaking, mine)) {
    if ((await readHolder(file))?.id === dead.id) await rm(file, { force: true });
    await rm(breaking, { force: true });
    return;
  }
  const other = await readHolder(breaking);
  if (other && (await isDead(other, mine))) await breakLock(breaking, other, mine);
  else await pause(5);
}

/**
 * Removes the files of processes that were killed while they took the lock or broke another's. A temporary file without
 * a holder may also belong to a process that is about to write it; that process finds its file gone and tries again.
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
