import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { needDebianPackages } from "../apt.js";
import { freePort } from "./process.js";

/** Debian's with MariaDB, or npm's with SQLite. */
export type WordPressVersion = "6.1" | "6.5";

export interface WordPress {
  url: string;
  /** Its files: `site/` below is WordPress's. */
  folder: string;
  users: Record<string, { id: number; role: string; app_password: string }>;
  stop(): Promise<void>;
}

/** Installs what it needs, and starts a new WordPress with a user of each role. */
export async function startWordPress(version: WordPressVersion): Promise<WordPress> {
  const database = version === "6.1" ? ["php8.2-mysql", "mariadb-server"] : ["php8.2-sqlite3", "python3"];
  needDebianPackages("curl", "php8.2-cli", "php8.2-gd", "php8.2-mbstring", ...database);
  const folder = await mkdtemp(path.join(tmpdir(), `kominfo-wordpress-${version}-`));
  const stop = async () => {
    const kill = async (name: string, sign: 1 | -1, signal: NodeJS.Signals) => {
      const file = path.join(folder, name);
      if (existsSync(file)) process.kill(sign * Number(await readFile(file, "utf8")), signal);
    };
    // The group: PHP's workers outlive their parent.
    await kill("php.pid", -1, "SIGTERM");
    await kill("maria.pid", 1, "SIGKILL");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const script = path.join(import.meta.dirname, "../wordpress-up.sh");
  try {
    const { stdout } = await promisify(execFile)("bash", [script, folder, String(await freePort()), version]);
    return { ...JSON.parse(stdout), folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
