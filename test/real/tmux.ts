import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { kominfoFile } from "../support/kominfo.js";

/** A person's terminal, 100 by 40, with kominfo running in it. */
export interface Terminal {
  /** What stands on the screen, and what has scrolled off above it. */
  screen(options?: { escapes?: boolean }): Promise<string>;
  /** Waits until the screen shows this; fails with the screen after 15 seconds. */
  shows(words: RegExp | string): Promise<void>;
  /** Words as they are. */
  type(words: string): Promise<void>;
  /** Keys by tmux's names: "Enter", "Down", "C-c". */
  press(...keys: string[]): Promise<void>;
  /** Waits for kominfo's end, and gives its exit code. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Starts kominfo in tmux, which gives it a real terminal (pty). */
export async function openTerminal(
  argv: readonly string[],
  where: { cwd: string; env: Readonly<Record<string, string>> },
): Promise<Terminal> {
  const socket = `kominfo-${randomUUID()}`;
  const env = { PATH: process.env.PATH ?? "", LANG: "C.UTF-8", TERM: "xterm-256color", ...where.env };
  const tmux = async (...words: string[]) =>
    (await run("tmux", ["-u", "-L", socket, ...words], { env, maxBuffer: 1e8 })).stdout;
  const start = ["new-session", "-d", "-s", "k", "-x", "100", "-y", "40", "-c", where.cwd];
  const command = [process.execPath, kominfoFile, ...argv];
  // A shell that waits for the options below: they keep the screen when kominfo ends.
  await tmux(...start, "sh", "-c", 'read -r _; exec "$@"', "sh", ...command);
  await tmux("set-option", "-g", "remain-on-exit", "on");
  await tmux("send-keys", "-t", "k", "Enter");

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
    async ended() {
      const until = Date.now() + 15_000;
      for (;;) {
        const [dead, status] = (
          await tmux("display-message", "-p", "-t", "k", "#{pane_dead} #{pane_dead_status}")
        )
          .trim()
          .split(" ");
        if (dead === "1") return Number(status);
        if (Date.now() > until) throw new Error(`kominfo does not end:\n${await terminal.screen()}`);
        await pause(50);
      }
    },
    async close() {
      await tmux("kill-server");
    },
  };
  return terminal;
}
