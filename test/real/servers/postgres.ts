import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { needDebian } from "../apt.js";
import { freePort, untilReady } from "./process.js";

const bin = "/usr/lib/postgresql/15/bin";

export interface PostgresServer {
  /** With its password: what KOMINFO_NEWSROOM_DATABASE takes. */
  url: string;
  /** On 127.0.0.1. */
  port: number;
  /** Ends it as `pg_ctl stop` does: "fast" closes its connections in order, "immediate" is a crash. Its data stay. */
  end(mode: "fast" | "immediate"): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /**
   * A streaming replica of it, which answers reads.
   *
   * @param throughPort where it reaches this server. Default: directly
   */
  startStandby(throughPort?: number): Promise<StandbyServer>;
}

export interface StandbyServer extends PostgresServer {
  /** Makes it a primary, which writes. */
  promote(): Promise<void>;
}

/** A PostgreSQL 15 of its own on a free loopback port, with password login, in a temporary folder. */
export async function startPostgres(): Promise<PostgresServer> {
  needDebian(`${bin}/initdb`, "postgresql-15");
  const password = randomBytes(12).toString("hex");
  return startServer(password, async (folder, data, owner) => {
    const passwordFile = path.join(folder, "password");
    await writeFile(passwordFile, password);
    if (owner.uid !== undefined) chownSync(passwordFile, owner.uid, owner.gid ?? 0);
    const words = [
      "-D",
      data,
      "-U",
      "kominfo",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
    ];
    // A locale whose order of text is not that of bytes: ours must not depend on it.
    await runTool("initdb", [...words, "--locale=C.UTF-8", "--no-sync"], folder, owner);
  });
}

type Owner = ReturnType<typeof ownerOf>;

/** Without holding up this process, through which a standby may reach its primary. */
async function runTool(name: string, words: readonly string[], folder: string, owner: Owner): Promise<void> {
  await promisify(execFile)(`${bin}/${name}`, words, { ...owner, cwd: folder });
}

const urlOf = (password: string, port: number) => `postgres://kominfo:${password}@127.0.0.1:${port}/postgres`;

/** @param prepare fills the folder `data` */
async function startServer(
  password: string,
  prepare: (folder: string, data: string, owner: Owner) => Promise<void>,
): Promise<StandbyServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-postgres-"));
  const owner = ownerOf(folder);
  const data = path.join(folder, "data");
  await prepare(folder, data, owner);
  const port = await freePort();
  const words = [
    "-D",
    data,
    "-k",
    folder,
    "-h",
    "127.0.0.1",
    "-p",
    String(port),
    "-c",
    "max_connections=200",
  ];
  let running: { child: ChildProcess; ended: Promise<void> } | undefined;
  const server: StandbyServer = {
    url: urlOf(password, port),
    port,
    async start() {
      const child = spawn(`${bin}/postgres`, words, { ...owner, cwd: folder, stdio: "ignore" });
      running = { child, ended: new Promise<void>((resolve) => child.on("close", () => resolve())) };
      await untilReady(port);
    },
    async end(mode) {
      running?.child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
      await running?.ended;
      running = undefined;
    },
    async stop() {
      await server.end("fast");
      await rm(folder, { recursive: true, force: true });
    },
    startStandby: (throughPort = port) =>
      startServer(password, (place, copy, user) =>
        runTool(
          "pg_basebackup",
          ["-D", copy, "-R", "-X", "stream", "-c", "fast", "-d", urlOf(password, throughPort)],
          place,
          user,
        ),
      ),
    promote: () => runTool("pg_ctl", ["promote", "-w", "-D", data], folder, owner),
  };
  await server.start();
  return server;
}

/** PostgreSQL does not run as root: there it gets its Debian user. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const owner = { uid: idOf("-u"), gid: idOf("-g") };
  chownSync(folder, owner.uid, owner.gid);
  return owner;
}
