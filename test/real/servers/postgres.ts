import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { needDebian } from "../apt.js";
import { freePort, untilReady } from "./process.js";

const bin = "/usr/lib/postgresql/15/bin";

export interface PostgresServer {
  /** With its password: what KOMINFO_NEWSROOM_DATABASE takes. */
  url: string;
  port: number;
  /** Ends it as `pg_ctl stop` does: "fast" closes its connections in order, "immediate" is a crash. Its data stay. */
  end(mode: "fast" | "immediate"): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** A PostgreSQL 15 of its own on a free loopback port, with password login, in a temporary folder. */
export async function startPostgres(): Promise<PostgresServer> {
  needDebian(`${bin}/initdb`, "postgresql-15");
  const folder = await mkdtemp(path.join(tmpdir(), "kominfo-postgres-"));
  const owner = ownerOf(folder);
  const password = randomBytes(12).toString("hex");
  const passwordFile = path.join(folder, "password");
  await writeFile(passwordFile, password);
  if (owner.uid !== undefined) chownSync(passwordFile, owner.uid, owner.gid ?? 0);
  const data = path.join(folder, "data");
  const made = [
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
  execFileSync(`${bin}/initdb`, [...made, "--locale=C.UTF-8", "--no-sync"], {
    ...owner,
    cwd: folder,
    stdio: "pipe",
  });
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
  let running: { server: ChildProcess; ended: Promise<void> } | undefined;
  const server: PostgresServer = {
    url: `postgres://kominfo:${password}@127.0.0.1:${port}/postgres`,
    port,
    async start() {
      const child = spawn(`${bin}/postgres`, words, { ...owner, cwd: folder, stdio: "ignore" });
      running = {
        server: child,
        ended: new Promise<void>((resolve) => child.on("close", () => resolve())),
      };
      await untilReady(port);
    },
    async end(mode) {
      running?.server.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
      await running?.ended;
      running = undefined;
    },
    async stop() {
      await server.end("fast");
      await rm(folder, { recursive: true, force: true });
    },
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
