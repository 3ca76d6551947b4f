import { homedir, hostname } from "node:os";
import type { Readable, Writable } from "node:stream";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process as the program sees it; tests provide one in memory. */
export interface Host {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  env: Environment;
  cwd: string;
  home: string;
  /** The machine's name, used as a token's label. */
  hostname: string;
  platform: NodeJS.Platform;
  /** Of this process. */
  pid: number;
  now(): Date;
  /** Aborted by the first Ctrl-C or a request to end; a second one ends the process at once. */
  signal: AbortSignal;
  /** See `enterSilence` of prompts/paste.ts, its default. ms */
  enterSilence?: number;
  /** Opens a file with the program that the system has for it. Rejects where there is none. */
  open(file: string): Promise<void>;
  /** Calls `listener` for what Node and packages warn of from now on, instead of printing it to stderr. */
  onWarning(listener: (warning: Error) => void): void;
}

/**
 * The host of the real process. Call it once: it removes the secrets from `process.env` and listens to signals.
 *
 * @param secretVariables names of the environment variables that hold secrets
 */
export function processHost(secretVariables: readonly string[]): Host {
  const env = { ...process.env };
  // A child process (an editor, a pager, a keyring) must not inherit them.
  for (const name of secretVariables) delete process.env[name];
  return {
    stdin: process.stdin,
    stdout: endQuietlyWhenClosed(process.stdout),
    stderr: process.stderr.on("error", () => {}),
    env,
    cwd: process.cwd(),
    home: homedir(),
    hostname: hostname(),
    platform: process.platform,
    pid: process.pid,
    now: () => new Date(),
    signal: interruption(),
    async open(file) {
      const { default: openFile } = await import("open");
      await openFile(file);
    },
    onWarning: (listener) => void process.removeAllListeners("warning").on("warning", listener),
  };
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return controller.signal;
}

/**
 * A pipe closed early, as by `kominfo post list | head`, is not an error. A full disk is one. The command has ended
 * by then, and its language is not known here, so the message is printed in both.
 */
function endQuietlyWhenClosed(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    const reason = error.code ?? "?";
    void Promise.all([
      import("../language/id/system-reasons.js"),
      import("../language/en/system-reasons.js"),
    ]).then((languages) => {
      const [original, translated] = languages.map(({ unwrittenResult }) => unwrittenResult(reason));
      process.stderr.write(`✗ ${original}\n  ${translated}\n`);
      process.exit(1);
    });
  });
}
