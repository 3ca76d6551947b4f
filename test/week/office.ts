import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Role } from "../../src/contract/roles.js";
import { postgresAddress } from "../../src/newsroom/addresses.js";
import { addPerson } from "../../src/newsroom/local-people.js";
import type { StoreLocation } from "../../src/newsroom/store/database/open.js";
import { type PostgresServer, startPostgres } from "../real/servers/postgres.js";
import { startSwift } from "../real/servers/swift.js";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.js";
import { type OtherStores, openComputer } from "../support/kominfo.js";
import type { WeekStores } from "./schedule.js";

/** A line of a service's log, or what else it wrote on stderr. */
export interface LogLine {
  at: number;
  service: string;
  text: string;
}

/** One process that serves the newsroom, and the line to it. */
export interface Service {
  name: string;
  line: FaultProxy;
  /** Address behind the line, as who asks on the machine itself uses it. */
  readonly url: string;
  readonly pid: number | undefined;
  start(program: string): Promise<void>;
  /** Ends it with this signal; its exit code, null when the signal ended it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** The newsroom of the week with everything below it. */
export interface Office {
  services: Service[];
  /** With `stores: "postgres"`. */
  database?: { server: PostgresServer; line: FaultProxy };
  objects?: { line: FaultProxy };
  /** The file system of the data folders; undefined where this machine may not have one of its own. */
  disk: string | undefined;
  /** The data folder of the first process. */
  data: string;
  folder: string;
  log: LogLine[];
  /** Processes that ended although nobody ended them. */
  deaths: { at: number; service: string; code: number | null }[];
  /** Adds a person, and gives their id and token. */
  add(role: Role, name: string, kecamatan?: string): Promise<{ id: string; token: string }>;
  /** Runs a command on the newsroom's machine, past the lines; its document. Throws unless it ends with 0. */
  // biome-ignore lint/suspicious/noExplicitAny: the run looks into whatever came
  command(...words: string[]): Promise<any>;
  /** Runs a command on a machine that knows nothing of the newsroom's stores. */
  elsewhere(...words: string[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Whether this machine may mount a small disk. */
export const mayMount = process.getuid?.() === 0;

/** @param program bin/kominfo.js of the build that serves at first */
export async function openOffice(
  stores: WeekStores,
  diskMb: number | undefined,
  program: string,
): Promise<Office> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-week-"));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const disk = path.join(folder, "disk");
  await mkdir(disk);
  if (diskMb !== undefined) {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMb}m`, "tmpfs", disk]);
    stops.push(async () => void execFileSync("umount", ["-l", disk]));
  }
  const secretsKey = path.join(folder, "secrets.key");
  await writeFile(secretsKey, randomBytes(32).toString("base64"), { mode: 0o600 });
  const log: LogLine[] = [];
  const deaths: Office["deaths"] = [];

  const large = stores === "postgres" ? await startLargeStores() : undefined;
  if (large) stops.push(large.stop);
  const keyed = (env: Record<string, string>) => ({ ...env, KOMINFO_NEWSROOM_SECRETS_KEY_FILE: secretsKey });
  const direct = keyed(large?.direct ?? {});
  const data = path.join(disk, "data-1");
  const services: Service[] = [];
  for (let n = 1; n <= (large ? 2 : 1); n++) {
    const argv = ["--data", path.join(disk, `data-${n}`)];
    const env = keyed(large?.overLines ?? {});
    const service = await openService(`service ${n}`, { argv, env }, folder, log, deaths);
    await service.start(program);
    services.push(service);
    stops.push(async () => {
      await service.end("SIGTERM");
      await service.line.close();
    });
  }
  const computer = await openComputer({ initialised: false });
  stops.push(() => computer.remove());
  const place: StoreLocation = postgresAddress(undefined, direct) ?? data;
  return {
    services,
    ...(large ? { database: large.database, objects: large.objects } : {}),
    disk: diskMb === undefined ? undefined : disk,
    data,
    folder,
    log,
    deaths,
    async add(role, name, kecamatan) {
      const of = kecamatan ? { kecamatan } : {};
      const added = await addPerson(place, { name, role, token: true, ...of }, new Date());
      return { id: added.user.id, token: added.token! };
    },
    command: (...words) => computer.json(words, { env: direct }),
    elsewhere: (...words) => computer.json(words),
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

/** PostgreSQL and S3, each behind a line that can fail. */
async function startLargeStores() {
  const [server, swift] = await Promise.all([startPostgres(), startSwift()]);
  const databaseLine = await startFaultProxy(server.port);
  const objectsLine = await startFaultProxy(Number(new URL(swift.endpoint).port));
  const at = (databasePort: number, objectsPort: number) => ({
    ...swift.env,
    KOMINFO_NEWSROOM_DATABASE: server.url.replace(`:${server.port}/`, `:${databasePort}/`),
    KOMINFO_NEWSROOM_BLOBS: `s3://redaksi?endpoint=${encodeURIComponent(`http://127.0.0.1:${objectsPort}`)}`,
  });
  return {
    database: { server, line: databaseLine },
    objects: { line: objectsLine },
    direct: at(server.port, Number(new URL(swift.endpoint).port)),
    overLines: at(databaseLine.port, objectsLine.port),
    async stop() {
      await Promise.all([databaseLine.close(), objectsLine.close()]);
      await Promise.all([server.stop(), swift.stop()]);
    },
  };
}

async function openService(
  name: string,
  { argv, env }: OtherStores,
  folder: string,
  log: LogLine[],
  deaths: Office["deaths"],
): Promise<Service> {
  const line = await startFaultProxy(1);
  let running: { child: ChildProcess; ended: Promise<number | null>; url: string } | undefined;
  let isEnding = false;
  const service: Service = {
    name,
    line,
    get url() {
      return running?.url ?? "";
    },
    get pid() {
      return running?.child.pid;
    },
    async start(program) {
      isEnding = false;
      const words = [program, "newsroom", "serve", "--port", "0", "--json", "--verbose", ...argv];
      const child = spawn(process.execPath, words, {
        cwd: folder,
        env: { PATH: process.env.PATH ?? "", HOME: folder, TMPDIR: tmpdir(), ...env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
      void ended.then((code) => {
        if (!isEnding) deaths.push({ at: Date.now(), service: name, code });
      });
      readLines(child.stderr, (text) => void log.push({ at: Date.now(), service: name, text }));
      const url = await new Promise<string>((resolve, reject) => {
        readLines(child.stdout, (text) => resolve(JSON.parse(text).url));
        void ended.then((code) =>
          reject(new Error(`${name} ended with ${code}: ${JSON.stringify(log.slice(-5))}`)),
        );
      });
      running = { child, ended, url };
      line.target(Number(new URL(url).port));
    },
    async end(signal) {
      isEnding = true;
      running?.child.kill(signal);
      return (await running?.ended) ?? null;
    },
  };
  return service;
}

function readLines(stream: NodeJS.ReadableStream, onLine: (text: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line) onLine(line);
  });
}

/** Memory of a process, in MB; proc_pid_status(5). 0 once it has ended, and where there is no /proc. */
export function memoryMb(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
