import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { failed, KominfoError } from "../../errors/errors.js";
import { engineVersion } from "../renditions/engine-version.js";
import type { ImageEngine, PhotoFacts, Rendition } from "../types.js";
import type { EngineAnswer, EngineRequest } from "./isolated-engine-child.js";

interface IsolatedEngineOptions {
  /** What the process inherits: no secrets. */
  environment: Readonly<Record<string, string | undefined>>;
  /** The compiled `isolated-engine-child.js`; the one beside this file unless a test has another. */
  childFile?: string;
  /** How long a process that has nothing to do is kept, in ms. */
  idleMs?: number;
}

type PendingRequest = EngineRequest extends infer Request
  ? Request extends { id: number }
    ? Omit<Request, "id">
    : never
  : never;

interface PendingAnswer {
  resolve(made: unknown): void;
  reject(error: unknown): void;
}

/**
 * glibc (mallopt(3)) keeps an arena of freed memory for each thread, and libvips has a dozen threads; and once it has
 * freed a large block, it keeps the next of that size too. Both are only asked about when a process starts.
 */
const thriftyMalloc = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "4194304" };

/** The process ended while it was at work: a decoder crashed, or the system took it for its memory. */
class Crash extends Error {}

/**
 * The sharp engine in a process of its own, for two reasons. Its memory is given back (`thriftyMalloc`): 600 photos
 * need no more than 60, and a newsroom that has nothing to do holds none. And a file that crashes a decoder takes
 * nothing else with it: what was in work is tried once more, each in a process by itself, and only the file that
 * crashes that one too has failed (`photo-damaged`).
 *
 * The process starts when it is first needed, and ends when it has had nothing to do for a while, or before we do.
 */
export function createIsolatedEngine(options: IsolatedEngineOptions): ImageEngine {
  let shared: EngineChild | undefined;

  const call = async (asked: PendingRequest, path: string, signal?: AbortSignal): Promise<unknown> => {
    shared = shared?.alive ? shared : startChild(options);
    try {
      return await shared.send(asked, signal);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
    signal?.throwIfAborted();
    const alone = startChild(options);
    try {
      return await alone.send(asked, signal);
    } catch (error) {
      throw error instanceof Crash ? failed("photo-damaged", { path }, error) : error;
    } finally {
      alone.end();
    }
  };
  return {
    version: engineVersion,
    inspect: (file) => call({ ask: "inspect", file }, file) as Promise<PhotoFacts>,
    verify: (file) => call({ ask: "verify", file }, file) as Promise<PhotoFacts>,
    thumbnail: async (file, edge) =>
      Buffer.from((await call({ ask: "thumbnail", file, edge }, file)) as Uint8Array),
    render: (file, targets, brief, signal) =>
      call({ ask: "render", file, targets, brief }, file, signal) as Promise<Rendition[]>,
  };
}

interface EngineChild {
  readonly alive: boolean;
  send(asked: PendingRequest, signal?: AbortSignal): Promise<unknown>;
  end(): void;
}

function startChild(options: IsolatedEngineOptions): EngineChild {
  const { environment, idleMs = 10_000 } = options;
  const { NODE_OPTIONS: _, ...inherited } = environment;
  const child = fork(
    options.childFile ?? fileURLToPath(new URL("./isolated-engine-child.js", import.meta.url)),
    [],
    {
      // Pictures come as bytes, not as JSON.
      serialization: "advanced",
      execArgv: ["--expose-gc"],
      env: { ...inherited, ...thriftyMalloc },
      // What the libraries print is for their developers.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    },
  );
  const waiting = new Map<number, PendingAnswer>();
  let alive = true;
  let last = 0;
  let idle: NodeJS.Timeout | undefined;

  const end = () => {
    alive = false;
    if (child.connected) child.disconnect();
  };
  const crashed = (reason: string) => {
    end();
    for (const one of waiting.values()) one.reject(new Crash(reason));
    waiting.clear();
  };
  child.on("error", (error) => crashed(error.message));
  const endBeforeUs = () => {
    child.ref();
    end();
  };
  process.once("beforeExit", endBeforeUs);
  child.on("exit", (code, signal) => {
    process.off("beforeExit", endBeforeUs);
    crashed(signal ?? `exit ${code}`);
  });
  child.on("message", (answer: EngineAnswer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) {
      rest(child);
      idle = setTimeout(end, idleMs).unref();
    }
    if ("made" in answer) asked?.resolve(answer.made);
    else if ("bug" in answer) asked?.reject(answer.bug);
    else {
      const { exit, code, params, cause } = answer.failure;
      asked?.reject(new KominfoError(exit, code, params, cause ? { cause: new Error(cause) } : {}));
    }
  });
  rest(child);

  return {
    get alive() {
      return alive;
    },
    end,
    async send(asked, signal) {
      const id = ++last;
      const abort = () => alive && child.send({ id, ask: "abort" });
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      clearTimeout(idle);
      child.ref();
      child.channel?.ref();
      // What cannot be sent has crashed, and `crashed` says so.
      child.send({ id, ...asked }, () => {});
      signal?.addEventListener("abort", abort, { once: true });
      try {
        return await answer;
      } catch (error) {
        // It has stopped writing by now.
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
  };
}

/** A process that has nothing to do does not keep us waiting at the end. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
