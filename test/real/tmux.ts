import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { kominfoFile } from "../support/kominfo.js";

/** A person's terminal, with kominfo running in it. */
export interface Terminal {
  /** What stands on the screen, and what has scrolled off above it. */
  screen(options?: { escapes?: boolean }): Promise<string>;
  /** Waits until the screen shows this; fails with the screen after 15 seconds. */
  shows(words: RegExp | string): Promise<void>;
  /** Words as they are. */
  type(words: string): Promise<void>;
  /** Keys by tmux's names: "Enter", "Down", "C-c". */
  press(...keys: string[]): Promise<void>;
  hasEnded(): Promise<boolean>;
  /** Waits for kominfo's end, and gives its exit code. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Starts kominfo in tmux, which gives it a real terminal (pty). */
export async function openTerminal(
  argv: readonly string[],
  where: {
    cwd: string;
    env: Readonly<Record<string, string>>;
    columns?: number;
    rows?: number;
    /** Another program than bin/kominfo.js. */
    program?: string;
  },
): Promise<Terminal> {
  const socket = `kominfo-${randomUUID()}`;
  const env = { PATH: process.env.PATH ?? "", LANG: "C.UTF-8", TERM: "xterm-256color", ...where.env };
  const tmux = async (...words: string[]) =>
    (await run("tmux", ["-u", "-L", socket, ...words], { env, maxBuffer: 1e8 })).stdout;
  const { columns = 100, rows = 40 } = where;
  const size = ["-x", `${columns}`, "-y", `${rows}`];
  const start = ["new-session", "-d", "-s", "k", ...size, "-c", where.cwd];
  // tmux has a TERM of its own for what runs in it.
  const given = Object.entries(where.env).map(([name, value]) => `${name}=${value}`);
  const command = ["env", ...given, process.execPath, where.program ?? kominfoFile, ...argv];
  // tmux sometimes loses an exit status: a shell writes it down, and holds the screen until it is closed.
  const status = path.join(await mkdtemp(path.join(tmpdir(), "kominfo-tmux-")), "status");
  const shell = 'trap : INT; "$@"; echo $? > "$0"; exec sleep 600';
  await tmux(...start, "sh", "-c", shell, status, ...command);

  const terminal: Terminal = {
    screen: ({ escapes = false } = {}) =>
      tmux("capture-pane", "-p", "-S", "-", "-t", "k", ...(escapes ? ["-e"] : [])),
    async shows(words) {
      const until = Date.now() + 15_000;
      for (;;) {
        const screen = await terminal.screen();
        if (typeof words === "string" ? screen.includes(words) : words.test(screen)) return;
        if (Date.now() > until) throw new Error(`The screen does not show ${words}:\n${screen}`);
        await pause(50);
      }
    },
    async type(words) {
      await tmux("send-keys", "-t", "k", "-l", words);
    },
    async press(...keys) {
      await tmux("send-keys", "-t", "k", ...keys);
    },
    hasEnded: async () => (await readFile(status, "utf8").catch(() => "")) !== "",
    async ended() {
      const until = Date.now() + 15_000;
      for (;;) {
        const code = await readFile(status, "utf8").catch(() => "");
        if (code) return Number(code);
        if (Date.now() > until) throw new Error(`kominfo does not end:\n${await terminal.screen()}`);
        await pause(50);
      }
    },
    async close() {
      await tmux("kill-server");
      await rm(path.dirname(status), { recursive: true, force: true });
    },
  };
  return terminal;
}
