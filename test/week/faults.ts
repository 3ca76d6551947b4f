import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { diskSpace } from "../../src/newsroom/operation/disk-space.js";
import type { Office } from "./office.js";
import type { FaultName } from "./schedule.js";

/** What a fault is done to, and how it is chosen where there are several. */
export interface FaultScene {
  office: Office;
  /** bin/kominfo.js of the build that serves now. */
  program: string;
  seed: number;
}

type Fault = (scene: FaultScene, ms: number) => Promise<void>;

/** Each makes something fail for `ms`, and ends when it is well again. */
export const faults: Record<FaultName, Fault> = {
  async "line-cut"({ office }, ms) {
    for (let n = 0; n < 3; n++) {
      for (const { line } of office.services) line.cut();
      await pause(ms / 3);
    }
  },
  /** 2 Mbit/s and a round trip of 200 ms, for all together. */
  async "line-slow"({ office }, ms) {
    for (const { line } of office.services) {
      line.limit(250_000);
      line.delay(100);
    }
    await pause(ms);
    for (const { line } of office.services) {
      line.limit(Number.POSITIVE_INFINITY);
      line.delay(0);
    }
  },
  "line-frozen": ({ office }, ms) => frozen(office.services, ms),

  "disk-low": ({ office }, ms) => filled(office, ms, 0.05),
  "disk-full": ({ office }, ms) => filled(office, ms, 0),

  async "database-crashed"({ office }, ms) {
    await office.database?.server.end("immediate");
    await pause(ms);
    await office.database?.server.start();
  },
  async "database-restarted"({ office }, ms) {
    await office.database?.server.end("fast");
    await pause(ms);
    await office.database?.server.start();
  },
  async "database-terminated"({ office }, ms) {
    const client = new pg.Client({ connectionString: office.database?.server.url });
    await client.connect();
    for (let n = 0; n < 3; n++) {
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'",
      );
      await pause(ms / 3);
    }
    await client.end();
  },
  "database-frozen": ({ office }, ms) => frozen(office.database ? [office.database] : [], ms),
  "database-refused": ({ office }, ms) => refused(office.database ? [office.database] : [], ms),

  "objects-frozen": ({ office }, ms) => frozen(office.objects ? [office.objects] : [], ms),
  "objects-refused": ({ office }, ms) => refused(office.objects ? [office.objects] : [], ms),
  async "objects-slow"({ office }, ms) {
    office.objects?.line.delay(400);
    await pause(ms);
    office.objects?.line.delay(0);
  },

  async "service-killed"({ office, program, seed }, ms) {
    const service = office.services[seed % office.services.length]!;
    await service.end("SIGKILL");
    await pause(ms);
    await service.start(program);
  },
};

type HasLine = { line: Office["services"][number]["line"] };

async function frozen(ends: readonly HasLine[], ms: number): Promise<void> {
  for (const { line } of ends) line.freeze();
  await pause(ms);
  for (const { line } of ends) line.thaw();
}

async function refused(ends: readonly HasLine[], ms: number): Promise<void> {
  for (const { line } of ends) {
    line.refuse();
    line.cut();
  }
  await pause(ms);
  for (const { line } of ends) line.accept();
}

/** Fills the disk up to this free part, from 0 to 1. */
async function filled({ disk }: Office, ms: number, part: number): Promise<void> {
  if (disk === undefined) return;
  const { free, size } = await diskSpace(disk);
  const filler = path.join(disk, "filler");
  try {
    execFileSync("fallocate", ["-l", String(Math.max(1, Math.floor(free - part * size))), filler], {
      stdio: "pipe",
    });
  } catch {
    // The newsroom has taken some of it meanwhile: what was allocated so far fills the disk as well.
  }
  await pause(ms);
  await rm(filler, { force: true });
}
