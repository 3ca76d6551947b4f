import { PassThrough, Readable, Writable } from "node:stream";
import type { Run } from "../../src/context.js";
import { main } from "../../src/main.js";
import type { Environment, Host } from "../../src/terminal/host.js";
import { requireTruth } from "./truth.js";

/**
 * What a person types, or what happens, once their screen shows this: in order, each once. `\r` is Enter, `\u0003`
 * Ctrl-C.
 */
export type Typed = readonly [shown: RegExp | string, keys: string | (() => void)];

export interface HostOptions {
  cwd: string;
  /** Default: `cwd`. Everything that is kept for a person lies below it. */
  home?: string;
  env?: Environment;
  /** What is piped in. */
  stdin?: string | Uint8Array;
  /** A person sits at a terminal and answers so. */
  typed?: readonly Typed[];
  /** Of the terminal; default 100. */
  columns?: number;
  now?: () => Date;
  signal?: AbortSignal;
  /** What opens a file; default: nothing does. */
  open?: (file: string) => Promise<void>;
  /** Where the channels' stand-ins are. */
  channelOrigins?: Run["channelOrigins"];
}

export interface TestHost extends Host {
  /** All that was written so far. */
  readonly written: { stdout: string; stderr: string };
}

/** The process as a program sees it, in memory. */
export function testHost(options: HostOptions): TestHost {
  const written = { stdout: "", stderr: "" };
  const terminal = options.typed !== undefined;
  const typed = [...(options.typed ?? [])];
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keyboard });
  let seen = 0;
  const watch = () => {
    const next = typed[0];
    if (!next) return;
    const fresh = written.stderr.slice(seen);
    const found = typeof next[0] === "string" ? fresh.includes(next[0]) : next[0].test(fresh);
    if (!found) return;
    typed.shift();
    seen = written.stderr.length;
    // After the prompt has begun to listen.
    const [, keys] = next;
    setImmediate(() => (typeof keys === "string" ? keyboard.write(keys) : keys()));
  };
  const stream = (name: keyof typeof written) => {
    const writable = new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        if (name === "stderr") watch();
        done();
      },
    });
    // A prompt that is over ends what it was piped into; the process's own streams take no notice.
    return Object.assign(writable, { isTTY: terminal, columns: options.columns ?? 100, end: () => writable });
  };
  return {
    stdin: terminal ? keyboard : Readable.from(options.stdin === undefined ? [] : [options.stdin]),
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env: { TERM: "dumb", ...options.env },
    cwd: options.cwd,
    home: options.home ?? options.cwd,
    hostname: "laptop-cibitung",
    platform: process.platform,
    pid: 12345,
    now: options.now ?? (() => new Date()),
    signal: options.signal ?? new AbortController().signal,
    open: options.open ?? (() => Promise.reject(new Error("a test opens nothing"))),
    onWarning() {},
    // Long enough for what follows in the same piece.
    enterSilence: 0,
    written,
  };
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `main` is given beside the host: the engine of photos runs here, as everything else that is not compiled. */
export function runDepsOf({ channelOrigins }: Pick<HostOptions, "channelOrigins"> = {}): Partial<Run> {
  return {
    channelOrigins,
    images: async () => (await import("../../src/photo/engine/sharp-engine.js")).createSharpEngine(),
  };
}

/** Runs one command line as `kominfo` would, in this process. */
export async function kominfo(argv: readonly string[], options: HostOptions): Promise<Ran> {
  const host = testHost(options);
  const code = await main(argv, host, runDepsOf(options));
  requireTruth({ argv, code, ...host.written });
  return { code, ...host.written };
}
