// A PostgreSQL of its own for benchmarks: Debian's postgresql-15, in a temporary folder, on a free loopback port.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const bin = "/usr/lib/postgresql/15/bin";

/** @returns undefined where Debian's package is not installed */
export async function startPostgres() {
  if (!existsSync(`${bin}/initdb`)) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-postgres-"));
  const owner = {};
  if (process.getuid?.() === 0) {
    const idOf = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    Object.assign(owner, { uid: idOf("-u"), gid: idOf("-g") });
    chownSync(folder, owner.uid, owner.gid);
  }
  const password = path.join(folder, "password");
  writeFileSync(password, "bench");
  if (owner.uid !== undefined) chownSync(password, owner.uid, owner.gid);
  const data = path.join(folder, "data");
  const words = ["-D", data, "-U", "kominfo", "--auth=scram-sha-256", `--pwfile=${password}`, "-E", "UTF8"];
  execFileSync(`${bin}/initdb`, [...words, "--locale=C.UTF-8"], { ...owner, cwd: folder, stdio: "pipe" });
  const port = await freePort();
  const child = spawn(`${bin}/postgres`, ["-D", data, "-k", folder, "-h", "127.0.0.1", "-p", String(port)], {
    ...owner,
    cwd: folder,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  await pause(3000);
  return {
    url: `postgres://kominfo:bench@127.0.0.1:${port}/postgres`,
    async stop() {
      child.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
